/**
 * 发布: another person releases what was drawn up. Built, signed and packed for every level under one number, outside the
 * transaction; stored with whom it reaches in one write. Invariants: whoever drew it up is refused; of two who release at
 * once one does, and the other is told; what the sites get is what was drawn up.
 */
import { shortSites } from '#lib/catalogue/minimum.ts';
import { CAREFULLY, type BuildSteps } from '#lib/catalogue/publish/build.ts';
import type { Offering } from '#lib/catalogue/release-changes.ts';
import { refuseStep, type StepRefusal } from '#lib/catalogue/rollout.ts';
import type { Instant } from '#lib/domain/day.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import { audit } from '../audit.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import { newestNumber } from './current-release.ts';
import { countSites, type Person, type PlanOutcome } from './draw-plan.ts';
import { putInForce } from './move-plan.ts';
import { offeringInForce, planContents, unpackOffering } from './plan-contents.ts';
import {
  countySites,
  lockCounty,
  noteStep,
  pilotSites,
  planRows,
  standingOf,
  type PlanRow,
} from './plan-rows.ts';
import { NumberTaken, prepareRelease, storeReleases, type PreparedRelease } from './publish.ts';
import { signingKey } from './release-keys.ts';
import { lastReleases, type StoredRelease } from './ways.ts';

/** Releases of one county at once that are taken for a bug. */
const ATTEMPTS = 5;

interface Release {
  person: Person;
  id: string;
  now: Instant;
  /** How carefully it is packed; a benchmark measures one without the other. */
  steps?: BuildSteps;
}

/** @throws RangeError when the county has no key to sign with. */
export async function releasePlan(store: Store, release: Release): Promise<PlanOutcome<{ number: number }>> {
  const { person, id } = release;
  const contents = await store.read((trx) => planContents(trx, person.county, id));
  if (!contents) return { is: 'unknown' };
  const next = await unpackOffering(contents);
  const { offering } = await offeringInForce(store, person.county);
  const counted = { offering, next };
  for (let attempt = 1; ; attempt++) {
    const ground = await store.read((trx) => groundFor(trx, release, counted));
    if ('is' in ground) return ground;
    const prepared = await prepare(release, next, ground);
    try {
      return await store.write((trx) => put(trx, release, { prepared, next, number: ground.number }));
    } catch (error) {
      if (!(error instanceof NumberTaken) || attempt === ATTEMPTS) throw error;
    }
  }
}

interface Ground {
  number: number;
  key: NonNullable<Awaited<ReturnType<typeof signingKey>>>;
  levels: { level: (typeof LEVELS)[number]; earlier: StoredRelease[] }[];
}

async function groundFor(
  trx: Trx,
  { person, id }: Release,
  counted: { offering: Offering | null; next: Offering },
): Promise<Ground | Exclude<PlanOutcome, { is: 'done' }>> {
  const { county } = person;
  const found = await findFree(trx, person, id, async () =>
    shortSites(await countSites(trx, county, counted)),
  );
  if ('is' in found) return found;
  const key = await signingKey(trx, county);
  if (!key) throw new RangeError(`no key to sign with: ${county}`);
  const sites = await countySites(trx, county);
  const levels: Ground['levels'] = [];
  let number = 1;
  for (const level of LEVELS) {
    const newest = await newestNumber(trx, county, level);
    // one number for the county: agents and administrators name the same release
    number = Math.max(number, newest + 1);
    if (newest > 0 || sites.some((site) => site.level === level))
      levels.push({ level, earlier: await lastReleases(trx, county, level) });
  }
  return { number, key, levels };
}

/** The plan, when this person may release it now. */
async function findFree(
  trx: Trx,
  person: Person,
  id: string,
  short: () => Promise<number>,
): Promise<{ plan: PlanRow; pilots: string[] } | { is: 'unknown' } | { is: 'refused'; why: StepRefusal }> {
  const plans = await planRows(trx, person.county);
  const plan = plans.find((one) => one.id === id);
  if (!plan) return { is: 'unknown' };
  const pilots = await pilotSites(trx, person.county);
  const counted = { pilots: pilots.length, short: plan.shortfall === null ? await short() : 0 };
  const why = refuseStep(standingOf(plan, plans, counted), 'release', person);
  return why ? { is: 'refused', why } : { plan, pilots };
}

function prepare(
  { person, id, now, steps = CAREFULLY }: Release,
  { items, calendar, policy }: Offering,
  { number, key, levels }: Ground,
): Promise<PreparedRelease[]> {
  return Promise.all(
    levels.map(async ({ level, earlier }) => {
      const publication = { county: person.county, level, items: items[level], by: person.id, now };
      const ground = { previous: number - 1, calendar, policy, key, earlier };
      return { ...(await prepareRelease(publication, ground, steps)), plan: id };
    }),
  );
}

async function put(
  trx: Trx,
  { person, id, now }: Release,
  { prepared, next, number }: { prepared: PreparedRelease[]; next: Offering; number: number },
): Promise<PlanOutcome<{ number: number }>> {
  const { county } = person;
  await lockCounty(trx, county);
  // counted when it was prepared: sites that came since are counted with the next
  const found = await findFree(trx, person, id, async () => 0);
  if ('is' in found) return found;
  const { plan, pilots } = found;
  await storeReleases(trx, prepared);
  const undone = plan.undoes === null ? null : await takeBack(trx, { id, undoes: plan.undoes, person, now });
  const stage = undone ?? 'pilot';
  await trx
    .updateTable('release_plan')
    .set({ stage, number, released_by: person.id, released_at: now })
    .where('id', '=', id)
    .execute();
  if (plan.undoes === null) {
    const reach = pilots.map((scope) => ({ plan: id, kind: 'site' as const, scope }));
    await trx.insertInto('release_reach').values(reach).execute();
  }
  const note = plan.undoes === null ? `${pilots.length} 个试点站` : '先到用过被退回那一版的站';
  await noteStep(trx, id, { at: now, who: person.id, what: stage, note });
  const detail = { plan: id, number, stage, ...(plan.shortfall ? { reason: plan.shortfall } : {}) };
  await audit(trx, now, [{ who: person.id, what: 'released', detail }]);
  if (stage === 'all') await putInForce(trx, county, number, next);
  return { is: 'done', number };
}

/** The plan that is taken back gives its reach to the one that takes it back; how far that one therefore comes at once. */
async function takeBack(
  trx: Trx,
  { id, undoes, person, now }: { id: string; undoes: string; person: Person; now: Instant },
): Promise<'pilot' | 'all'> {
  const { stage, township } = await trx
    .updateTable('release_plan')
    .set({ undone_by: id })
    .where('id', '=', undoes)
    .returning(['stage', 'township'])
    .executeTakeFirstOrThrow();
  await noteStep(trx, undoes, { at: now, who: person.id, what: 'undone' });
  const reach = await trx
    .selectFrom('release_reach')
    .select(['kind', 'scope'])
    .where('plan', '=', undoes)
    .execute();
  await trx
    .insertInto('release_reach')
    .values(reach.map((one) => ({ ...one, plan: id })))
    .execute();
  await trx.updateTable('release_plan').set({ township }).where('id', '=', id).execute();
  return stage === 'all' ? 'all' : 'pilot';
}
