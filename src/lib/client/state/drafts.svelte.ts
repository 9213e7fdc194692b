/** The drafts of this device, and those in the bin, as lists of pages read them. */
import type { Draft } from '#lib/domain/draft.ts';
import {
  binDaysLeft,
  deleteDraft,
  draftsWatch,
  purgeDrafts,
  removeDraft,
  restoreDraft,
  type Draft as KeptDraft,
} from '../store/drafts.ts';
import { Live } from './live.svelte.ts';
import { now } from './now.svelte.ts';
import { openedStore } from './opened-store.ts';

export { binDaysLeft };
/** A draft as it lies here; `content` is null where it cannot be read. */
export type DraftRow = KeptDraft<Draft>;

/** All drafts of this device, latest first. */
export const drafts = new Live((store) => draftsWatch<Draft>(store));

/** Drafts in the bin: they stay 30 days. */
export const binnedDrafts = new Live((store) => draftsWatch<Draft>(store, true));

export const discardDraft = async (id: string) => removeDraft(await openedStore(), id, now());
export const bringBackDraft = async (id: string) => restoreDraft(await openedStore(), id);
/** Out of the bin for good. */
export const eraseDraft = async (id: string) => deleteDraft(await openedStore(), id);

const DAY_MS = 86_400_000;

/** Empties the bin of what is past its thirty days: now, and once a day while the desk stays open. Gives how to stop. */
export function emptyBinDaily(): () => void {
  const empty = async (): Promise<void> => void (await purgeDrafts(await openedStore(), now()));
  void empty();
  const timer = setInterval(() => void empty(), DAY_MS);
  return () => clearInterval(timer);
}
