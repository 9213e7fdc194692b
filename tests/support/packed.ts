/** Reads a packed request as the office does, with items that are given instead of looked up. */
import { inflateRawSync } from 'node:zlib';
import type { Item } from '#lib/domain/item.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { openPack, unpack } from '#lib/protocol/pack.ts';

export async function readPack(bytes: Uint8Array, items: ReadonlyMap<string, Item>): Promise<unknown> {
  const opened = openPack(bytes);
  const known = opened.items.map((beginning) => {
    const [found, ...more] = [...items].filter(([hash]) => hash.startsWith(beginning));
    if (!found || more.length > 0) throw new Error(`no item ${beginning}`);
    return { hash: found[0], item: found[1] };
  });
  const plain = inflateRawSync(opened.deflated, { maxOutputLength: LIMITS.inflated });
  return unpack(opened, new Uint8Array(plain), known);
}
