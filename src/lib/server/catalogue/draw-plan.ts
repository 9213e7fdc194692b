/**
 * 拟定: one person draws up what the county is to release, compared with what is in force; or withdraws it. At most one is
 * drawn up at a time. 退回 is drawn up like any other: the old contents as a new plan. Nothing reaches a site from here.
 */
import { randomUUID } from 'node:crypto';
import { checkItems } from '#lib/catalogue/item-check.ts';
import { countByLevel, shortSites, type LevelCounts } from '#lib/catalogue/minimum.ts';
import { compareOfferings, isUnchanged, summaryOf, type Offering } from '#lib/catalogue/release-changes.ts';
import { refuseStep, type StepRefusal } from '#lib/catalogue/rollout.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Role } from '#lib/domain/roles.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import { audit } from '../audit.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import {
  numbersInForce,
  offeringInForce,
  packOffering,
  releasedOffering,
  type Numbers,
} from './plan-contents.ts';
import { countySites, lockCounty, noteStep, planRows, standingOf } from './plan-rows.ts';

/** Who asks, at a county's pages. */
export interface Person {
  id: string;
  roles: readonly Role[];
  county: string;
}

/** How many items each site would offer: until a site chooses its own, all of its level. */
export async function countSites(
  trx: Trx,
  county: string,
  { offering, next }: { offering: Offering | null; next: Offering },
): Promise<LevelCounts[]> {
  const sites = (await countySites(trx, county)).map((site) => ({
    ...site,
    now: offering?.items[site.level].length ?? 0,
    after: next.items[site.level].length,
  }));
  const levels = LEVELS.filter((level) => sites.some((site) => site.level === level));
  return countByLevel(sites, levels, offering?.policy ?? next.policy, next.policy);
}

export interface Draft {
  person: Person;
  now: Instant;
  next: Offering;
  note: string;
  /** Why it may be released though sites fall short; '' for no reason. */
  shortfall: string;
}

export type DrawOutcome =
  | { is: 'drawn'; id: string }
  | { is: 'unchanged' | 'otherDrawn' }
  | { is: 'unfit'; where: string; text: string }
  /** Sites would fall short, and no reason was written. */
  | { is: 'short'; sites: number };

/** Draws up an edit of what is in force. */
export async function drawPlan(store: Store, draft: Draft): Promise<DrawOutcome> {
  const { person, now, next, note, shortfall } = draft;
  const every = new Map<string, Item>(
    LEVELS.flatMap((level) => next.items[level].map((one) => [one.code, one])),
  );
  const items = [...every.values()];
  const [problem] = checkItems(items);
  if (problem) return { is: 'unfit', where: named(problem.where, items), text: problem.text };

  const { offering, numbers } = await offeringInForce(store, person.county);
  const changes = compareOfferings(offering, next);
  if (offering && isUnchanged(changes)) return { is: 'unchanged' };
  const short = await store.read(async (trx) =>
    shortSites(await countSites(trx, person.county, { offering, next })),
  );
  if (short > 0 && shortfall === '') return { is: 'short', sites: short };
  const contents = await packOffering(next);
  const drawn = await store.write(async (trx): Promise<DrawOutcome | 'moved'> => {
    await lockCounty(trx, person.county);
    if (await isAnyDrawn(trx, person.county)) return { is: 'otherDrawn' };
    if (!isSame(await numbersInForce(trx, person.county), numbers)) return 'moved';
    const id = await insertPlan(trx, person, now, {
      contents,
      base: numbers,
      summary: summaryOf(changes),
      note,
      shortfall: short > 0 ? shortfall : null,
      takesBack: null,
    });
    const reason = short > 0 ? { shortSites: short, reason: shortfall } : {};
    await audit(trx, now, [{ who: person.id, what: 'releaseDrawn', detail: { plan: id, ...reason } }]);
    return { is: 'drawn', id };
  });
  // what it was compared with was replaced meanwhile
  return drawn === 'moved' ? drawPlan(store, draft) : drawn;
}

const isAnyDrawn = async (trx: Trx, county: string): Promise<boolean> =>
  (await planRows(trx, county)).some(({ stage }) => stage === 'drawn');

const isSame = (one: Numbers, other: Numbers): boolean =>
  LEVELS.every((level) => one[level] === other[level]);

/** 3.name → 老年人高龄津贴认定：name */
function named(where: string, items: readonly Item[]): string {
  const at = /^(\d+)\.(.*)$/.exec(where);
  const item = items[Number(at?.[1])];
  return item && at ? `${item.name}（${item.code}）：${at[2]}` : where;
}

interface PlanInput {
  contents: Uint8Array;
  base: Numbers;
  summary: string;
  note: string;
  shortfall: string | null;
  takesBack: { id: string; number: number } | null;
}

async function insertPlan(trx: Trx, person: Person, now: Instant, plan: PlanInput): Promise<string> {
  const { takesBack, base, ...rest } = plan;
  const id = randomUUID();
  await trx
    .insertInto('release_plan')
    .values({
      ...rest,
      id,
      county: person.county,
      stage: 'drawn',
      base: JSON.stringify(base),
      undoes: takesBack?.id ?? null,
      undone_number: takesBack?.number ?? null,
      made_by: person.id,
      made_at: now,
    })
    .execute();
  await noteStep(trx, id, { at: now, who: person.id, what: 'drawn', note: plan.note });
  return id;
}

export type PlanOutcome<T extends object = object> =
  ({ is: 'done' } & T) | { is: 'refused'; why: StepRefusal } | { is: 'unknown' };

/** Takes a plan that was drawn up out of the way; whoever keeps the county's lists may. */
export function withdrawPlan(
  store: Store,
  { person, id, now, note }: { person: Person; id: string; now: Instant; note: string },
): Promise<PlanOutcome> {
  return store.write(async (trx): Promise<PlanOutcome> => {
    await lockCounty(trx, person.county);
    const plans = await planRows(trx, person.county);
    const plan = plans.find((one) => one.id === id);
    if (!plan) return { is: 'unknown' };
    const why = refuseStep(standingOf(plan, plans, { pilots: 0, short: 0 }), 'withdraw', person);
    if (why) return { is: 'refused', why };
    await trx.updateTable('release_plan').set({ stage: 'withdrawn' }).where('id', '=', id).execute();
    await noteStep(trx, id, { at: now, who: person.id, what: 'withdrawn', note });
    await audit(trx, now, [{ who: person.id, what: 'releaseWithdrawn', detail: { plan: id } }]);
    return { is: 'done' };
  });
}

/**
 * Draws up what takes a released plan back (退回): what was in force when that one was drawn up. It is held at once, so that
 * it spreads no further while the second person looks.
 */
export async function drawUndo(
  store: Store,
  { person, id, now, note }: { person: Person; id: string; now: Instant; note: string },
): Promise<PlanOutcome<{ id: string }>> {
  const known = (await store.read((trx) => planRows(trx, person.county))).find((one) => one.id === id);
  if (!known) return { is: 'unknown' };
  const offering = await releasedOffering(store, person.county, known.base);
  if (!offering) return { is: 'refused', why: 'noBase' };
  const contents = await packOffering(offering);
  return store.write(async (trx): Promise<PlanOutcome<{ id: string }>> => {
    await lockCounty(trx, person.county);
    const plans = await planRows(trx, person.county);
    const plan = plans.find((one) => one.id === id);
    if (!plan) return { is: 'unknown' };
    const why = refuseStep(standingOf(plan, plans, { pilots: 0, short: 0 }), 'undo', person);
    if (why) return { is: 'refused', why };
    const undo = await insertPlan(trx, person, now, {
      contents,
      base: plan.base,
      summary: `退回第 ${plan.number} 版，内容回到${numbersWords(plan.base)}`,
      note,
      // the sites were as short before
      shortfall: '退回到原来的内容',
      takesBack: { id, number: plan.number! },
    });
    if (plan.held_at === null) {
      await trx.updateTable('release_plan').set({ held_at: now }).where('id', '=', id).execute();
      await noteStep(trx, id, { at: now, who: person.id, what: 'held', note: '拟定退回时自动暂停' });
    }
    await audit(trx, now, [{ who: person.id, what: 'releaseDrawn', detail: { plan: undo, undoes: id } }]);
    return { is: 'done', id: undo };
  });
}

/** 第 3 版; where levels differ: 第 3、4 版 */
export function numbersWords(numbers: Numbers): string {
  const distinct = [...new Set(Object.values(numbers))].sort((a, b) => a - b);
  return `第 ${distinct.join('、')} 版`;
}
