/**
 * The catalogue on the device. Parts and items are addressed by hash and immutable; one pointer says which release is
 * active. Invariant I12: `flip` moves the pointer in one transaction and only to a release whose parts are all here; a
 * crash before it leaves the old one. Items that something on this device cites are kept.
 */
import type { Item } from '#lib/domain/item.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import {
  PART_NAMES,
  unpackList,
  unpackRules,
  type CatalogueList,
  type Manifest,
  type PartName,
  type Rules,
} from '#lib/catalogue/release.ts';
import type { Store } from './open-database.ts';
import type { ItemRow, PartRow, ReleaseSlot } from './rows.ts';
import type { Watch } from './watch.ts';
import { read, write, type Written } from './write.ts';

const partKey = (sha256: string): PartRow['key'] => `part:${sha256}`;

/** The pointer to the active release, or to the one that is arriving; null when there is none. */
export async function readSlot(store: Store, key: ReleaseSlot['key']): Promise<ReleaseSlot | null> {
  return ((await read(store, () => store.db.release.get(key))) as ReleaseSlot | undefined) ?? null;
}

/** A verified part by its hash; null when it is not here. */
export async function readPart(store: Store, sha256: string): Promise<Bytes | null> {
  const row = (await read(store, () => store.db.release.get(partKey(sha256)))) as PartRow | undefined;
  return row?.bytes ?? null;
}

/** A list that can be searched. `complete`: guides and forms are here too. */
export interface ListInUse {
  list: CatalogueList;
  address: string;
  manifest: Manifest;
  complete: boolean;
  /** Item code → hash of the version to fill in; empty until complete. */
  hashes: Record<string, string>;
}

/** The active list; before the first release is complete, the list that has already arrived. */
export async function listInUse(store: Store): Promise<ListInUse | null> {
  const watched = listWatch(store);
  return watched.then(await read(store, watched.read));
}

/** For `watch`: changes when a list arrives or a release becomes active. */
export function listWatch(store: Store): Watch<ReleaseSlot | null, ListInUse | null> {
  return {
    async read() {
      const { release } = store.db;
      const active = (await release.get('active')) as ReleaseSlot | undefined;
      if (active) return active;
      const coming = (await release.get('coming')) as ReleaseSlot | undefined;
      const listed = coming && (await release.get(partKey(coming.manifest.parts.list.sha256)));
      return (listed && coming) ?? null;
    },
    async then(slot) {
      const bytes = slot && (await readPart(store, slot.manifest.parts.list.sha256));
      if (!slot || !bytes) return null;
      const { address, manifest, hashes, key } = slot;
      return { list: unpackList(bytes), address, manifest, complete: key === 'active', hashes };
    },
  };
}

/** Calendar and county policy of the active release; null before the first. */
export async function readRules(store: Store): Promise<Rules | null> {
  const slot = await readSlot(store, 'active');
  const bytes = slot && (await readPart(store, slot.manifest.parts.rules.sha256));
  return bytes && unpackRules(bytes);
}

/** A version of an item by hash; null when it is not on this device. */
export async function readItem(store: Store, hash: string): Promise<Item | null> {
  return (await read(store, () => store.db.items.get(hash)))?.item ?? null;
}

/** Versions opened at one go: a big form is many objects, and a page must not stand still for forty of them. */
const ITEMS_AT_ONCE = 8;

/** Versions by hash, without those that are not on this device. */
export async function readItems(store: Store, hashes: readonly string[]): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  for (let from = 0; from < hashes.length; from += ITEMS_AT_ONCE) {
    const some = hashes.slice(from, from + ITEMS_AT_ONCE);
    for (const row of await read(store, () => store.db.items.bulkGet(some)))
      if (row) found.set(row.hash, row.item);
  }
  return found;
}

/** The version of an item that the active release offers. */
export async function readCurrentItem(
  store: Store,
  code: string,
): Promise<{ item: Item; hash: string } | null> {
  const hash = (await readSlot(store, 'active'))?.hashes[code];
  const item = hash === undefined ? null : await readItem(store, hash);
  return item && hash !== undefined ? { item, hash } : null;
}

/** For `watch`: how many versions of items are here; changes when one arrives or goes. */
export const itemCountWatch = (store: Store): Watch<number, number> => ({
  read: () => store.db.items.count(),
  then: (count) => Promise.resolve(count),
});

/** Versions that applications here cite and that are not here: another level's items, or older ones. */
export async function missingItems(store: Store): Promise<string[]> {
  return read(store, async () => {
    const cited = (await store.db.applications.orderBy('itemHash').uniqueKeys()).map(String);
    const here = await store.db.items.bulkGet(cited);
    return cited.filter((_, i) => here[i] === undefined);
  });
}

/** Keeps verified versions of items. */
export const keepItems = (store: Store, rows: readonly ItemRow[]): Promise<Written> =>
  write(store, ['items'], async () => void (await store.db.items.bulkPut(rows)));

/** Announces a release whose manifest is verified; its parts follow. */
export const stageManifest = (store: Store, address: string, manifest: Manifest): Promise<Written> =>
  write(store, ['release'], async () => {
    const slot: ReleaseSlot = { key: 'coming', address, manifest, hashes: {} };
    await store.db.release.put(slot);
  });

/** Keeps a verified part. */
export const stagePart = (store: Store, sha256: string, bytes: Bytes): Promise<Written> =>
  write(store, ['release'], async () => void (await store.db.release.put({ key: partKey(sha256), bytes })));

/**
 * Makes the announced release the active one, with these items. `incomplete`: a part is missing or another release was
 * announced meanwhile; nothing is changed.
 */
export function flip(
  store: Store,
  address: string,
  items: readonly ItemRow[],
): Promise<Written<'flipped' | 'incomplete'>> {
  const { db } = store;
  return write(store, ['release', 'items', 'drafts', 'outbox', 'applications'], async () => {
    const coming = (await db.release.get('coming')) as ReleaseSlot | undefined;
    if (coming?.address !== address || coming.manifest.itemsCount !== items.length) return 'incomplete';
    const keys = PART_NAMES.map((name: PartName) => partKey(coming.manifest.parts[name].sha256));
    if ((await db.release.bulkGet(keys)).some((row) => row === undefined)) return 'incomplete';

    const hashes = Object.fromEntries(items.map(({ code, hash }) => [code, hash]));
    await db.items.bulkPut([...items]);
    await db.release.put({ ...coming, key: 'active', hashes });
    await db.release.delete('coming');
    await db.release
      .where('key')
      .startsWith('part:')
      .filter((row) => !keys.includes(row.key as PartRow['key']))
      .delete();
    await dropUncited(store, new Set(Object.values(hashes)));
    return 'flipped';
  });
}

/** Inside a transaction: removes items that neither the release nor anything on this device cites. */
async function dropUncited({ db }: Store, offered: ReadonlySet<string>): Promise<void> {
  const cited = new Set<string | null>(offered);
  await db.drafts.each((row) => void cited.add(row.itemHash));
  await db.outbox.each((row) => void cited.add(row.itemHash));
  await db.applications.each((row) => void cited.add(row.itemHash));
  const hashes = await db.items.toCollection().primaryKeys();
  await db.items.bulkDelete(hashes.filter((hash) => !cited.has(hash)));
}
