/** Whether this office is a demo: its guide says so, because nobody may take an example for a rule. Looked up once. */
import type { Store } from '../db/store.ts';
import { seededVersion } from '../seed/seeded-version.ts';

const known = new WeakMap<Store, boolean>();

export async function isDemo(store: Store): Promise<boolean> {
  const before = known.get(store);
  if (before !== undefined) return before;
  const demo = (await store.read(seededVersion)) !== null;
  known.set(store, demo);
  return demo;
}
