import { expect, test } from 'vitest';
import { removeDraft, saveDraft } from '../store/drafts.ts';
import { emptyBinDaily } from './drafts.svelte.ts';
import { openedStore } from './opened-store.ts';

const DAY_MS = 86_400_000;

test('opening the desk empties the bin of what has lain there for thirty days, and of nothing else', async () => {
  const store = await openedStore();
  const head = { itemCode: '1', itemHash: 'a'.repeat(64), owner: 'p', shape: 2 };
  const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();
  for (const [id, days] of [
    ['old', 31],
    ['young', 29],
  ] as const) {
    await saveDraft(store, { ...head, id, updatedAt: daysAgo(days) }, {});
    await removeDraft(store, id, daysAgo(days));
  }
  await saveDraft(store, { ...head, id: 'kept', updatedAt: daysAgo(400) }, {});
  const stop = emptyBinDaily();
  await expect.poll(() => store.db.drafts.toCollection().primaryKeys()).toEqual(['kept', 'young']);
  stop();
});
