/**
 * A working list for a county that published before it kept one: its newest items of every level, upgraded to sheets. What
 * an item does not say is made up, so they are marked synthetic until somebody has gone through them.
 */
import { upgradeItem } from '#lib/catalogue/upgrade-item.ts';
import type { Item } from '#lib/domain/item.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import { itemsInForce } from '../catalogue/current-release.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import { saveSheets, type Writing, type Written } from './working-list.ts';

/** The items that a county offers now, each once: of two versions the one of the level above. */
export async function publishedItems(trx: Trx, county: string): Promise<Item[]> {
  const items = new Map<string, Item>();
  for (const level of LEVELS) {
    for (const item of await itemsInForce(trx, county, level)) {
      if (!items.has(item.code)) items.set(item.code, item);
    }
  }
  return [...items.values()];
}

/** `changed` where the list has one of them already: then it was begun, and nothing is written over. */
export async function startList(
  store: Store,
  writing: Omit<Writing, 'how'>,
): Promise<{ written: Written; items: number }> {
  const items = await store.read((trx) => publishedItems(trx, writing.county));
  const changes = items.map((item) => ({ sheet: upgradeItem(item), rev: 0 }));
  return { written: await saveSheets(store, changes, { ...writing, how: 'imported' }), items: items.length };
}
