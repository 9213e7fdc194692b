/**
 * Who this device is and who works on it: enrolment, keys, tiles of the sign-in page, wraps. All in `meta`. Keys are
 * CryptoKeys that cannot be taken out; names of officials are not personal content of applicants, so rows are clear.
 */
import type { Instant } from '#lib/domain/day.ts';
import type { EnrolResponse, Kdf, SignedInStaff, SiteName, StaffTile } from '#lib/protocol/auth.ts';
import { NO_CHOICE, type SiteChoice, type Station } from '#lib/protocol/station.ts';
import type { Wrap } from '../vault/device-key.ts';
import type { Store } from './open-database.ts';
import type { Watch } from './watch.ts';
import { read, write, type Written } from './write.ts';

/** `device` is its id, `number` its three digits, `releaseKeys` the keys that a release may be signed with. */
export interface DeviceRecord extends EnrolResponse {
  name: string;
  keys: CryptoKeyPair;
  enrolledAt: Instant;
}

/** A member of staff who has signed in here at least once. */
export interface StaffRecord extends SignedInStaff {
  /** Their key on this device: signs their commands. */
  keys: CryptoKeyPair;
  kdf: Kdf;
  wrap: Wrap;
  /** Last time that the office confirmed them. */
  confirmedAt: Instant;
}

/** Last contact with the office, for the page and for clocks. */
export interface Contact {
  lastSuccess: Instant;
  /** Device clock minus office clock. */
  skewMs: number;
  /** Newest release the office offered, as `county/level/number`; '' when none. */
  release: string;
}

const STAFF = 'staff:';
const STAFF_KEYS = 'keys:';

export async function readMeta<T>(store: Store, key: string): Promise<T | null> {
  return read(store, async () => ((await store.db.meta.get(key))?.value as T | undefined) ?? null);
}

export const writeMeta = (store: Store, key: string, value: unknown): Promise<Written> =>
  write(store, [], async () => void (await store.db.meta.put({ key, value })));

/** null: not enrolled. */
export const readDevice = (store: Store): Promise<DeviceRecord | null> => readMeta(store, 'device');
export const saveDevice = (store: Store, device: DeviceRecord): Promise<Written> =>
  writeMeta(store, 'device', device);

/** What its site does not offer; nothing of it before the office has told. */
export const readChoice = async (store: Store): Promise<SiteChoice> =>
  (await readMeta<SiteChoice>(store, 'choice')) ?? NO_CHOICE;

/** For `watch`: changes when the county moves this device or its site. */
export const deviceWatch = (store: Store): Watch<DeviceRecord | null, DeviceRecord | null> => ({
  read: async () => ((await store.db.meta.get('device'))?.value as DeviceRecord | undefined) ?? null,
  then: (device) => Promise.resolve(device),
});

/** For `watch`: codes of items that its site does not offer. */
export const choiceWatch = (store: Store): Watch<SiteChoice, ReadonlySet<string>> => ({
  read: async () => ((await store.db.meta.get('choice'))?.value as SiteChoice | undefined) ?? NO_CHOICE,
  then: ({ leftOut }) => Promise.resolve(new Set(leftOut)),
});

/** Inside a transaction over `meta`: where the office says that this device stands now. */
export async function moveDevice({ db }: Store, { site, number, contact }: Station): Promise<void> {
  const device = (await db.meta.get('device'))?.value as DeviceRecord | undefined;
  if (device) await db.meta.put({ key: 'device', value: { ...device, site, number, contact } });
}

export const readContact = (store: Store): Promise<Contact | null> => readMeta(store, 'contact');

/** Tiles as the office last gave them; empty before that. */
export const readTiles = async (store: Store): Promise<StaffTile[]> =>
  (await readMeta<StaffTile[]>(store, 'tiles')) ?? [];
export const saveTiles = (store: Store, tiles: StaffTile[]): Promise<Written> =>
  writeMeta(store, 'tiles', tiles);

/** Names of the sites whose applications come here; empty before the office first gave them. */
export const readSiteNames = async (store: Store): Promise<SiteName[]> =>
  (await readMeta<SiteName[]>(store, 'sites')) ?? [];
export const saveSiteNames = (store: Store, sites: SiteName[]): Promise<Written> =>
  writeMeta(store, 'sites', sites);

/** null: has never signed in here. */
export const readStaff = (store: Store, id: string): Promise<StaffRecord | null> =>
  readMeta(store, STAFF + id);
export const saveStaff = (store: Store, staff: StaffRecord): Promise<Written> =>
  writeMeta(store, STAFF + staff.id, staff);

/** The key pair of a member of staff on this device: the one that is here, else `fresh`, kept from now on. */
export const keepStaffKeys = (
  store: Store,
  id: string,
  fresh: CryptoKeyPair,
): Promise<Written<CryptoKeyPair>> =>
  write(store, [], async () => {
    const key = STAFF_KEYS + id;
    const kept = (await store.db.meta.get(key))?.value as CryptoKeyPair | undefined;
    if (!kept) await store.db.meta.put({ key, value: fresh });
    return kept ?? fresh;
  });

/** Everyone who has signed in here. */
export async function listStaff(store: Store): Promise<StaffRecord[]> {
  const rows = await read(store, () => store.db.meta.where('key').startsWith(STAFF).toArray());
  return rows.map((row) => row.value as StaffRecord);
}

/** A device whose commands were carried here: what judging them needs of it. */
export interface CarriedFrom {
  device: string;
  number: string;
  site: { id: string; code: string };
  people: Pick<StaffTile, 'id' | 'name' | 'roles'>[];
}

const CARRIED = 'carried:';

export const saveCarriedFrom = (store: Store, from: CarriedFrom): Promise<Written> =>
  writeMeta(store, CARRIED + from.device, from);

export async function listCarriedFrom(store: Store): Promise<CarriedFrom[]> {
  const rows = await read(store, () => store.db.meta.where('key').startsWith(CARRIED).toArray());
  return rows.map((row) => row.value as CarriedFrom);
}

/** Inside a transaction over `meta` and the outbox: of devices of which nothing is here any more. */
export async function dropCarriedFrom({ db }: Store): Promise<void> {
  for (const key of await db.meta.where('key').startsWith(CARRIED).primaryKeys()) {
    const device = key.slice(CARRIED.length);
    const left = await db.outbox.where('[device+n]').between([device, 0], [device, Infinity]).count();
    if (left === 0) await db.meta.delete(key);
  }
}
