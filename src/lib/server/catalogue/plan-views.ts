/** The releases of a county as its administrators look at them: stage, people, history, and how far each has come. */
import { adoptionByRing, type ReachedSite, type RingAdoption } from '#lib/catalogue/adoption.ts';
import { refuseStep, type Step, type StepName, type StepRefusal } from '#lib/catalogue/rollout.ts';
import type { Instant } from '#lib/domain/day.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import type { Trx } from '../db/dialect.ts';
import { inSlices } from '../db/in-slices.ts';
import { addressNumber } from './current-release.ts';
import type { Person } from './draw-plan.ts';
import { pilotSites, planRows, standingOf, type PlanRow } from './plan-rows.ts';

export interface PlanView extends Omit<PlanRow, 'county' | 'made_by' | 'released_by'> {
  held: boolean;
  undone: boolean;
  /** Names; the id where that person is not known any more. */
  madeBy: string;
  releasedBy: string | null;
  /** Rings that it has reached; none before it is released. */
  adoption: RingAdoption[];
}

export interface PlanStep {
  at: Instant;
  who: string;
  what: StepName;
  note: string;
}

/** Plans of the county, the newest first; those of one page. */
export async function viewPlans(
  trx: Trx,
  county: string,
  { from, most }: { from: number; most: number },
): Promise<{ plans: PlanView[]; total: number }> {
  const rows = await planRows(trx, county);
  return { plans: await viewed(trx, county, rows.slice(from, from + most)), total: rows.length };
}

/** The newest release of the county as far as it has come, undone or not; null before the first. `township`: only there. */
export async function viewNewest(
  trx: Trx,
  county: string,
  township: string | null,
): Promise<PlanView | null> {
  const released = (await planRows(trx, county)).filter(({ number }) => number !== null);
  const [newest] = released.sort((a, b) => b.number! - a.number!);
  if (!newest) return null;
  const [view] = await viewed(trx, county, [newest], township);
  return view!;
}

/** A plan with its history, and why this person may not take a step; null for one that is not this county's. */
export async function viewPlan(
  trx: Trx,
  person: Person,
  id: string,
  short: number,
): Promise<{
  plan: PlanView;
  steps: PlanStep[];
  refusals: Record<Step, StepRefusal | null>;
} | null> {
  const rows = await planRows(trx, person.county);
  const row = rows.find((one) => one.id === id);
  if (!row) return null;
  const [plan] = await viewed(trx, person.county, [row]);
  const steps = await trx
    .selectFrom('release_step')
    .select(['at', 'who', 'what', 'note'])
    .where('plan', '=', id)
    .orderBy('n', 'desc')
    .execute();
  const names = await namesOf(
    trx,
    steps.map(({ who }) => who),
  );
  const pilots = (await pilotSites(trx, person.county)).length;
  const standing = standingOf(row, rows, { pilots, short });
  const refusal = (step: Step): StepRefusal | null => refuseStep(standing, step, person);
  return {
    plan: plan!,
    steps: steps.map((step) => ({
      ...step,
      what: step.what as StepName,
      who: names.get(step.who) ?? step.who,
    })),
    refusals: {
      release: refusal('release'),
      withdraw: refusal('withdraw'),
      township: refusal('township'),
      all: refusal('all'),
      hold: refusal('hold'),
      resume: refusal('resume'),
      undo: refusal('undo'),
    },
  };
}

async function viewed(
  trx: Trx,
  county: string,
  rows: readonly PlanRow[],
  township: string | null = null,
): Promise<PlanView[]> {
  const released = rows.filter(({ number }) => number !== null);
  const all = released.length > 0 ? await sitesWithDevices(trx, county) : [];
  const sites = township === null ? all : all.filter((site) => site.township === township);
  const reaches = await reachOf(
    trx,
    released.map(({ id }) => id),
  );
  const names = await namesOf(
    trx,
    rows.flatMap(({ made_by, released_by }) => [made_by, ...(released_by === null ? [] : [released_by])]),
  );
  return rows.map(({ county: _, made_by, released_by, ...row }) => ({
    ...row,
    held: row.held_at !== null,
    undone: row.undone_by !== null,
    madeBy: names.get(made_by) ?? made_by,
    releasedBy: released_by === null ? null : (names.get(released_by) ?? released_by),
    adoption:
      row.number === null
        ? []
        : adoptionByRing(
            row.number,
            reaches.filter(({ plan }) => plan === row.id),
            sites,
          ),
  }));
}

async function reachOf(trx: Trx, plans: readonly string[]) {
  if (plans.length === 0) return [];
  return trx
    .selectFrom('release_reach')
    .select(['plan', 'kind', 'scope'])
    .where('plan', 'in', plans)
    .execute();
}

async function namesOf(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  await inSlices([...new Set(ids)], async (slice) => {
    const rows = await trx.selectFrom('staff').select(['id', 'name']).where('id', 'in', slice).execute();
    for (const { id, name } of rows) names.set(id, name);
  });
  return names;
}

/** Sites that handle items and are open, with what their devices in use said they have. */
async function sitesWithDevices(trx: Trx, county: string): Promise<ReachedSite[]> {
  const rows = await trx
    .selectFrom('site')
    .leftJoin('device', (join) =>
      join.onRef('device.site', '=', 'site.id').on('device.status', '=', 'active'),
    )
    .select(['site.id', 'site.level', 'site.township', 'device.id as device', 'device.release'])
    .where('site.county', '=', county)
    .where('site.status', '!=', 'closed')
    .execute();
  const sites = new Map<string, ReachedSite & { devices: (number | null)[] }>();
  for (const { id, level, township, device, release } of rows) {
    const own = itemLevelOf(level);
    if (own === null) continue;
    const site = sites.get(id) ?? { id, township: township ?? '', county, devices: [] };
    if (device !== null) site.devices.push(addressNumber(release, county, own));
    sites.set(id, site);
  }
  return [...sites.values()];
}
