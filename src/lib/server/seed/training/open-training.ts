/**
 * Opens a county's training (练习), or brings it up to the county: townships that are new, items that have changed. It may
 * be run again at any time; what is practised there stays. Invariant: nothing of the real county is written.
 */
import { packBrotli } from '#lib/catalogue/publish/brotli.ts';
import { listOf } from '#lib/catalogue/publish/build.ts';
import { itemHash, type Bytes } from '#lib/catalogue/hash.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { isTraining } from '#lib/domain/site.ts';
import { audit } from '../../audit.ts';
import { itemsInForce, newestNumber } from '../../catalogue/current-release.ts';
import { prepareRelease, storeReleases, type PreparedRelease } from '../../catalogue/publish.ts';
import { createCountyKeys, signingKey, type SigningKey } from '../../catalogue/release-keys.ts';
import { readCalendar, readPolicy } from '../../catalogue/rules.ts';
import { lockOffice, type Trx } from '../../db/dialect.ts';
import { inSlices } from '../../db/in-slices.ts';
import type { Store } from '../../db/store.ts';
import { demoStaffRows } from '../staff-row.ts';
import { syntheticCreditCode } from '../task-codes.ts';
import { trainingCode, trainingId, trainingPeople, trainingSites } from './training-sites.ts';

export interface TrainingWanted {
  /** 12-digit code of the real county. */
  county: string;
  /** Of everybody who practises; known to all, because there is nothing to protect. Of those that come new alone. */
  passphrase: string;
  now: Instant;
}

export interface TrainingStation {
  code: string;
  name: string;
}

export type TrainingOutcome =
  | { is: 'unknownCounty' }
  | {
      is: 'opened' | 'updated' | 'unchanged';
      login: string;
      stations: TrainingStation[];
      levelsWithoutItems: Level[];
    };

const LEVELS: readonly Level[] = ['township', 'subdistrict', 'village'];
/** Nobody waits for these bytes on a poor link but who practises. */
const QUICK = 5;

export async function openTraining(store: Store, wanted: TrainingWanted): Promise<TrainingOutcome> {
  const { county, passphrase, now } = wanted;
  const real = await store.read((trx) => readReal(trx, county));
  if (real === null) return { is: 'unknownCounty' };
  const id = trainingId(county);
  const sites = trainingSites(real.county, real.townships);
  const login = `lianxi-${county.slice(0, 6)}`;
  const people = trainingPeople(sites, login);
  const before = await store.read(async (trx) => ({
    sites: await idsIn(trx, 'site', id),
    staff: await idsIn(trx, 'staff', id),
    key: await signingKey(trx, id),
  }));
  const newPeople = people.filter((person) => !before.staff.has(person.id));
  const staff = newPeople.length > 0 ? await demoStaffRows(newPeople, passphrase, now) : [];
  const keys = before.key ? [] : await createCountyKeys(id, now);
  const active = keys.find(({ standing }) => standing === 'active');
  const key = before.key ?? {
    id: active!.id,
    privateKey: JSON.parse(active!.private_jwk!) as JsonWebKey,
  };
  const { policy } = real;
  const prepared = await prepare(store, real, { county: id, key, now });

  const changed = sites.some((site) => !before.sites.has(site.id)) || staff.length > 0 || prepared.length > 0;
  const facts = {
    login,
    stations: sites.flatMap(({ level, code, name }) =>
      level === 'village' || level === 'community' ? [{ code, name }] : [],
    ),
    levelsWithoutItems: LEVELS.filter((level) => real.items[level].length === 0),
  };
  if (!changed) return { is: 'unchanged', ...facts };
  await store.write(async (trx) => {
    // two may open it at once: what the first has written stands
    await lockOffice(trx, 'foundation');
    await inSlices(sites, (slice) =>
      trx
        .insertInto('site')
        .values(slice)
        .onConflict((on) => on.column('id').doNothing())
        .execute(),
    );
    await trx
      .insertInto('county')
      .values({ id, code: trainingCode(county), name: sites[0]!.name, policy: JSON.stringify(policy) })
      .onConflict((on) => on.column('id').doUpdateSet({ policy: JSON.stringify(policy) }))
      .execute();
    if ((await signingKey(trx, id)) === null)
      await inSlices(keys, (slice) => trx.insertInto('release_key').values(slice).execute());
    await inSlices(staff, (slice) =>
      trx
        .insertInto('staff')
        .values(slice)
        .onConflict((on) => on.column('id').doNothing())
        .execute(),
    );
    await storeReleases(trx, prepared);
    await audit(trx, now, [{ who: 'office', what: 'setUp', detail: { county: id } }]);
  });
  return { is: before.sites.size === 0 ? 'opened' : 'updated', ...facts };
}

/** The next release of each level whose items are others than those that are practised by now. */
async function prepare(
  store: Store,
  { items: real, calendar, policy }: NonNullable<Awaited<ReturnType<typeof readReal>>>,
  { county, key, now }: { county: string; key: SigningKey; now: Instant },
): Promise<PreparedRelease[]> {
  const departments = [
    ...new Set(LEVELS.flatMap((level) => real[level].map((item) => item.department))),
  ].sort();
  const prepared: PreparedRelease[] = [];
  for (const level of LEVELS) {
    const items = real[level].map((item) =>
      practised(item, county, departments.indexOf(item.department) + 1),
    );
    const { previous, hashes } = await store.read((trx) => published(trx, county, level));
    const wanted = await Promise.all(items.map(itemHash));
    if (items.length === 0 || wanted.join() === hashes.join()) continue;
    const publication = { county, level, items, by: 'office', now };
    const steps = {
      list: listOf,
      pack: (raw: Bytes, open = 0) => packBrotli(raw, { quality: QUICK, open }),
    };
    prepared.push(await prepareRelease(publication, { previous, calendar, policy, key }, steps));
  }
  return prepared;
}

/** The same item of an office that does not exist: its case numbers can be taken for no real one. */
function practised(item: Item, county: string, department: number): Item {
  const credit = syntheticCreditCode(county.slice(1), department);
  return { ...item, taskCode: credit + item.taskCode.slice(credit.length) };
}

async function readReal(trx: Trx, code: string) {
  const county = await trx
    .selectFrom('site')
    .selectAll()
    .where('code', '=', code)
    .where('level', '=', 'county')
    .executeTakeFirst();
  if (!county || isTraining(county.id)) return null;
  const townships = await trx
    .selectFrom('site')
    .selectAll()
    .where('county', '=', county.id)
    .where('level', 'in', ['township', 'subdistrict'])
    .where('status', '!=', 'closed')
    .orderBy('id')
    .execute();
  const items = {} as Record<Level, Item[]>;
  for (const level of LEVELS) items[level] = await itemsInForce(trx, county.id, level);
  const [calendar, policy] = [await readCalendar(trx, county.id), await readPolicy(trx, county.id)];
  return { county, townships, items, calendar, policy };
}

async function published(
  trx: Trx,
  county: string,
  level: Level,
): Promise<{ previous: number; hashes: string[] }> {
  const previous = await newestNumber(trx, county, level);
  const rows = await trx
    .selectFrom('item_release')
    .select('hash')
    .where('county', '=', county)
    .where('level', '=', level)
    .where('last_release', '=', previous)
    .orderBy('code')
    .execute();
  return { previous, hashes: rows.map(({ hash }) => hash) };
}

async function idsIn(trx: Trx, table: 'site' | 'staff', county: string): Promise<Set<string>> {
  const rows = await trx.selectFrom(table).select('id').where('county', '=', county).execute();
  return new Set(rows.map(({ id }) => id));
}
