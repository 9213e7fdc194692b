/**
 * The first releases of many counties, one per level, prepared without a database. Their lists and rules are the same
 * in every county and their items differ only in task codes, so what was read and packed once is not done again, and
 * only the first county's items are packed as small as a published release is.
 */
import { sha256Hex, type Bytes } from '#lib/catalogue/hash.ts';
import { packBrotli } from '#lib/catalogue/publish/brotli.ts';
import { listOf, type BuildSteps } from '#lib/catalogue/publish/build.ts';
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import type { CatalogueList } from '#lib/catalogue/release.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { prepareRelease, type PreparedRelease } from '../catalogue/publish.ts';
import type { SigningKey } from '../catalogue/release-keys.ts';
import type { ListedItem } from './read-data.ts';
import { itemsOfCounty } from './task-codes.ts';

const LEVELS: readonly Level[] = ['township', 'subdistrict', 'village'];

export interface FirstReleases {
  counties: readonly { id: string; code: string; key: SigningKey; by: string }[];
  items: readonly ListedItem[];
  calendar: Calendar;
  policy: CountyPolicy;
  now: Instant;
}

/** 14 % larger than quality 11 and forty times as fast: still within what a first load may weigh. */
const QUICK = 5;

/** Steps that remember: the same bytes are packed once, a list of the same items is read once. */
function rememberingSteps(): (care: 'quick' | 'small') => BuildSteps {
  const lists = new Map<string, CatalogueList>();
  const packs = new Map<string, Promise<Bytes>>();
  return (care) => ({
    list(items: readonly Item[]) {
      const key = items.map((item) => item.code).join();
      const list = lists.get(key) ?? listOf(items);
      lists.set(key, list);
      return list;
    },
    async pack(raw: Bytes, open?: number) {
      // the whole in one piece is what most devices load; its parts, and other counties', are packed in haste
      if (open !== undefined) return packBrotli(raw, care === 'small' ? { open } : { quality: QUICK, open });
      const key = await sha256Hex(raw);
      const pack = packs.get(key) ?? packBrotli(raw, { quality: QUICK });
      packs.set(key, pack);
      return pack;
    },
  });
}

/** One release per county and level, numbered 1, signed with the county's key. The first county is packed with care. */
export async function firstReleases({ counties, items, ...rest }: FirstReleases): Promise<PreparedRelease[]> {
  const { calendar, policy, now } = rest;
  const stepsOf = rememberingSteps();
  const releases: PreparedRelease[] = [];
  for (const [index, { id, code, key, by }] of counties.entries()) {
    const steps = stepsOf(index === 0 ? 'small' : 'quick');
    const prepare = (level: Level): Promise<PreparedRelease> =>
      prepareRelease(
        { county: id, level, items: itemsOfCounty(items, code, level), by, now },
        { previous: 0, calendar, policy, key },
        steps,
      );
    releases.push(...(await Promise.all(LEVELS.map(prepare))));
  }
  return releases;
}
