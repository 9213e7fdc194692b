/** The outbox as the sync centre shows it: what waits, what arrived, what needs a person. */
import type { OutboxItem } from '../store/outbox.ts';
import { exportUnsent, isTrouble, outboxWatch, setAside } from '../store/outbox.ts';
import { Live } from './live.svelte.ts';
import { openedStore } from './opened-store.ts';

export const outbox = new Live(outboxWatch);
export { isTrouble, type OutboxItem };

/** 放弃: the person has dealt with a refusal. */
export const giveUp = async (id: string) => setAside(await openedStore(), id);

/** Everything not yet sent, as one file that the township can read in: the last resort when the link never returns. */
export async function unsentFile(): Promise<Blob> {
  const unsent = await exportUnsent(await openedStore());
  return new Blob([JSON.stringify({ format: 'jinban-unsent-1', ...unsent })], { type: 'application/json' });
}
