/**
 * Versions of items that applications on this device cite and no release brought. All are asked for together: a township's
 * first load cites hundreds, and each request costs a round trip and its headers. Each is kept only if it is the version
 * that was asked for.
 */
import { fromHex, itemHash, type Bytes } from '#lib/catalogue/hash.ts';
import type { Item } from '#lib/domain/item.ts';
import { ITEM_HASHES } from '#lib/protocol/item-hashes.ts';
import { keepItems, missingItems } from '../store/releases.ts';
import type { Store } from '../store/open-database.ts';
import type { ItemRow } from '../store/rows.ts';
import type { Http } from './http.ts';

const TIMEOUT_MS = 30_000;

/** Fetches them. Gives how many are still missing, because of the line, the disk, or because the office has none. */
export async function loadCitedItems({ store, http }: { store: Store; http: Http }): Promise<number> {
  const hashes = await missingItems(store);
  let missing = hashes.length;
  for (let at = 0; at < hashes.length; at += ITEM_HASHES.most) {
    const asked = hashes.slice(at, at + ITEM_HASHES.most);
    const rows = await fetchItems(http, asked);
    if (rows === null) break;
    if ((await keepItems(store, rows)).ok) missing -= rows.length;
  }
  return missing;
}

/** Those of the asked that came; null without an answer. */
async function fetchItems(http: Http, asked: readonly string[]): Promise<ItemRow[] | null> {
  const bytes = new Uint8Array(asked.length * 32);
  asked.forEach((hash, i) => bytes.set(fromHex(hash)!, i * 32));
  const reply = await http({
    method: 'POST',
    path: '/api/catalogue/items',
    packed: { bytes, type: ITEM_HASHES.type },
    timeoutMs: TIMEOUT_MS,
  });
  const items = reply.is === 'ok' ? itemsIn(reply.bytes) : null;
  if (items === null) return null;
  const rows = await Promise.all(
    items.map(async (item) => ({ hash: await itemHash(item), code: item.code, item })),
  );
  return rows.filter(({ hash }) => asked.includes(hash));
}

function itemsIn(bytes: Bytes): Item[] | null {
  try {
    const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(read) ? (read as Item[]) : null;
  } catch {
    return null;
  }
}
