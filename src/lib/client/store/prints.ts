/**
 * Which papers were printed on this device, and how often: the next copy is marked 补打, and what was on a 交接单 is not
 * offered again. In `meta`; keys hold the paper's name and the application's id, nothing about a person.
 */
import { readMeta } from './device.ts';
import type { Store } from './open-database.ts';
import { read, write, type Written } from './write.ts';

const keyOf = (paper: string, id: string): string => `prints:${paper}:${id}`;

/** Counts a print of this paper for each of these applications. */
export const countPrints = (store: Store, paper: string, ids: readonly string[]): Promise<Written> =>
  write(store, [], async () => {
    for (const id of ids) {
      const key = keyOf(paper, id);
      const last = (await store.db.meta.get(key))?.value;
      await store.db.meta.put({ key, value: (typeof last === 'number' ? last : 0) + 1 });
    }
  });

/** How often this paper of that application was printed here. */
export const readPrints = async (store: Store, paper: string, id: string): Promise<number> =>
  (await readMeta<number>(store, keyOf(paper, id))) ?? 0;

/** Of which applications this paper was printed here. */
export async function readPrinted(store: Store, paper: string): Promise<string[]> {
  const head = keyOf(paper, '');
  const keys = await read(store, () => store.db.meta.where('key').startsWith(head).primaryKeys());
  return keys.map((key) => String(key).slice(head.length));
}
