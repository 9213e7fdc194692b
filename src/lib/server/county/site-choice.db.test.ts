/** A site's own choice: never below the minimum, told to its devices once, and lost to nobody who did not see it. */
import { expect, test } from 'vitest';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { ALLOWANCE, COUNTY, foundTown, PERMIT, SITES, type Town } from '../../../../tests/support/town.ts';
import type { Keeping } from './keep-sites.ts';
import { chooseItems, viewChoice } from './site-choice.ts';
import { sitePage } from './site-page.ts';

const BY: Keeping = { county: COUNTY, by: 'admin-1', now: NOW };
const pageOf = (town: Town, id: string) => town.store.read((trx) => sitePage(trx, COUNTY, id));

eachDatabase('what a site handles', (database) => {
  test('leaves out items above the minimum; its devices are told once, and poll on in quiet', async () => {
    const town = await foundTown(await database.open());
    const client = await town.device('A1', 'agent-a1');
    const choose = (leftOut: string[], mark = '') =>
      town.store.write((trx) => chooseItems(trx, BY, { id: SITES.A1.id, leftOut, mark }));
    expect(await choose([PERMIT.code])).toEqual({ is: 'tooFew', offered: 1, minimum: 40 });
    // what a release lacks is no site's choice
    expect(await choose([])).toEqual({ is: 'done', offered: 2 });
    const policy = JSON.stringify({ minimumItems: { township: 1, subdistrict: 1, village: 1 } });
    await town.store.write((trx) => trx.updateTable('county').set({ policy }).execute());
    expect(await choose([PERMIT.code, 'unknown'])).toEqual({ is: 'done', offered: 1 });
    const { choice } = await client.sync([], { choice: '' });
    expect(choice?.leftOut).toEqual([PERMIT.code]);
    expect('choice' in (await client.sync([], { choice: choice!.mark }))).toBe(false);
    expect('choice' in (await client.sync([]))).toBe(false);
    // whoever looked at the choice before this one is told, and changes nothing
    expect(await choose([])).toEqual({ is: 'changed' });
    expect(await choose([ALLOWANCE.code, PERMIT.code], choice!.mark)).toMatchObject({ is: 'tooFew' });
    expect(await choose([], choice!.mark)).toEqual({ is: 'done', offered: 2 });
    expect((await client.sync([], { choice: choice!.mark })).choice).toEqual({ mark: '', leftOut: [] });
    expect((await pageOf(town, SITES.A1.id))?.history.map(({ what }) => what)).toEqual([
      'choiceSet',
      'choiceSet',
    ]);
  });

  test('keeps left out what a release dropped; another county’s site and a closed one have no choice', async () => {
    const town = await foundTown(await database.open());
    const minimumItems = { township: 0, subdistrict: 0, village: 0 };
    const policy = JSON.stringify({ ...DEFAULT_COUNTY_POLICY, minimumItems });
    const choose = (county: string, leftOut: string[], mark: string) =>
      town.store.write((trx) => chooseItems(trx, { ...BY, county }, { id: SITES.A1.id, leftOut, mark }));
    const view = () => town.store.read((trx) => viewChoice(trx, COUNTY, SITES.A1.id));
    await town.store.write((trx) => trx.updateTable('county').set({ policy }).execute());
    expect(await choose('S410527000000', [PERMIT.code], '')).toEqual({ is: 'noSite' });
    await choose(COUNTY, [PERMIT.code], '');
    await town.publish([ALLOWANCE]);
    expect(await view()).toMatchObject({
      gone: [PERMIT.code],
      items: [{ code: ALLOWANCE.code, leftOut: false }],
    });
    await choose(COUNTY, [ALLOWANCE.code], (await view())!.mark);
    await town.publish([ALLOWANCE, PERMIT]);
    expect((await view())?.items.map(({ leftOut }) => leftOut)).toEqual([true, true]);
    const closed = { status: 'closed' } as const;
    await town.store.write((trx) =>
      trx.updateTable('site').set(closed).where('id', '=', SITES.A1.id).execute(),
    );
    expect(await choose(COUNTY, [], (await view())!.mark)).toEqual({ is: 'noSite' });
  });
});
