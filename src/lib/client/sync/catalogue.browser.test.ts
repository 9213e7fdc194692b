import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canonicalBytes } from '#lib/catalogue/canonical.ts';
import { fromBase64url, itemHash, sha256Hex, toBase64url, type Bytes } from '#lib/catalogue/hash.ts';
import { joined } from '#lib/catalogue/join.ts';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import { difference } from '#lib/catalogue/publish/diff.ts';
import { packOf } from '#lib/catalogue/pack.ts';
import type { ReleasePatch } from '#lib/catalogue/rebuild.ts';
import {
  entriesOf,
  packItems,
  packList,
  packRules,
  PART_NAMES,
  type Manifest,
  type PartName,
} from '#lib/catalogue/release.ts';
import type { Item } from '#lib/domain/item.ts';
import { calendar, item, NOW } from '../../../../tests/support/builders.ts';
import { appId } from '../../../../tests/support/device-fixture.ts';
import { deviceRecord, dropStore, enrolledStore } from '../../../../tests/support/device-store.ts';
import type { DeviceRecord } from '../store/device.ts';
import { saveDraft } from '../store/drafts.ts';
import type { Store } from '../store/open-database.ts';
import { listInUse, readCurrentItem, readItem, readRules, readSlot } from '../store/releases.ts';
import { createSigningKeys, publicKeyText, signBytes } from '../vault/keys.ts';
import { loadRelease, type Offered } from './catalogue.ts';
import type { Http, HttpReply } from './http.ts';

const COUNTY = 'S410526000000';
const address = (n: number): string => `${COUNTY}/village/${n}`;

let store: Store;
let device: DeviceRecord;
let publisher: CryptoKeyPair;
/** What the office serves, by path. */
let served: Map<string, { bytes: Bytes; headers?: Record<string, string> }>;
let asked: string[];

const http: Http = async ({ path, onProgress }): Promise<HttpReply> => {
  asked.push(path);
  const answer = served.get(path);
  if (!answer) return { is: 'offline' };
  onProgress?.(answer.bytes.length, answer.bytes);
  return { is: 'ok', bytes: answer.bytes, headers: new Headers(answer.headers), sentBytes: 0 };
};

/** Publishes a release the way the office does, into `served`. */
async function publish(
  n: number,
  items: Item[],
  change: Partial<Manifest> = {},
  keys = publisher,
): Promise<void> {
  const raw: Record<PartName, Bytes> = {
    list: packList({ entries: entriesOf(items), readings: { syllables: {}, exceptions: [] } }),
    items: packItems(items),
    rules: packRules({ calendar, policy: DEFAULT_COUNTY_POLICY }),
  };
  const parts = {} as Manifest['parts'];
  for (const name of ['list', 'items', 'rules'] as const) {
    parts[name] = { sha256: await sha256Hex(raw[name]), size: raw[name].length, packed: raw[name].length };
    served.set(`/api/catalogue/${address(n)}/${name}`, { bytes: raw[name] });
  }
  const manifest: Manifest = {
    format: 1,
    county: COUNTY,
    level: 'village',
    number: n,
    publishedAt: NOW,
    itemsCount: items.length,
    parts,
    ...change,
  };
  const bytes = canonicalBytes(manifest);
  const headers = {
    'jinban-signature': await signBytes(keys, bytes),
    'jinban-key': await publicKeyText(keys),
  };
  served.set(`/api/catalogue/${address(n)}/manifest`, { bytes, headers });
}

/** Serves less of a file of the second release than was signed, or more. */
function cutShort(what: PartName | 'manifest', bytes = 1): void {
  const path = `/api/catalogue/${address(2)}/${what}`;
  const whole = served.get(path)!;
  const cut = bytes > 0 ? whole.bytes.slice(0, -bytes) : joined([whole.bytes, new Uint8Array(-bytes)]);
  served.set(path, { ...whole, bytes: cut });
}

const load = (n: number, patch?: Offered['patch']) => {
  const offered = patch ? { address: address(n), patch } : null;
  return loadRelease({ store, http, device }, address(n), () => undefined, offered);
};

/** Publishes `n` and gives the way to it from what was published with the items `before`. */
async function publishWithPatch(n: number, before: Item[], items: Item[]): Promise<ReleasePatch> {
  await publish(n, items);
  const { bytes, headers } = served.get(`/api/catalogue/${address(n)}/manifest`)!;
  const { parts } = JSON.parse(new TextDecoder().decode(bytes)) as Manifest;
  const packed = { list: parts.list.packed, items: parts.items.packed };
  const signature = headers!['jinban-signature']!;
  return { at: NOW, signature, packed, items: difference(before, items) };
}

function leb128(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...leb128(Math.floor(value / 128))];
}

beforeEach(async () => {
  publisher = await createSigningKeys();
  device = await deviceRecord({
    releaseKeys: [toBase64url(new Uint8Array(65)).replace(/^A/, 'B'), await publicKeyText(publisher)],
  });
  device.releaseKeys.shift();
  store = await enrolledStore();
  served = new Map();
  asked = [];
});
afterEach(() => dropStore(store));

/** The release in one piece, of what `publish` has put into `served`. */
function packServed(n: number): Bytes {
  const bytesOf = (what: string): Bytes => served.get(`/api/catalogue/${address(n)}/${what}`)!.bytes;
  const signature = served.get(`/api/catalogue/${address(n)}/manifest`)!.headers!['jinban-signature']!;
  const parts = { list: bytesOf('list'), rules: bytesOf('rules'), items: bytesOf('items') };
  const { raw } = packOf(signature, bytesOf('manifest'), parts);
  served.set(`/api/catalogue/${address(n)}/pack`, { bytes: raw });
  return raw;
}

describe('a first load in one piece', () => {
  test('is one request, verified and made active', async () => {
    await publish(1, [item()]);
    packServed(1);
    const shares: number[] = [];
    const result = await loadRelease({ store, http, device }, address(1), (share) => shares.push(share));
    expect(result).toEqual({ ok: true, address: address(1) });
    expect(asked).toEqual([`/api/catalogue/${address(1)}/pack`]);
    expect((await readCurrentItem(store, item().code))?.item).toEqual(item());
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });

  test('cut after the list, the list can be searched and only the rest is fetched', async () => {
    await publish(1, [item()]);
    const raw = packServed(1);
    const listed = raw.length - served.get(`/api/catalogue/${address(1)}/items`)!.bytes.length - 40;
    served.set(`/api/catalogue/${address(1)}/pack`, { bytes: raw.slice(0, listed) });
    served.delete(`/api/catalogue/${address(1)}/items`);
    expect(await load(1)).toEqual({ ok: false, why: 'offline' });
    expect(await listInUse(store)).toMatchObject({
      complete: false,
      list: { entries: [{ name: item().name }] },
    });
    await publish(1, [item()]);
    asked = [];
    expect((await load(1)).ok).toBe(true);
    expect(asked.filter((path) => /list|pack/.test(path))).toEqual([]);
  });

  test.each<[string, (raw: Bytes) => Bytes]>([
    ['a page of somebody else', () => new TextEncoder().encode('<html>请登录</html>\n'.repeat(9))],
    ['a signature of somebody else', (raw) => raw.map((byte, i) => (i === 5 ? byte ^ 1 : byte))],
    ['an item that was not signed', (raw) => raw.map((byte, i) => (i === raw.length - 5 ? byte ^ 1 : byte))],
    ['nothing', () => new Uint8Array(0)],
  ])('%s in place of it costs the load by parts, and nothing of it is kept', async (_, spoil) => {
    await publish(1, [item()]);
    served.set(`/api/catalogue/${address(1)}/pack`, { bytes: spoil(packServed(1)) });
    expect((await load(1)).ok).toBe(true);
    expect((await readCurrentItem(store, item().code))?.item).toEqual(item());
  });
});

describe('the active release', () => {
  test('I12: a release is fetched, verified and made active with its items', async () => {
    await publish(1, [item()]);
    const shares: number[] = [];
    const result = await loadRelease({ store, http, device }, address(1), (share) => shares.push(share));
    expect(result).toEqual({ ok: true, address: address(1) });
    expect(await readSlot(store, 'active')).toMatchObject({
      address: address(1),
      hashes: { [item().code]: await itemHash(item()) },
    });
    expect((await readCurrentItem(store, item().code))?.item).toEqual(item());
    expect((await readRules(store))?.calendar).toEqual(calendar);
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });

  test('the list can be searched before the items are here', async () => {
    await publish(1, [item()]);
    served.delete(`/api/catalogue/${address(1)}/items`);
    expect(await load(1)).toEqual({ ok: false, why: 'offline' });
    expect(await listInUse(store)).toMatchObject({
      complete: false,
      list: { entries: [{ name: item().name }] },
    });
    expect(await readSlot(store, 'active')).toBe(null);
  });

  test('parts that are here are not fetched again', async () => {
    await publish(1, [item()]);
    served.delete(`/api/catalogue/${address(1)}/items`);
    await load(1);
    await publish(1, [item()]);
    asked = [];
    expect((await load(1)).ok).toBe(true);
    expect(asked.filter((path) => path.endsWith('/list'))).toEqual([]);
  });

  test.each([
    [
      'a part with another hash',
      'damaged',
      () => served.set(`/api/catalogue/${address(2)}/items`, { bytes: packItems([]) }),
    ],
    [
      'a signature of an unknown key',
      'signature',
      async () => publish(2, [item()], {}, await createSigningKeys()),
    ],
    ['another county', 'county', () => publish(2, [item()], { county: 'S410500000001' })],
    ['another level', 'level', () => publish(2, [item()], { level: 'township' })],
    ['a manifest under another number', 'address', () => publish(2, [item()], { number: 3 })],
    [
      'a page without a signature',
      'offline',
      () => served.set(`/api/catalogue/${address(2)}/manifest`, { bytes: new Uint8Array([1]) }),
    ],
    ['a count that does not fit', 'incomplete', () => publish(2, [item()], { itemsCount: 7 })],
    ['a part cut short', 'damaged', () => cutShort('items')],
    ['a part longer than was signed', 'damaged', () => cutShort('list', -1)],
    ['a manifest cut short', 'signature', () => cutShort('manifest')],
  ])('%s leaves the old one: %s', async (_, why, spoil) => {
    await publish(1, [item()]);
    await load(1);
    await publish(2, [item({ name: '新名称' })]);
    await spoil();
    expect(await load(2)).toEqual({ ok: false, why });
    expect((await readSlot(store, 'active'))?.address).toBe(address(1));
    expect((await readCurrentItem(store, item().code))?.item.name).toBe(item().name);
  });

  test('a patch brings the next release without a request, verified like one that was fetched', async () => {
    await publish(1, [item()]);
    await load(1);
    const patch = await publishWithPatch(2, [item()], [item({ name: '新名称' })]);
    asked = [];
    expect(await load(2, patch)).toEqual({ ok: true, address: address(2) });
    expect(asked).toEqual([]);
    expect((await readSlot(store, 'active'))?.address).toBe(address(2));
    expect((await readCurrentItem(store, item().code))?.item.name).toBe('新名称');
    expect((await listInUse(store))?.list.entries).toMatchObject([{ name: '新名称' }]);
    expect(await store.db.release.where('key').startsWith('part:').count()).toBe(3);
  });

  test('a patch in bytes brings it too, unfolded behind the old item; bytes of another release cost a whole load', async () => {
    await publish(1, [item()]);
    await load(1);
    const { signature, items } = await publishWithPatch(2, [item()], [item({ name: '新名称' })]);
    const served2 = served.get(`/api/catalogue/${address(2)}/manifest`)!;
    const { parts, publishedAt } = JSON.parse(new TextDecoder().decode(served2.bytes)) as Manifest;
    const before = (await readSlot(store, 'active'))!.manifest.parts;
    const more = PART_NAMES.map((name) => parts[name].packed - before[name].packed);
    const numbers = [2, Date.parse(publishedAt), ...more.map((by) => (by < 0 ? -2 * by - 1 : 2 * by)), 1, 0];
    const deflated = new Blob([JSON.stringify({ items })])
      .stream()
      .pipeThrough(new CompressionStream('deflate-raw'));
    const packed = new Uint8Array(await new Response(deflated).arrayBuffer());
    const bytes = joined([fromBase64url(signature)!, Uint8Array.from(numbers.flatMap(leb128)), packed]);
    asked = [];
    expect(await load(2, bytes)).toEqual({ ok: true, address: address(2) });
    expect(asked).toEqual([]);
    expect((await readCurrentItem(store, item().code))?.item.name).toBe('新名称');
    await publish(3, [item({ name: '再新的名称' })]);
    expect(await load(3, bytes)).toEqual({ ok: true, address: address(3) });
    expect(asked).not.toEqual([]);
  });

  test.each<[string, (patch: ReleasePatch) => ReleasePatch]>([
    ['was signed by somebody else', (patch) => ({ ...patch, signature: 'A'.repeat(86) })],
    ['yields another item', (patch) => ({ ...patch, items: { '0': { name: '别的名称' } } })],
    ['does not fit', (patch) => ({ ...patch, items: { '9': { name: '新名称' } } })],
    ['yields no items at all', (patch) => ({ ...patch, items: 'nonsense' })],
  ])('a patch that %s costs a whole load and nothing else', async (_, spoil) => {
    await publish(1, [item()]);
    await load(1);
    const patch = spoil(await publishWithPatch(2, [item()], [item({ name: '新名称' })]));
    expect(await load(2, patch)).toEqual({ ok: true, address: address(2) });
    expect((await readCurrentItem(store, item().code))?.item.name).toBe('新名称');

    served.clear();
    await publish(3, [item({ name: '再新的名称' })]);
    served.clear();
    expect(await load(3, patch)).toEqual({ ok: false, why: 'offline' });
    expect((await readSlot(store, 'active'))?.address).toBe(address(2));
  });

  test('I12: an older release is no way back, however truly signed', async () => {
    await publish(2, [item()]);
    await load(2);
    await publish(1, [item({ name: '旧名称' })]);
    expect(await load(1)).toEqual({ ok: false, why: 'older' });
    expect((await readSlot(store, 'active'))?.address).toBe(address(2));
  });

  test('a release that was held while it came is forgotten for the one before it, which is newer than the one in use', async () => {
    await publish(1, [item()]);
    await load(1);
    await publish(3, [item({ name: '暂停的名称' })]);
    served.delete(`/api/catalogue/${address(3)}/items`);
    expect(await load(3)).toEqual({ ok: false, why: 'offline' });
    await publish(2, [item({ name: '新名称' })]);
    expect(await load(2)).toEqual({ ok: true, address: address(2) });
    expect((await readCurrentItem(store, item().code))?.item.name).toBe('新名称');
    await publish(1, [item()]);
    expect(await load(1)).toEqual({ ok: false, why: 'older' });
  });

  test('items that a draft cites stay, others go with their release', async () => {
    const [cited, gone] = [item({ name: '旧版一' }), item({ code: '410511005001', name: '旧版二' })];
    await publish(1, [cited, gone]);
    await load(1);
    const head = {
      id: appId(1),
      itemCode: cited.code,
      itemHash: await itemHash(cited),
      owner: 'p',
      updatedAt: NOW,
      shape: 1,
    };
    await saveDraft(store, head, {});
    await publish(2, [item()]);
    expect((await load(2)).ok).toBe(true);
    expect(await readItem(store, await itemHash(cited))).toEqual(cited);
    expect(await readItem(store, await itemHash(gone))).toBe(null);
    expect(await store.db.release.where('key').startsWith('part:').count()).toBe(3);
  });
});
