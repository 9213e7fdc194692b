/**
 * The real first run (正式启用): a county with its sites, keys, the announced calendar and one administrator. No made-up
 * people and no simulated days. The example items come only when asked for, because no county has published them.
 */
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import type { Instant } from '#lib/domain/day.ts';
import { isLongEnough } from '../auth/passphrase.ts';
import { createCountyKeys } from '../catalogue/release-keys.ts';
import type { Store } from '../db/store.ts';
import { citySites } from './city-sites.ts';
import { firstReleases } from './county-releases.ts';
import { layFoundation } from './lay-foundation.ts';
import { readItems, readRealCalendar, readSitesCsv } from './read-data.ts';
import { seededVersion } from './seed-city.ts';
import { staffRow } from './staff-row.ts';

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

  const there = await store.read(async (trx) => ({
    demo: (await seededVersion(trx)) !== null,
    county: await trx.selectFrom('county').select('id').where('id', '=', county.id).executeTakeFirst(),
    login: await trx.selectFrom('staff').select('id').where('login', '=', login).executeTakeFirst(),
    calendar: await trx.selectFrom('calendar').select('id').executeTakeFirst(),
  }));
  if (there.demo) return { is: 'demo' };
  if (there.county) return { is: 'countyThere' };
  if (there.login) return { is: 'loginTaken' };

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
    calendar: there.calendar ? null : calendar,
    keys,
    staff: [await staffRow(admin, passphrase, now)],
    releases,
    line: { who: 'office', what: 'setUp', detail: { county: county.id } },
  } as const;
  await store.write((trx) => layFoundation(trx, now, foundation));
  return { is: 'done', name: county.name, sites: sites.length - 2 };
}

/** Telephones are the demo's; a real county enters its own. */
const withoutDemo = <S extends object>(site: S): S => ({ ...site, phone: null, supervision_phone: null });
