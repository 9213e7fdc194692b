/**
 * Fetching a release (目录发布): manifest, list, rules, items, each verified before it is kept; then one flip. Invariant I12:
 * whatever goes wrong on the way, the old release stays in use. The list comes first, so a new device can search at once.
 * Parts are addressed by hash: what is here already is not fetched again.
 */
import { itemHash, type Bytes } from '#lib/catalogue/hash.ts';
import { rebuildRelease, type ReleasePatch } from '#lib/catalogue/rebuild.ts';
import { openTight } from '#lib/catalogue/tight-patch.ts';
import { unpackItems, type Manifest, type PartName } from '#lib/catalogue/release.ts';
import { verifyManifest, verifyPart } from '#lib/catalogue/verify.ts';
import { countyOf, itemLevelOf } from '#lib/domain/site.ts';
import type { DeviceRecord } from '../store/device.ts';
import type { Store } from '../store/open-database.ts';
import { flip, readPart, readSlot, stageManifest, stagePart } from '../store/releases.ts';
import type { ItemRow, ReleaseSlot } from '../store/rows.ts';
import type { WriteFailure } from '../store/write.ts';
import { loadPack } from './catalogue-pack.ts';
import type { Http } from './http.ts';

/** `offline`: try later. The rest are alarms: what was offered is not this device's, damaged or not ours. */
export type CatalogueTrouble =
  | 'offline'
  | 'address'
  | 'signature'
  | 'format'
  | 'older'
  | 'county'
  | 'level'
  | 'damaged'
  | 'incomplete'
  | WriteFailure;
export type CatalogueResult = { ok: true; address: string } | { ok: false; why: CatalogueTrouble };

const ORDER: readonly PartName[] = ['list', 'rules', 'items'];
const TIMEOUT_MS = 30_000;
const ADDRESS = /^[A-Za-z0-9._-]+\/[a-z]+\/\d+$/;

/** What leads from the release in use to the one of this address. */
export interface Offered {
  address: string;
  patch: ReleasePatch | Bytes;
}

/**
 * Makes `address` (`county/level/number`) the active release: by the patch that the office has offered for it, else it is
 * fetched. `onProgress` gets 0…1.
 */
export async function loadRelease(
  { store, http, device }: { store: Store; http: Http; device: DeviceRecord },
  address: string,
  onProgress: (share: number) => void,
  offered: Offered | null = null,
): Promise<CatalogueResult> {
  const active = await readSlot(store, 'active');
  if (active?.address === address) return { ok: true, address };
  if (active && offered?.address === address) {
    const patched = await takePatch({ store, device }, active, offered);
    if (patched.ok) return patched;
  }
  if (!ADDRESS.test(address)) return { ok: false, why: 'address' };
  let furthest = 0;
  const tell = (share: number): void => onProgress((furthest = Math.max(furthest, share)));
  const fromNothing = !active && !(await readSlot(store, 'coming'));
  const packed = fromNothing && (await takePack({ store, http, device }, address, tell));
  const announced = packed || (await announce(store, http, device, address));
  if ('ok' in announced) return announced;

  const { parts } = announced;
  const total = ORDER.reduce((sum, name) => sum + parts[name].size, 0);
  let done = 0;
  for (const name of ORDER) {
    const { sha256, size } = parts[name];
    const result = await fetchPart(store, http, `/api/catalogue/${address}/${name}`, parts[name], (bytes) =>
      tell(Math.min(1, (done + bytes) / total)),
    );
    if (result !== 'kept') return { ok: false, why: result };
    done += size;
    tell(done / total);
    if (name === 'items') return activate(store, address, sha256);
  }
  throw new Error('unreachable: items are the last part');
}

/** The release as the patch yields it, if that is the one that was signed. */
async function takePatch(
  { store, device }: { store: Store; device: DeviceRecord },
  active: ReleaseSlot,
  { address, patch }: Offered,
): Promise<CatalogueResult> {
  const parts = {} as Record<PartName, Bytes>;
  for (const name of ORDER) {
    const bytes = await readPart(store, active.manifest.parts[name].sha256);
    if (!bytes) return { ok: false, why: 'incomplete' };
    parts[name] = bytes;
  }
  const older = { manifest: active.manifest, parts };
  let rebuilt, signature;
  try {
    const opened = patch instanceof Uint8Array ? await openTight(older, patch) : patch;
    rebuilt = await rebuildRelease(older, Number(address.split('/')[2]), opened);
    ({ signature } = opened);
  } catch {
    return { ok: false, why: 'damaged' };
  }
  const announced = await stageVerified(store, device, address, rebuilt.raw, signature);
  if ('ok' in announced) return announced;
  for (const name of ORDER) {
    const kept = await stagePart(store, announced.parts[name].sha256, rebuilt.parts[name]);
    if (!kept.ok) return { ok: false, why: kept.why };
  }
  return activate(store, address, announced.parts.items.sha256);
}

/** The manifest and whatever parts came with it in one piece; null when there was nothing to be had that way. */
async function takePack(
  { store, http, device }: { store: Store; http: Http; device: DeviceRecord },
  address: string,
  tell: (share: number) => void,
): Promise<Manifest | null> {
  let announced: Manifest | null = null;
  await loadPack(http, address, {
    async announce(raw, signature) {
      const verified = await stageVerified(store, device, address, raw, signature);
      return (announced = 'ok' in verified ? null : verified);
    },
    keep: async (_, sha256, bytes) => (await stagePart(store, sha256, bytes)).ok,
    onProgress: tell,
  });
  return announced;
}

/** The signed manifest, verified and announced; or why not. */
async function announce(
  store: Store,
  http: Http,
  device: DeviceRecord,
  address: string,
): Promise<Manifest | Extract<CatalogueResult, { ok: false }>> {
  const path = `/api/catalogue/${address}/manifest`;
  const reply = await http({ method: 'GET', path, timeoutMs: TIMEOUT_MS });
  if (reply.is !== 'ok') return { ok: false, why: 'offline' };
  const signature = reply.headers.get('jinban-signature');
  // no signature at all: a captive portal's page
  if (signature === null) return { ok: false, why: 'offline' };
  return stageVerified(store, device, address, reply.bytes, signature);
}

async function stageVerified(
  store: Store,
  device: DeviceRecord,
  address: string,
  raw: Bytes,
  signature: string,
): Promise<Manifest | Extract<CatalogueResult, { ok: false }>> {
  const level = itemLevelOf(device.site.level);
  if (level === null) return { ok: false, why: 'level' };
  const verdict = await verifyManifest(raw, signature, device.releaseKeys, {
    county: countyOf(device.site.path) ?? '',
    level,
    newest: await newestSeen(store),
  });
  if (!verdict.ok) return { ok: false, why: verdict.reason };
  const { manifest } = verdict;
  if (`${manifest.county}/${manifest.level}/${manifest.number}` !== address)
    return { ok: false, why: 'address' };
  const staged = await stageManifest(store, address, manifest);
  return staged.ok ? manifest : { ok: false, why: staged.why };
}

/** What was only announced does not count: it may have been held meanwhile, and the one before it is right again. */
async function newestSeen(store: Store): Promise<number | null> {
  return (await readSlot(store, 'active'))?.manifest.number ?? null;
}

async function fetchPart(
  store: Store,
  http: Http,
  path: string,
  ref: { sha256: string; size: number },
  onProgress: (bytes: number) => void,
): Promise<'kept' | CatalogueTrouble> {
  if (await readPart(store, ref.sha256)) return 'kept';
  // a copy in the browser's cache may be the damaged one: past it the second time
  for (const fresh of [false, true]) {
    const reply = await http({ method: 'GET', path, timeoutMs: TIMEOUT_MS, onProgress, fresh });
    if (reply.is !== 'ok') return 'offline';
    if (!(await verifyPart(reply.bytes, ref))) continue;
    const kept = await stagePart(store, ref.sha256, reply.bytes);
    return kept.ok ? 'kept' : kept.why;
  }
  return 'damaged';
}

async function activate(store: Store, address: string, itemsPart: string): Promise<CatalogueResult> {
  const bytes = await readPart(store, itemsPart);
  if (!bytes) return { ok: false, why: 'incomplete' };
  const flipped = await flip(store, address, await itemRows(bytes));
  if (!flipped.ok) return { ok: false, why: flipped.why };
  return flipped.value === 'flipped' ? { ok: true, address } : { ok: false, why: 'incomplete' };
}

const itemRows = (bytes: Bytes): Promise<ItemRow[]> =>
  Promise.all(
    unpackItems(bytes).map(async (item) => ({ hash: await itemHash(item), code: item.code, item })),
  );
