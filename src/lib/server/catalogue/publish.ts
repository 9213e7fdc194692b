/**
 * Publishes a release (目录发布): builds its parts, signs them with the county's key and stores everything in one
 * write. Invariants: numbers of a county and level rise and are never used twice; what was published is never changed;
 * an item that has a problem is never published.
 */
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import { itemHash } from '#lib/catalogue/hash.ts';
import { checkItems } from '#lib/catalogue/item-check.ts';
import { CAREFULLY, buildRelease, type BuildSteps, type BuiltRelease } from '#lib/catalogue/publish/build.ts';
import { signManifest } from '#lib/catalogue/publish/sign.ts';
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import type { Trx } from '../db/dialect.ts';
import { inSlices } from '../db/in-slices.ts';
import type { Store } from '../db/store.ts';
import { newestNumber, type ReleasePlace } from './current-release.ts';
import { signingKey, type SigningKey } from './release-keys.ts';
import { readCalendar, readPolicy } from './rules.ts';
import {
  dropWays,
  lastReleases,
  storeWays,
  wholeWay,
  waysTo,
  type ReleaseWay,
  type StoredRelease,
} from './ways.ts';

export interface Publication {
  county: string;
  level: Level;
  /** Items of any level, in the order they are listed; those of other levels are left out. */
  items: readonly Item[];
  /** Staff id of the person who releases it. */
  by: string;
  now: Instant;
}

/** A release with everything it is built from, ready to be stored. */
export interface PreparedRelease {
  built: BuiltRelease;
  /** The plan it belongs to; without one it reaches everybody. */
  plan?: string;
  versions: { hash: string; item: Item }[];
  signature: string;
  key: string;
  by: string;
  ways: ReleaseWay[];
}

/** The number was taken while this release was being built. */
export class NumberTaken extends Error {
  override name = 'NumberTaken';
}

/** Publications of one county and level at once that are taken for a bug. */
const ATTEMPTS = 5;

/**
 * Publishes the next release of a county and level.
 * @throws RangeError when an item is unfit (catalogue/item-check.ts is to be asked before), or the county has no key.
 */
export async function publishRelease(store: Store, publication: Publication): Promise<ReleasePlace> {
  const { county, level } = publication;
  for (let attempt = 1; ; attempt++) {
    const ground = await store.read(async (trx) => ({
      previous: await newestNumber(trx, county, level),
      calendar: await readCalendar(trx, county),
      policy: await readPolicy(trx, county),
      key: await signingKey(trx, county),
      earlier: await lastReleases(trx, county, level),
    }));
    const { key } = ground;
    if (!key) throw new RangeError(`no key to sign with: ${county}`);
    const prepared = await prepareRelease(publication, { ...ground, key });
    try {
      await store.write((trx) => storeReleases(trx, [prepared]));
      return { county, level, number: prepared.built.manifest.number };
    } catch (error) {
      if (!(error instanceof NumberTaken) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Builds, hashes and signs, and makes the ways from `earlier` releases; touches no database. */
export async function prepareRelease(
  { county, level, items, by, now }: Publication,
  ground: {
    previous: number;
    calendar: Calendar;
    policy: CountyPolicy;
    key: SigningKey;
    earlier?: readonly StoredRelease[];
  },
  steps: BuildSteps = CAREFULLY,
): Promise<PreparedRelease> {
  const [problem] = checkItems(items);
  if (problem) throw new RangeError(`${problem.where}: ${problem.text}`);
  const { key, earlier = [], ...rest } = ground;
  const own = items.filter((item) => item.levels.includes(level));
  const built = await buildRelease({ county, level, publishedAt: now, items: own, ...rest }, steps);
  const signature = await signManifest(built.manifestRaw, key.privateKey);
  const versions = await Promise.all(own.map(async (item) => ({ hash: await itemHash(item), item })));
  const ways = [await wholeWay(built, signature, steps.pack), ...(await waysTo(built, signature, earlier))];
  return { built, versions, signature, key: key.id, by, ways };
}

/** @throws NumberTaken when a release of that number is there. */
export async function storeReleases(trx: Trx, releases: readonly PreparedRelease[]): Promise<void> {
  for (const { built, plan = null, signature, key, by, versions, ways } of releases) {
    const { county, level, number, publishedAt } = built.manifest;
    if ((await newestNumber(trx, county, level)) >= number) throw new NumberTaken();
    await storeParts(trx, built);
    await trx
      .insertInto('release')
      .values({
        county,
        level,
        number,
        manifest: built.manifestRaw,
        signature,
        key,
        published_at: publishedAt,
        published_by: by,
        plan,
      })
      .execute();
    await storeVersions(trx, versions, { county, level, number });
    await storeWays(trx, { county, level, number }, ways);
    if (plan === null) await dropWays(trx, { county, level, number });
  }
}

async function storeParts(trx: Trx, { parts }: BuiltRelease): Promise<void> {
  for (const { sha256, raw, packed } of Object.values(parts)) {
    await trx
      .insertInto('release_part')
      .values({ sha256, size: raw.length, packed })
      .onConflict((conflict) => conflict.column('sha256').doNothing())
      .execute();
  }
}

async function storeVersions(
  trx: Trx,
  versions: PreparedRelease['versions'],
  { county, level, number }: ReleasePlace,
): Promise<void> {
  const known = versions.map(({ hash, item }) => ({ hash, code: item.code, data: canonicalJson(item) }));
  await inSlices(known, (slice) =>
    trx
      .insertInto('item_version')
      .values(slice)
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute(),
  );
  const offered = known.map(({ hash, code }) => ({
    county,
    level,
    hash,
    code,
    first_release: number,
    last_release: number,
  }));
  await inSlices(offered, (slice) =>
    trx
      .insertInto('item_release')
      .values(slice)
      .onConflict((conflict) =>
        conflict.columns(['county', 'level', 'hash']).doUpdateSet({ last_release: number }),
      )
      .execute(),
  );
}
