/**
 * One release of five changed items in every county of a city, by two people and ring by ring, as a county does it: drawn up,
 * released to a pilot site, led to a township, then to all. And what of it costs what, each step done by itself.
 */
import { packBrotli } from '#lib/catalogue/publish/brotli.ts';
import { buildRelease, CAREFULLY, listOf } from '#lib/catalogue/publish/build.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import type { Offering } from '#lib/catalogue/release-changes.ts';
import { tighten } from '#lib/catalogue/publish/tighten.ts';
import type { ReleasePatch } from '#lib/catalogue/rebuild.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import { drawPlan } from '#lib/server/catalogue/draw-plan.ts';
import { choosePilots, movePlan } from '#lib/server/catalogue/move-plan.ts';
import { offeringInForce } from '#lib/server/catalogue/plan-contents.ts';
import { countySites } from '#lib/server/catalogue/plan-rows.ts';
import { releasePlan } from '#lib/server/catalogue/release-plan.ts';
import { lastReleases, waysTo, wholeRelease } from '#lib/server/catalogue/ways.ts';
import type { Store } from '#lib/server/db/store.ts';
import { nextRelease } from './catalogue-bytes-items.ts';

const CHANGED = 5;
/** A patch carries nothing of what is packed here, so most of a benchmark need not wait for it. */
export const HASTY = { list: listOf, pack: (raw: Bytes, open = 0) => packBrotli(raw, { quality: 5, open }) };

/** Five items that every level handles, changed as the peers' second release changes them. */
export function changedItems(items: Offering['items']): Record<Level, Item[]> {
  const everywhere = items.village.filter(({ levels }) => LEVELS.every((level) => levels.includes(level)));
  const step = Math.floor(everywhere.length / CHANGED);
  const chosen = Array.from({ length: CHANGED }, (_, n) => everywhere[n * step]!);
  const next = new Map(
    nextRelease(
      chosen,
      2024,
      chosen.map((_, at) => at),
    ).map((one) => [one.code, one]),
  );
  const changed = (list: readonly Item[]): Item[] => list.map((one) => next.get(one.code) ?? one);
  return {
    township: changed(items.township),
    subdistrict: changed(items.subdistrict),
    village: changed(items.village),
  };
}

function done<T extends { is: string }>(outcome: T): T {
  if (outcome.is !== 'done' && outcome.is !== 'drawn')
    throw new Error(`a step was not done: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** Leads a release of five changed items to all sites of a county. */
export async function releaseToAll(store: Store, county: string, now: Instant): Promise<void> {
  const maker = { id: 'maker', roles: ['admin', 'releaser'], county } as const;
  const second = { ...maker, id: 'second' };
  const { offering } = await offeringInForce(store, county);
  const sites = await store.read((trx) => countySites(trx, county));
  const pilot = sites.find(({ level }) => level === 'village')!;
  await choosePilots(store, { person: maker, now, sites: [pilot.id] });
  const next = { ...offering!, items: changedItems(offering!.items) };
  const drawn = await drawPlan(store, { person: maker, now, next, note: '示例', shortfall: '示例原因' });
  if (drawn.is !== 'drawn') throw new Error(`not drawn up: ${drawn.is}`);
  const { id } = drawn;
  done(await releasePlan(store, { person: second, id, now, steps: HASTY }));
  const step = { person: second, id, now };
  done(await movePlan(store, { ...step, step: 'township', township: pilot.township }));
  done(await movePlan(store, { ...step, step: 'all' }));
}

/** Milliseconds of CPU, all threads of this process. */
async function cpu<T>(work: () => Promise<T>): Promise<{ ms: number; made: T }> {
  const before = process.cpuUsage();
  const made = await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, made };
}

export interface StepCosts {
  /** Building, hashing and packing as small as can be. */
  pack: number;
  /** Working out what differs, and trying it. */
  patch: number;
  /** The same in bytes, as polls carry it; the office does it when the first device asks. */
  tighten: number;
}

/** What the newest release of a county and level costs to make again from the one before it. */
export async function stepCosts(store: Store, county: string, level: Level): Promise<StepCosts> {
  const { offering } = await offeringInForce(store, county);
  const earlier = (await store.read((trx) => lastReleases(trx, county, level))).slice(1);
  const { items, calendar, policy } = offering!;
  const previous = earlier[0]!.manifest.number;
  const input = { county, level, previous, items: items[level], calendar, policy };
  const built = await cpu(() =>
    buildRelease({ ...input, publishedAt: earlier[0]!.manifest.publishedAt }, CAREFULLY),
  );
  const ways = await cpu(() => waysTo(built.made, 'A'.repeat(86), earlier));
  const older = await store.read((trx) => wholeRelease(trx, { county, level }, previous));
  const patch = JSON.parse(new TextDecoder().decode(ways.made[0]!.data)) as ReleasePatch;
  const tight = await cpu(() => tighten(older!, previous + 1, patch));
  if (tight.made === null) throw new Error('the patch cannot be said in bytes');
  return { pack: built.ms, patch: ways.ms, tighten: tight.ms };
}
