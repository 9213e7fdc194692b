/** What the county's pages show of a release: how far it came, ring by ring, and who may do what. */
import { expect, test } from 'vitest';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import { calendar, item, NOW } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { COUNTY, PERMIT, SITES, foundTown } from '../../../../tests/support/town.ts';
import { drawPlan } from './draw-plan.ts';
import { choosePilots, movePlan } from './move-plan.ts';
import { byLevels } from './plan-contents.ts';
import { viewPlan, viewPlans } from './plan-views.ts';
import { releasePlan } from './release-plan.ts';

const MAKER = { id: 'clerk-a', roles: ['admin'], county: COUNTY } as const;
const SECOND = { id: 'clerk-b', roles: ['admin', 'releaser'], county: COUNTY } as const;

eachDatabase('the view of a release', (database) => {
  test('each ring counts what its devices said; each person sees what they may do', async () => {
    const { store, device } = await foundTown(await database.open());
    const [a1, a2] = [await device('A1', 'agent-a1'), await device('A2', 'agent-a2')];
    await device('B1', 'agent-b1');
    const says = (id: string, number: number) =>
      store.write((trx) =>
        trx
          .updateTable('device')
          .set({ release: `${COUNTY}/village/${number}` })
          .where('id', '=', id)
          .execute(),
      );
    await choosePilots(store, { person: MAKER, now: NOW, sites: [SITES.A1.id] });
    const drawn = await drawPlan(store, {
      person: MAKER,
      now: NOW,
      next: {
        items: byLevels([item({ conditions: '改过的示例条件' }), PERMIT]),
        calendar,
        policy: { ...DEFAULT_COUNTY_POLICY, minimumItems: { township: 0, subdistrict: 0, village: 0 } },
      },
      note: '示例说明',
      shortfall: '',
    });
    if (drawn.is !== 'drawn') throw new Error(drawn.is);
    const view = (person: typeof MAKER | typeof SECOND) =>
      store.read((trx) => viewPlan(trx, person, drawn.id, 0));

    expect((await view(MAKER))!.refusals).toMatchObject({ release: 'samePerson', withdraw: null });
    expect(await view(SECOND)).toMatchObject({
      plan: { madeBy: '赵示范', releasedBy: null, adoption: [] },
      refusals: { release: null, hold: 'notNext' },
      steps: [{ what: 'drawn', who: '赵示范', note: '示例说明' }],
    });

    await releasePlan(store, { person: SECOND, id: drawn.id, now: NOW });
    await movePlan(store, { person: SECOND, id: drawn.id, now: NOW, step: 'township', township: SITES.A.id });
    await says(a1.device, 2);
    await says(a2.device, 1);
    const seen = (await view(MAKER))!;
    expect(seen.plan.adoption).toEqual([
      { ring: 'pilot', sites: 1, bare: 0, has: 1, behind: 0, unknown: 0 },
      { ring: 'township', sites: 2, bare: 1, has: 0, behind: 1, unknown: 0 },
    ]);
    expect(seen.refusals).toMatchObject({ all: 'notReleaser', hold: null });
    expect(seen.steps.map(({ what }) => what)).toEqual(['township', 'pilot', 'drawn']);

    await movePlan(store, { person: SECOND, id: drawn.id, now: NOW, step: 'all' });
    const { plans, total } = await store.read((trx) => viewPlans(trx, COUNTY, { from: 0, most: 5 }));
    expect(total).toBe(1);
    expect(plans[0]!.adoption[2]).toEqual({ ring: 'all', sites: 2, bare: 1, has: 0, behind: 0, unknown: 1 });
  });

  test('another county sees nothing of it', async () => {
    const { store } = await foundTown(await database.open());
    const foreign = { ...SECOND, county: 'S410527000000' };
    expect(await store.read((trx) => viewPlan(trx, foreign, 'nothing', 0))).toBeNull();
    expect(await store.read((trx) => viewPlans(trx, foreign.county, { from: 0, most: 5 }))).toEqual({
      plans: [],
      total: 0,
    });
  });
});
