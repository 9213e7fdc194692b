/**
 * The real first run (正式启用): a county with its sites, keys, the announced calendar and one administrator. No made-up
 * people and no simulated days. The example items come only when asked for, because no county has published them.
 */
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import type { Instant } from '#lib/domain/day.ts';
import { isLongEnough } from '../auth/passphrase.ts';
import { createCountyKeys } from '../catalogue/release-keys.ts';
import { lockOffice, type Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import { citySites } from './city-sites.ts';
import { firstReleases } from './county-releases.ts';
import { layFoundation } from './lay-foundation.ts';
import { readItems, readRealCalendar, readSitesCsv } from './read-data.ts';
import { seededVersion } from './seeded-version.ts';
import { staffRow } from './staff-row.ts';
import { sheetsOfCounty } from './task-codes.ts';

export interface CountySetup {
  /** Statistical code of 6 or 12 digits. */
  county: string;
  /** Name and sign-in name of the first administrator. */
  admin: string;
  passphrase: string;
  /** Publish the example items as the county's first releases. */
  exampleItems: boolean;
  now: Instant;
}

export type SetupOutcome =
  | { is: 'done'; name: string; sites: number }
  | { is: 'unknownCounty' | 'countyThere' | 'loginTaken' | 'demo' | 'shortPassphrase' | 'noName' };

/** Counties that can be set up: 12-digit code and name. */
export const knownCounties = (): { code: string; name: string }[] =>
  citySites(readSitesCsv()).filter((site) => site.level === 'county');

export async function setUpCounty(store: Store, setup: CountySetup): Promise<SetupOutcome> {
  const { passphrase, exampleItems, now } = setup;
  const login = setup.admin.trim();
  if (login === '' || login.length > 40) return { is: 'noName' };
  if (!isLongEnough(passphrase)) return { is: 'shortPassphrase' };
  const all = citySites(readSitesCsv());
  const county = all.find((site) => site.level === 'county' && site.code === setup.county.padEnd(12, '0'));
  if (!county) return { is: 'unknownCounty' };

  const wanted = { county: county.id, login };
  const before = await store.read((trx) => obstacle(trx, wanted));
  if (before !== null) return { is: before };

  const sites = all.filter((site) => site.level === 'city' || site.county === county.id).map(withoutDemo);
  const calendar = readRealCalendar();
  const policy = DEFAULT_COUNTY_POLICY;
  const keys = await createCountyKeys(county.id, now);
  const { id: key, private_jwk } = keys.find(({ standing }) => standing === 'active')!;
  const admin = {
    id: `P${county.code}-1`,
    site: county.id,
    path: county.path,
    county: county.id,
    name: login,
    roles: ['admin', 'releaser'] as const,
    department: null,
    login,
  };
  const signing = { id: key, privateKey: JSON.parse(private_jwk!) as JsonWebKey };
  const releases = exampleItems
    ? await firstReleases({
        counties: [{ ...county, key: signing, by: admin.id }],
        items: readItems(),
        calendar,
        policy,
        now,
      })
    : [];
  const foundation = {
    sites,
    policy,
    keys,
    staff: [await staffRow(admin, passphrase, now)],
    releases,
    lists: exampleItems ? [{ county: county.id, sheets: sheetsOfCounty(readItems(), county.code) }] : [],
    line: { who: 'office', what: 'setUp', detail: { county: county.id } },
  } as const;
  const meanwhile = await store.write(async (trx) => {
    // two may have prepared it at once: the second finds the first one's
    await lockOffice(trx, 'foundation');
    const found = await obstacle(trx, wanted);
    if (found !== null) return found;
    const inForce = await trx.selectFrom('calendar').select('id').executeTakeFirst();
    await layFoundation(trx, now, { ...foundation, calendar: inForce ? null : calendar });
    return null;
  });
  if (meanwhile !== null) return { is: meanwhile };
  return { is: 'done', name: county.name, sites: sites.length - 2 };
}

/** What is in the way of setting it up; null for nothing. */
async function obstacle(
  trx: Trx,
  { county, login }: { county: string; login: string },
): Promise<'demo' | 'countyThere' | 'loginTaken' | null> {
  if ((await seededVersion(trx)) !== null) return 'demo';
  if (await trx.selectFrom('county').select('id').where('id', '=', county).executeTakeFirst())
    return 'countyThere';
  if (await trx.selectFrom('staff').select('id').where('login', '=', login).executeTakeFirst())
    return 'loginTaken';
  return null;
}

/** Telephones are the demo's; a real county enters its own. */
const withoutDemo = <S extends object>(site: S): S => ({ ...site, phone: null, supervision_phone: null });
