/**
 * Keeping the sites of a county: adding, editing, pausing, closing, reopening. Merging and transfers are in move-sites.ts.
 * Everything takes the county and sees no other; every change leaves a line in the audit, with ids and codes only.
 */
import type { SiteForm, SiteRefusal } from '#lib/domain/site-keeping.ts';
import { childPath, fullName, type SiteLevel } from '#lib/domain/site.ts';
import type { Instant } from '#lib/domain/day.ts';
import { CLOSED_STATES } from '#lib/domain/state.ts';
import { audit } from '../audit.ts';
import { lockRows, type Trx } from '../db/dialect.ts';
import { nextReach, sitesIn } from '../sync/contact.ts';

/** Who does it, where, when. */
export interface Keeping {
  county: string;
  /** Staff id of the administrator. */
  by: string;
  now: Instant;
}

export type Kept = { is: 'done'; id: string } | { is: 'refused'; why: SiteRefusal; count?: number };

export const refused = (why: SiteRefusal, count?: number): Kept => ({
  is: 'refused',
  why,
  ...(count === undefined ? {} : { count }),
});

/** The row, locked; undefined for any other county's. The county's own row is not kept here. */
export const ownSite = (trx: Trx, county: string, id: string) =>
  lockRows(
    trx,
    trx
      .selectFrom('site')
      .selectAll()
      .where('id', '=', id)
      .where('county', '=', county)
      .where('level', '!=', 'county'),
  ).executeTakeFirst();

/** Devices at sites within a path are told anew where they stand, with names and telephones. */
export async function touchReach(trx: Trx, path: string): Promise<void> {
  const rows = await trx
    .selectFrom('site')
    .select(['id', 'path', 'reach'])
    .where('path', 'like', `${path}%`)
    .execute();
  for (const { id, path: own, reach } of rows) {
    const next = nextReach(own, reach, sitesIn({ id, path: own, reach }).slice(1));
    await trx.updateTable('site').set({ reach: next }).where('id', '=', id).execute();
  }
}

const codeTaken = async (trx: Trx, code: string, but: string): Promise<boolean> =>
  (await trx
    .selectFrom('site')
    .select('id')
    .where('code', '=', code)
    .where('status', '!=', 'closed')
    .where('id', '!=', but)
    .executeTakeFirst()) !== undefined;

const columnsOf = ({ name, code, address, phone, supervisionPhone, hours }: SiteForm) => ({
  name,
  code,
  address: address || null,
  phone: phone || null,
  supervision_phone: supervisionPhone || null,
  hours: hours || null,
});

/** Full names of a township's stations begin with its name. */
async function renameStations(trx: Trx, township: string, name: string): Promise<void> {
  const stations = await trx
    .selectFrom('site')
    .select(['id', 'name', 'level'])
    .where('township', '=', township)
    .where('id', '!=', township)
    .execute();
  for (const { id, ...station } of stations) {
    const full_name = fullName(station, { name });
    await trx.updateTable('site').set({ full_name }).where('id', '=', id).execute();
  }
}

export async function editSite(
  trx: Trx,
  { county, by, now }: Keeping,
  { id, form }: { id: string; form: SiteForm },
): Promise<Kept> {
  const site = await ownSite(trx, county, id);
  if (!site) return refused('noSite');
  if (site.merged_into !== null) return refused('merged');
  if (await codeTaken(trx, form.code, id)) return refused('codeTaken');
  const columns = columnsOf(form);
  const changed = Object.entries(columns).filter(
    ([key, value]) => site[key as keyof typeof columns] !== value,
  );
  if (changed.length === 0) return { is: 'done', id };
  const isTownship = site.township === id;
  const township = isTownship
    ? null
    : await trx.selectFrom('site').select('name').where('id', '=', site.township).executeTakeFirst();
  const full_name = fullName({ level: site.level, name: form.name }, township ?? null);
  await trx
    .updateTable('site')
    .set({ ...columns, full_name })
    .where('id', '=', id)
    .execute();
  if (isTownship && form.name !== site.name) await renameStations(trx, id, form.name);
  // names, codes and telephones stand on papers that devices print
  if (changed.some(([key]) => key !== 'address' && key !== 'hours')) await touchReach(trx, site.path);
  const detail = { site: id, fields: changed.map(([key]) => key).join() };
  await audit(trx, now, [{ who: by, what: 'siteEdited', detail }]);
  return { is: 'done', id };
}

/** A township or subdistrict of the county, or a station below one of them (`parent`). */
export async function addSite(
  trx: Trx,
  { county, by, now }: Keeping,
  { parent, level, form }: { parent: string; level: Exclude<SiteLevel, 'city' | 'county'>; form: SiteForm },
): Promise<Kept> {
  const above = await trx
    .selectFrom('site')
    .selectAll()
    .where('id', '=', parent)
    .where('county', '=', county)
    .where('status', '!=', 'closed')
    .executeTakeFirst();
  const isStation = level === 'village' || level === 'community';
  if (!above || (isStation ? above.township !== above.id : above.id !== county)) return refused('noTarget');
  if (await codeTaken(trx, form.code, '')) return refused('codeTaken');
  const id = await freshId(trx, county, form.code);
  const full_name = fullName({ level, name: form.name }, isStation ? above : null);
  await trx
    .insertInto('site')
    .values({
      id,
      ...columnsOf(form),
      full_name,
      level,
      county,
      township: isStation ? above.id : id,
      path: childPath(above.path, id),
      parent: above.id,
    })
    .execute();
  await audit(trx, now, [{ who: by, what: 'siteAdded', detail: { site: id, parent: above.id } }]);
  return { is: 'done', id };
}

/** `S` and the code; a code that an earlier site bore gets a number behind it. Training counties keep their letter. */
async function freshId(trx: Trx, county: string, code: string): Promise<string> {
  const first = `${county.charAt(0)}${code}`;
  const taken = new Set(
    (await trx.selectFrom('site').select('id').where('id', 'like', `${first}%`).execute()).map(
      (row) => row.id,
    ),
  );
  for (let turn = 1; ; turn++) {
    const id = turn === 1 ? first : `${first}-${turn}`;
    if (!taken.has(id)) return id;
  }
}

/** Open applications of a site and of those merged into it. */
export async function openCount(trx: Trx, path: string): Promise<number> {
  const { count } = await trx
    .selectFrom('application')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('path', 'like', `${path}%`)
    .where('state', 'not in', CLOSED_STATES)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function countAt(trx: Trx, table: 'device' | 'staff', site: string): Promise<number> {
  const { count } = await trx
    .selectFrom(table)
    .select(({ fn }) => fn.countAll().as('count'))
    .where('site', '=', site)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function hindrance(trx: Trx, { id, path }: { id: string; path: string }): Promise<Kept | null> {
  const stations = await trx
    .selectFrom('site')
    .select('id')
    .where('parent', '=', id)
    .where('status', '!=', 'closed')
    .execute();
  if (stations.length > 0) return refused('stationsLeft', stations.length);
  const open = await openCount(trx, path);
  if (open > 0) return refused('openApplications', open);
  const devices = await countAt(trx, 'device', id);
  if (devices > 0) return refused('devicesLeft', devices);
  const staff = await countAt(trx, 'staff', id);
  return staff > 0 ? refused('staffLeft', staff) : null;
}

const STANDING_LINES = { open: 'siteReopened', paused: 'sitePaused', closed: 'siteClosed' } as const;

/** A site that is closed keeps its history; only what holds nothing any more may be closed. */
export async function setStanding(
  trx: Trx,
  { county, by, now }: Keeping,
  { id, status }: { id: string; status: keyof typeof STANDING_LINES },
): Promise<Kept> {
  const site = await ownSite(trx, county, id);
  if (!site) return refused('noSite');
  if (site.merged_into !== null) return refused('merged');
  if (site.status === status) return { is: 'done', id };
  if (status === 'open' && (await codeTaken(trx, site.code, id))) return refused('codeTaken');
  if (status === 'closed') {
    const hindered = await hindrance(trx, site);
    if (hindered) return hindered;
    await trx.deleteFrom('enrol_code').where('site', '=', id).where('used_at', 'is', null).execute();
  }
  await trx.updateTable('site').set({ status }).where('id', '=', id).execute();
  await audit(trx, now, [{ who: by, what: STANDING_LINES[status], detail: { site: id } }]);
  return { is: 'done', id };
}
