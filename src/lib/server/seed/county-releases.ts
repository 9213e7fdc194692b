/**
 * The first releases of many counties, one per level, prepared without a database. Their lists and rules are the same
 * in every county and their items differ only in task codes, so what was read and packed once is not done again.
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

/** Steps that remember: the same bytes are packed once, a list of the same items is read once. */
function rememberingSteps(): BuildSteps {
  const lists = new Map<string, CatalogueList>();
  const packs = new Map<string, Promise<Bytes>>();
  return {
    list(items: readonly Item[]) {
      const key = items.map((item) => item.code).join();
      const list = lists.get(key) ?? listOf(items);
      lists.set(key, list);
      return list;
    },
    async pack(raw: Bytes) {
      const key = await sha256Hex(raw);
      const pack = packs.get(key) ?? packBrotli(raw);
      packs.set(key, pack);
      return pack;
    },
  };
}

/** One release per county and level, numbered 1, signed with the county's key. */
export function firstReleases({ counties, items, ...rest }: FirstReleases): Promise<PreparedRelease[]> {
  const { calendar, policy, now } = rest;
  const steps = rememberingSteps();
  const places = counties.flatMap((county) => LEVELS.map((level) => ({ county, level })));
  return Promise.all(
    places.map(({ county: { id, code, key, by }, level }) =>
      prepareRelease(
        { county: id, level, items: itemsOfCounty(items, code, level), by, now },
        { previous: 0, calendar, policy, key },
        steps,
      ),
    ),
  );
}
