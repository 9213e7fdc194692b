/**
 * A released plan goes on to its next ring, is held, or resumed. The change is in who is offered it, so nothing is packed
 * and no site is written to: a step costs one row, and the sites come to know with their next poll.
 */
import type { Offering } from '#lib/catalogue/release-changes.ts';
import { refuseStep, type Step, type StepName } from '#lib/catalogue/rollout.ts';
import type { Instant } from '#lib/domain/day.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import { audit } from '../audit.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import type { Person, PlanOutcome } from './draw-plan.ts';
import { unpackOffering, planContents } from './plan-contents.ts';
import { countySites, lockCounty, noteStep, planRows, standingOf, type PlanRow } from './plan-rows.ts';
import { saveCalendar, savePolicy } from './rules.ts';
import { dropWays } from './ways.ts';

export interface Move {
  person: Person;
  id: string;
  now: Instant;
  step: Extract<Step, 'township' | 'all' | 'hold' | 'resume'>;
  /** Site id of the township or subdistrict of the second ring. */
  township?: string | undefined;
  note?: string;
}

const NAMES: Record<Move['step'], StepName> = {
  township: 'township',
  all: 'all',
  hold: 'held',
  resume: 'resumed',
};

/** `noTownship`: the county has no such township. */
export async function movePlan(store: Store, move: Move): Promise<PlanOutcome | { is: 'noTownship' }> {
  const { person, id, now, step, note = '' } = move;
  const contents = step === 'all' ? await store.read((trx) => planContents(trx, person.county, id)) : null;
  const next = contents && (await unpackOffering(contents));
  return store.write(async (trx) => {
    await lockCounty(trx, person.county);
    const plans = await planRows(trx, person.county);
    const plan = plans.find((one) => one.id === id);
    if (!plan) return { is: 'unknown' };
    const why = refuseStep(standingOf(plan, plans, { pilots: 0, short: 0 }), step, person);
    if (why) return { is: 'refused', why };
    const changed = await take(trx, plan, move, next);
    if (changed === null) return { is: 'noTownship' };
    await noteStep(trx, id, { at: now, who: person.id, what: NAMES[step], note: changed || note });
    const detail = {
      plan: id,
      number: plan.number!,
      step,
      ...(move.township ? { township: move.township } : {}),
    };
    await audit(trx, now, [{ who: person.id, what: 'releaseMoved', detail }]);
    return { is: 'done' };
  });
}

/** What the history says of it, '' where the person's own note does; null when there is no such township. */
async function take(trx: Trx, plan: PlanRow, move: Move, next: Offering | null): Promise<string | null> {
  const set = (values: Partial<Pick<PlanRow, 'stage' | 'held_at' | 'township'>>) =>
    trx.updateTable('release_plan').set(values).where('id', '=', plan.id).execute();
  switch (move.step) {
    case 'hold':
      await set({ held_at: move.now });
      return '';
    case 'resume':
      await set({ held_at: null });
      // it may have reached all before
      if (plan.stage === 'all') await dropOldWays(trx, plan.county, plan.number!);
      return '';
    case 'township': {
      const township = await trx
        .selectFrom('site')
        .select(['id', 'full_name'])
        .where('id', '=', move.township ?? '')
        .where('county', '=', plan.county)
        .where('level', 'in', ['township', 'subdistrict'])
        .where('status', '!=', 'closed')
        .executeTakeFirst();
      if (!township) return null;
      await set({ stage: 'township', township: township.id });
      await reach(trx, plan.id, township.id);
      return township.full_name;
    }
    case 'all':
      await set({ stage: 'all' });
      await reach(trx, plan.id, plan.county);
      if (next) await putInForce(trx, plan.county, plan.number!, next);
      return '';
  }
}

const reach = (trx: Trx, plan: string, scope: string) =>
  trx.insertInto('release_reach').values({ plan, kind: 'under', scope }).execute();

/** What has reached all is in force: its rules judge at the office, and nobody goes to an earlier release any more. */
export async function putInForce(
  trx: Trx,
  county: string,
  number: number,
  { calendar, policy }: Offering,
): Promise<void> {
  await saveCalendar(trx, county, calendar);
  await savePolicy(trx, county, policy);
  await dropOldWays(trx, county, number);
}

async function dropOldWays(trx: Trx, county: string, number: number): Promise<void> {
  for (const level of LEVELS) await dropWays(trx, { county, level, number });
}

/** Chooses the pilot sites (试点站) of a county, remembered for every release to come; ids that are not its own are left out. */
export function choosePilots(
  store: Store,
  { person, now, sites }: { person: Person; now: Instant; sites: readonly string[] },
): Promise<number> {
  return store.write(async (trx) => {
    const { county } = person;
    await lockCounty(trx, county);
    const own = new Set((await countySites(trx, county)).map(({ id }) => id));
    const chosen = [...new Set(sites)].filter((id) => own.has(id));
    await trx.deleteFrom('release_pilot').where('county', '=', county).execute();
    if (chosen.length > 0) {
      const rows = chosen.map((site) => ({ county, site }));
      await trx.insertInto('release_pilot').values(rows).execute();
    }
    await audit(trx, now, [
      { who: person.id, what: 'pilotsChosen', detail: { county, sites: chosen.length } },
    ]);
    return chosen.length;
  });
}
