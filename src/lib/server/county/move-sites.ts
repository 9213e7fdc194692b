/**
 * Merging a station into another, and giving one to another township. Ids stay, so history stays where it was made; paths
 * change, and scope is a prefix test on them. Invariants: an application's feed is its township's, also after a transfer;
 * whoever is concerned has another reach afterwards, so that their devices are sent everything anew: nothing of it is left
 * standing at a device that does not see it any more, and nothing is missing at one that does.
 */
import { childPath, fullName } from '#lib/domain/site.ts';
import type { Selectable } from 'kysely';
import { audit } from '../audit.ts';
import type { Trx } from '../db/dialect.ts';
import type { SiteTable } from '../db/schema.ts';
import type { Store } from '../db/store.ts';
import { nextReach, sitesIn } from '../sync/contact.ts';
import { lockFeed } from '../sync/docket.ts';
import { openCount, ownSite, refused, touchReach, type Kept, type Keeping } from './keep-sites.ts';

type Site = Selectable<SiteTable>;

const isStation = ({ level }: Site): boolean => level === 'village' || level === 'community';

/** Everything that bears the path of a site: its staff, its applications, open and closed. */
async function movePath(trx: Trx, site: string, path: string): Promise<void> {
  await trx.updateTable('application').set({ path }).where('site', '=', site).execute();
  await trx.updateTable('staff').set({ path }).where('site', '=', site).execute();
}

const mergedInto = (trx: Trx, id: string) =>
  trx.selectFrom('site').selectAll().where('merged_into', '=', id).orderBy('id').execute();

/** A station ends in another one of its township; its open applications, people and what it had taken in go along. */
export async function mergeSite(
  trx: Trx,
  { county, by, now }: Keeping,
  { from, into }: { from: string; into: string },
): Promise<Kept> {
  if (from === into) return refused('sameSite');
  // in the order of their ids, so that two who merge do not wait for each other in a circle
  const locked = new Map<string, Site | undefined>();
  for (const id of [from, into].sort()) locked.set(id, await ownSite(trx, county, id));
  const [source, target] = [locked.get(from), locked.get(into)];
  if (!source) return refused('noSite');
  if (!target) return refused('noTarget');
  if (source.merged_into !== null) return refused('merged');
  if (!isStation(source) || !isStation(target)) return refused('notStation');
  if (target.status === 'closed') return refused('targetClosed');
  if (source.township !== target.township || source.township === null) return refused('otherTownship');
  await lockFeed(trx, source.township);

  const applications = await openCount(trx, source.path);
  const taken = [source, ...(await mergedInto(trx, from))];
  for (const one of taken) {
    const path = childPath(target.path, one.id);
    await trx
      .updateTable('site')
      .set({ status: 'closed', merged_into: into, parent: into, path, reach: nextReach(path, one.reach, []) })
      .where('id', '=', one.id)
      .execute();
    await movePath(trx, one.id, path);
  }
  const people = { site: into, path: target.path };
  await trx.updateTable('staff').set(people).where('site', '=', from).execute();
  await trx.deleteFrom('enrol_code').where('site', '=', from).where('used_at', 'is', null).execute();
  const merged = [...sitesIn(target).slice(1), ...taken.map(({ id }) => id)];
  const reach = nextReach(target.path, target.reach, merged);
  await trx.updateTable('site').set({ reach }).where('id', '=', into).execute();
  await audit(trx, now, [{ who: by, what: 'siteMerged', detail: { site: from, into, applications } }]);
  return { is: 'done', id: into };
}

/** Applications of these sites that another township's feed carries yet. Returns how many went over. */
async function carryOver(trx: Trx, sites: readonly string[], feed: string): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('application')
    // numbers of another feed say nothing in this one
    .set({ feed, seq: 0 })
    .where('site', 'in', sites)
    .where('feed', '!=', feed)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

async function transfer(
  trx: Trx,
  { county, by, now }: Keeping,
  { id, township }: { id: string; township: string },
): Promise<Kept & { from?: string; sites?: string[] }> {
  const site = await ownSite(trx, county, id);
  if (!site) return refused('noSite');
  if (site.merged_into !== null) return refused('merged');
  if (!isStation(site) || site.township === null) return refused('notStation');
  const target = await trx
    .selectFrom('site')
    .selectAll()
    .where('id', '=', township)
    .where('county', '=', county)
    .executeTakeFirst();
  if (!target || target.township !== target.id) return refused('noTarget');
  if (target.status === 'closed') return refused('targetClosed');
  if (target.id === site.township) return refused('sameTownship');
  for (const feed of [site.township, target.id].sort()) await lockFeed(trx, feed);

  const applications = await openCount(trx, site.path);
  const merged = await mergedInto(trx, id);
  const path = childPath(target.path, id);
  const place = { township: target.id, path, parent: target.id, full_name: fullName(site, target) };
  await trx.updateTable('site').set(place).where('id', '=', id).execute();
  await movePath(trx, id, path);
  for (const one of merged) {
    const below = childPath(path, one.id);
    await trx
      .updateTable('site')
      .set({ township: target.id, path: below, full_name: fullName(one, target) })
      .where('id', '=', one.id)
      .execute();
    await movePath(trx, one.id, below);
  }
  const sites = [id, ...merged.map((one) => one.id)];
  await carryOver(trx, sites, target.id);
  const from = site.township;
  const before = await trx.selectFrom('site').select('path').where('id', '=', from).executeTakeFirstOrThrow();
  await touchReach(trx, before.path);
  await touchReach(trx, target.path);
  const detail = { site: id, from, to: target.id, applications };
  await audit(trx, now, [{ who: by, what: 'siteTransferred', detail }]);
  return { is: 'done', id, from, sites };
}

/**
 * A station comes under another township of the county, with all that is open there. What was being written for the old
 * township while this went on is carried over right after.
 */
export async function transferSite(
  store: Store,
  keeping: Keeping,
  wanted: { id: string; township: string },
): Promise<Kept> {
  const { from, sites = [], ...kept } = await store.write((trx) => transfer(trx, keeping, wanted));
  if (kept.is === 'done' && from !== undefined) {
    await store.write(async (trx) => {
      for (const feed of [from, wanted.township].sort()) await lockFeed(trx, feed);
      if ((await carryOver(trx, sites, wanted.township)) === 0) return;
      for (const id of sites) {
        const site = await trx
          .selectFrom('site')
          .select('path')
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        await movePath(trx, id, site.path);
      }
      const head = await trx
        .selectFrom('site')
        .select('path')
        .where('id', '=', wanted.township)
        .executeTakeFirstOrThrow();
      await touchReach(trx, head.path);
    });
  }
  return kept;
}
