/** A release on its way through the rings of a county, as its devices are offered it. */
import { expect, test } from 'vitest';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import type { Item } from '#lib/domain/item.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { calendar, item, NOW } from '../../../../tests/support/builders.ts';
import {
  ALLOWANCE,
  COUNTY,
  PERMIT,
  SITES,
  foundTown,
  type SiteName,
} from '../../../../tests/support/town.ts';
import type { Store } from '../db/store.ts';
import { itemsInForce, releaseForSite } from './current-release.ts';
import { drawPlan, drawUndo, withdrawPlan } from './draw-plan.ts';
import { choosePilots, movePlan, type Move } from './move-plan.ts';
import { byLevels } from './plan-contents.ts';
import { releasePlan } from './release-plan.ts';
import { replacedOn } from './replaced-on.ts';

const MAKER = { id: 'maker', roles: ['admin', 'releaser'], county: COUNTY } as const;
const SECOND = { id: 'second', roles: ['admin', 'releaser'], county: COUNTY } as const;
const CHANGED = item({ conditions: '年满 80 周岁，改过的示例条件' });
const policy = { ...DEFAULT_COUNTY_POLICY, minimumItems: { township: 1, subdistrict: 0, village: 1 } };

async function rig(store: Store) {
  const town = await foundTown(store);
  const draw = (items: readonly Item[], shortfall = '') =>
    drawPlan(store, {
      person: MAKER,
      now: NOW,
      next: { items: byLevels(items), calendar, policy },
      note: '示例说明',
      shortfall,
    });
  const drawn = async (items: readonly Item[]): Promise<string> => {
    const outcome = await draw(items);
    if (outcome.is !== 'drawn') throw new Error(outcome.is);
    return outcome.id;
  };
  return {
    town,
    draw,
    drawn,
    pilot: (...sites: SiteName[]) =>
      choosePilots(store, { person: MAKER, now: NOW, sites: sites.map((site) => SITES[site].id) }),
    release: (id: string, person: typeof MAKER | typeof SECOND = SECOND) =>
      releasePlan(store, { person, id, now: NOW }),
    move: (id: string, step: Move['step'], township?: string, now = NOW) =>
      movePlan(store, { person: SECOND, id, now, step, township }),
    undo: (id: string) => drawUndo(store, { person: MAKER, id, now: NOW, note: '示例原因' }),
    replaced: (site: SiteName, last: number, newest: number) =>
      store.read((trx) => replacedOn(trx, { ...SITES[site], level: 'village' }, { last, newest })),
    offered: async (site: SiteName, held: number | null) =>
      (await store.read((trx) => releaseForSite(trx, SITES[site], held)))?.number ?? null,
    inForce: async () =>
      (await store.read((trx) => itemsInForce(trx, COUNTY, 'village'))).map(({ conditions }) => conditions),
  };
}

eachDatabase('a release through the rings', (database) => {
  test('reaches the pilot sites, one township, then all; the county offers it only then', async () => {
    const { drawn, pilot, release, move, offered, inForce } = await rig(await database.open());
    expect(await pilot('A1')).toBe(1);
    const id = await drawn([CHANGED, PERMIT]);
    const all = async () => Promise.all((['A1', 'A2', 'A', 'B1'] as const).map((site) => offered(site, 1)));
    expect(await all()).toEqual([1, 1, 1, 1]);
    expect(await release(id)).toEqual({ is: 'done', number: 2 });
    expect(await all()).toEqual([2, 1, 1, 1]);
    expect(await move(id, 'all')).toEqual({ is: 'refused', why: 'notNext' });
    expect(await move(id, 'township', SITES.A1.id)).toEqual({ is: 'noTownship' });
    expect(await move(id, 'township', SITES.A.id)).toEqual({ is: 'done' });
    expect(await all()).toEqual([2, 2, 2, 1]);
    expect(await inForce()).toEqual([PERMIT.conditions, ALLOWANCE.conditions]);
    expect(await move(id, 'all')).toEqual({ is: 'done' });
    expect(await all()).toEqual([2, 2, 2, 2]);
    expect(await inForce()).toContain(CHANGED.conditions);
  });

  test('replaces what a site has on the day on which its ring is reached', async () => {
    const { drawn, pilot, release, move, replaced } = await rig(await database.open());
    await pilot('A1');
    const id = await drawn([CHANGED, PERMIT]);
    await release(id);
    await move(id, 'township', SITES.A.id, '2026-09-25T02:00:00.000Z');
    // still beyond its ring, but its computer has the release from elsewhere
    expect(await replaced('B1', 1, 2)).toBe('2026-09-18');
    await move(id, 'all', undefined, '2026-10-12T02:00:00.000Z');
    const all = await Promise.all((['A1', 'A2', 'B1'] as const).map((site) => replaced(site, 1, 2)));
    expect(all).toEqual(['2026-09-18', '2026-09-25', '2026-10-12']);
    expect(await replaced('A1', 2, 2)).toBe(null);
  });

  test('taken back, the grace of what it brought runs from there', async () => {
    const { drawn, pilot, release, undo, replaced, move } = await rig(await database.open());
    await pilot('A1');
    const id = await drawn([CHANGED, PERMIT]);
    await release(id);
    const undone = await undo(id);
    if (undone.is !== 'done') throw new Error(undone.is);
    await release(undone.id);
    await move(undone.id, 'all', undefined, '2026-10-12T02:00:00.000Z');
    expect([await replaced('A1', 2, 3), await replaced('B1', 1, 3)]).toEqual(['2026-09-18', '2026-10-12']);
  });

  test('held, it goes to nobody who has not got it, and is taken from nobody who has; resumed, it goes on', async () => {
    const { drawn, pilot, release, move, offered } = await rig(await database.open());
    await pilot('A1', 'A2');
    const id = await drawn([CHANGED, PERMIT]);
    await release(id);
    await move(id, 'hold');
    expect([await offered('A1', 2), await offered('A2', 1), await offered('A2', null)]).toEqual([2, 1, 1]);
    expect(await move(id, 'township', SITES.A.id)).toEqual({ is: 'refused', why: 'held' });
    expect(await move(id, 'resume')).toEqual({ is: 'done' });
    expect(await offered('A2', 1)).toBe(2);
  });

  test('taken back, everybody who had it gets the old contents under a newer number, then all', async () => {
    const { town, drawn, pilot, release, move, undo, offered, inForce } = await rig(await database.open());
    await pilot('A1');
    const id = await drawn([CHANGED, PERMIT]);
    await release(id);
    const undone = await undo(id);
    if (undone.is !== 'done') throw new Error(undone.is);
    // held at once, while the second person looks, and not let go meanwhile
    expect([await offered('A1', 1), await offered('A1', 2)]).toEqual([1, 2]);
    expect(await move(id, 'resume')).toEqual({ is: 'refused', why: 'undoDrawn' });
    expect(await release(undone.id, MAKER)).toEqual({ is: 'refused', why: 'samePerson' });
    expect(await release(undone.id)).toEqual({ is: 'done', number: 3 });
    // B1 had it from before it moved out of the ring
    expect([await offered('A1', 2), await offered('B1', 2), await offered('B1', 1)]).toEqual([3, 3, 1]);
    expect(await move(id, 'resume')).toEqual({ is: 'refused', why: 'undone' });
    expect(await move(undone.id, 'all')).toEqual({ is: 'done' });
    expect(await offered('B1', 1)).toBe(3);
    expect(await inForce()).toEqual([PERMIT.conditions, ALLOWANCE.conditions]);
    const ways = await town.store.read((trx) =>
      trx
        .selectFrom('release_way')
        .select('since')
        .where('level', '=', 'village')
        .where('number', '=', 3)
        .orderBy('since')
        .execute(),
    );
    expect(ways.map(({ since }) => since)).toEqual([0, 1, 2]);
  });
});

eachDatabase('two people', (database) => {
  test('whoever drew it up cannot release it; pilot sites come first; of two at once one does', async () => {
    const { drawn, draw, pilot, release } = await rig(await database.open());
    const id = await drawn([CHANGED]);
    expect(await draw([PERMIT])).toEqual({ is: 'otherDrawn' });
    expect(await release(id, MAKER)).toEqual({ is: 'refused', why: 'samePerson' });
    expect(await release(id)).toEqual({ is: 'refused', why: 'noPilots' });
    await pilot('A1');
    const both = await Promise.all([release(id), release(id)]);
    expect(both.map(({ is }) => is).sort()).toEqual(['done', 'refused']);
  });

  test('sites below the minimum need a written reason, which goes to the audit', async () => {
    const { town, draw } = await rig(await database.open());
    expect(await draw([])).toEqual({ is: 'short', sites: 5 });
    expect((await draw([], '示例：全县停办一天')).is).toBe('drawn');
    const [line] = await town.store.read((trx) =>
      trx.selectFrom('audit').select('detail').where('what', '=', 'releaseDrawn').execute(),
    );
    expect(JSON.parse(line!.detail)).toMatchObject({ shortSites: 5, reason: '示例：全县停办一天' });
  });

  test('nothing new, an unfit item and another county’s plan are told; a withdrawn plan makes room', async () => {
    const { town, draw, drawn, release } = await rig(await database.open());
    expect(await draw([item({ promisedDays: 90 })])).toMatchObject({ is: 'unfit' });
    const id = await drawn([CHANGED]);
    const foreign = { ...SECOND, county: 'S410527000000' };
    expect(await releasePlan(town.store, { person: foreign, id, now: NOW })).toEqual({ is: 'unknown' });
    const withdrawal = { person: MAKER, id, now: NOW, note: '' };
    expect(await withdrawPlan(town.store, withdrawal)).toEqual({ is: 'done' });
    expect(await withdrawPlan(town.store, withdrawal)).toEqual({ is: 'refused', why: 'notDrawn' });
    expect(await release(id)).toEqual({ is: 'refused', why: 'notDrawn' });
    expect((await draw([PERMIT])).is).toBe('drawn');
  });
});
