/**
 * Ways to a release that may be offered, made when it is published: for devices that hold an older one a patch inside the
 * answer to a sync, for those that hold none the whole in one piece. While rings differ there are ways to each. Whoever is on no way loads manifest and
 * parts one by one; so nothing depends on one being there.
 */
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { patchRelease } from '#lib/catalogue/publish/patch-release.ts';
import { packOf } from '#lib/catalogue/pack.ts';
import type { BuildSteps, BuiltRelease } from '#lib/catalogue/publish/build.ts';
import type { ReleasePatch, WholeRelease } from '#lib/catalogue/rebuild.ts';
import { PART_NAMES, type Manifest } from '#lib/catalogue/release.ts';
import type { Level } from '#lib/domain/item.ts';
import type { Trx } from '../db/dialect.ts';
import { prepared } from '../db/prepared.ts';
import { releaseAddress, type ReleasePlace } from './current-release.ts';

/** A device that was away for longer than so many releases loads the newest whole. */
const RELEASES = 20;

const unpack = promisify(brotliDecompress);

/** One way: `since` is the number of the release it starts from. */
export interface ReleaseWay {
  since: number;
  data: Uint8Array;
}

/** An earlier release as it is stored. */
export interface StoredRelease {
  manifest: Manifest;
  /** Packed, by hash. */
  parts: ReadonlyMap<string, Uint8Array>;
}

/** The last releases of a county and level, the newest first. */
export async function lastReleases(trx: Trx, county: string, level: Level): Promise<StoredRelease[]> {
  const rows = await manifestsOf(trx, county, level).orderBy('number', 'desc').limit(RELEASES).execute();
  return withParts(trx, rows);
}

const manifestsOf = (trx: Trx, county: string, level: Level) =>
  trx.selectFrom('release').select('manifest').where('county', '=', county).where('level', '=', level);

async function withParts(trx: Trx, rows: readonly { manifest: Uint8Array }[]): Promise<StoredRelease[]> {
  const manifests = rows.map((row) => JSON.parse(new TextDecoder().decode(row.manifest)) as Manifest);
  const hashes = [...new Set(manifests.flatMap(hashesOf))];
  if (hashes.length === 0) return [];
  const found = await trx
    .selectFrom('release_part')
    .select(['sha256', 'packed'])
    .where('sha256', 'in', hashes)
    .execute();
  const parts = new Map(found.map(({ sha256, packed }) => [sha256, packed]));
  return manifests.map((manifest) => ({ manifest, parts }));
}

const hashesOf = ({ parts }: Manifest): string[] => PART_NAMES.map((name) => parts[name].sha256);

/** The way from nothing: the whole release in one piece. */
export async function wholeWay(
  { manifestRaw, parts: { list, rules, items } }: BuiltRelease,
  signature: string,
  pack: BuildSteps['pack'],
): Promise<ReleaseWay> {
  const parts = { list: list.raw, rules: rules.raw, items: items.raw };
  const { raw, listEnds } = packOf(signature, manifestRaw, parts);
  return { since: 0, data: await pack(raw, listEnds) };
}

/** The pack of a release, as it is served; null when there is none, because a newer one is in force. */
export const packFor = (trx: Trx, place: ReleasePlace): Promise<Uint8Array | null> => wayData(trx, place, 0);

/** A way from each of the earlier releases from which there is a short one. */
export async function waysTo(
  built: BuiltRelease,
  signature: string,
  earlier: readonly StoredRelease[],
): Promise<ReleaseWay[]> {
  const ways: ReleaseWay[] = [];
  for (const stored of earlier) {
    const patch = await patchRelease(await unpacked(stored), built, signature);
    if (patch) {
      const data = new TextEncoder().encode(JSON.stringify(patch));
      ways.push({ since: stored.manifest.number, data });
    }
  }
  return ways;
}

/** The earlier release of that number, for who has to point into it. */
export async function wholeRelease(
  trx: Trx,
  { county, level }: Pick<ReleasePlace, 'county' | 'level'>,
  number: number,
): Promise<WholeRelease | null> {
  const rows = await manifestsOf(trx, county, level).where('number', '=', number).execute();
  const [stored] = await withParts(trx, rows);
  return stored ? unpacked(stored) : null;
}

async function unpacked({ manifest, parts }: StoredRelease): Promise<WholeRelease> {
  const raw = {} as WholeRelease['parts'];
  for (const name of PART_NAMES) {
    const { sha256 } = manifest.parts[name];
    raw[name] = new Uint8Array(await unpack(parts.get(sha256)!));
  }
  return { manifest, parts: raw };
}

/** Drops the ways to releases before the one in force: nobody goes there any more. */
export async function dropWays(trx: Trx, { county, level, number }: ReleasePlace): Promise<void> {
  await trx
    .deleteFrom('release_way')
    .where('county', '=', county)
    .where('level', '=', level)
    .where('number', '<', number)
    .execute();
}

/** Keeps the ways to a release. */
export async function storeWays(trx: Trx, place: ReleasePlace, ways: readonly ReleaseWay[]): Promise<void> {
  const { county, level, number } = place;
  for (const way of ways)
    await trx
      .insertInto('release_way')
      .values({ county, level, number, ...way })
      .execute();
}

/** The way from the release that a device says it has (`county/level/number`); null when there is none. */
export async function patchFor(
  trx: Trx,
  offered: ReleasePlace,
  has: string | null,
): Promise<ReleasePatch | null> {
  const since = Number(has?.split('/')[2]);
  if (!Number.isSafeInteger(since) || since < 1 || since >= offered.number) return null;
  if (has !== releaseAddress({ ...offered, number: since })) return null;
  const data = await wayData(trx, offered, since);
  return data && (JSON.parse(new TextDecoder().decode(data)) as ReleasePatch);
}

const way = prepared((trx, county: string, level: string, number: number, since: number) =>
  trx
    .selectFrom('release_way')
    .select('data')
    .where('county', '=', county)
    .where('level', '=', level as Level)
    .where('number', '=', number)
    .where('since', '=', since),
);

async function wayData(
  trx: Trx,
  { county, level, number }: ReleasePlace,
  since: number,
): Promise<Uint8Array | null> {
  const [row] = await way(trx, county, level, number, since);
  return row?.data ?? null;
}
