/** The rows of a plan (发布) and its history: read, locked, written. Everything here takes the county and sees no other. */
import type { PlanStanding, StepName } from '#lib/catalogue/rollout.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Level } from '#lib/domain/item.ts';
import type { CountedSite } from '#lib/catalogue/minimum.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import { lockRows, type Trx } from '../db/dialect.ts';
import type { ReleasePlanTable } from '../db/schema-releases.ts';
import type { Numbers } from './plan-contents.ts';

/** A plan without what it releases. */
export type PlanRow = Omit<ReleasePlanTable, 'contents' | 'base'> & { base: Numbers };

const COLUMNS = [
  'id',
  'county',
  'stage',
  'number',
  'undoes',
  'undone_number',
  'undone_by',
  'base',
  'summary',
  'note',
  'shortfall',
  'made_by',
  'made_at',
  'released_by',
  'released_at',
  'township',
  'held_at',
] as const;

/** Whoever changes a plan of a county does so alone. */
export const lockCounty = (trx: Trx, county: string) =>
  lockRows(trx, trx.selectFrom('county').select('id').where('id', '=', county)).executeTakeFirst();

/** All plans of a county, the newest first. */
export async function planRows(trx: Trx, county: string): Promise<PlanRow[]> {
  const rows = await trx
    .selectFrom('release_plan')
    .select(COLUMNS)
    .where('county', '=', county)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, base: JSON.parse(row.base) as Numbers }));
}

/** What the rules of rollout.ts ask of a plan, among all plans of its county. */
export function standingOf(
  plan: PlanRow,
  plans: readonly PlanRow[],
  counted: { pilots: number; short: number },
): PlanStanding {
  return {
    stage: plan.stage,
    held: plan.held_at !== null,
    undone: plan.undone_by !== null,
    takesBack: plan.undoes !== null,
    superseded: plan.number !== null && plans.some((one) => (one.number ?? 0) > plan.number!),
    madeBy: plan.made_by,
    pilots: counted.pilots,
    unexplained: plan.shortfall === null ? counted.short : 0,
    hasBase: Object.keys(plan.base).length > 0,
    otherDrawn: plans.some((one) => one.stage === 'drawn' && one.id !== plan.id),
    undoDrawn: plans.some((one) => one.stage === 'drawn' && one.undoes === plan.id),
  };
}

/** Adds a line to the history of a plan. */
export async function noteStep(
  trx: Trx,
  plan: string,
  step: { at: Instant; who: string; what: StepName; note?: string },
): Promise<void> {
  const last = await trx
    .selectFrom('release_step')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('plan', '=', plan)
    .executeTakeFirst();
  await trx
    .insertInto('release_step')
    .values({ note: '', ...step, plan, n: (last?.n ?? 0) + 1 })
    .execute();
}

/** The sites of a county that handle items, with their township; closed ones left out. */
export async function countySites(
  trx: Trx,
  county: string,
): Promise<(Pick<CountedSite, 'id' | 'name' | 'level'> & { township: string })[]> {
  const rows = await trx
    .selectFrom('site')
    .select(['id', 'full_name', 'level', 'township'])
    .where('county', '=', county)
    .where('status', '!=', 'closed')
    .orderBy('code')
    .execute();
  return rows.flatMap(({ id, full_name, level: siteLevel, township }) => {
    const level: Level | null = itemLevelOf(siteLevel);
    return level ? [{ id, name: full_name, level, township: township ?? '' }] : [];
  });
}

/** Ids of the pilot sites that are not closed. */
export async function pilotSites(trx: Trx, county: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('release_pilot')
    .innerJoin('site', 'site.id', 'release_pilot.site')
    .select('site.id')
    .where('release_pilot.county', '=', county)
    .where('site.county', '=', county)
    .where('site.status', '!=', 'closed')
    .orderBy('site.code')
    .execute();
  return rows.map(({ id }) => id);
}
