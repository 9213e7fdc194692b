/** The drafts of this device, and those in the bin, as lists of pages read them. */
import type { Draft } from '#lib/domain/draft.ts';
import { draftsWatch, removeDraft, restoreDraft } from '../store/drafts.ts';
import { Live } from './live.svelte.ts';
import { now } from './now.svelte.ts';
import { openedStore } from './opened-store.ts';

/** All drafts of this device, latest first. */
export const drafts = new Live((store) => draftsWatch<Draft>(store));

/** Drafts in the bin: they stay 30 days. */
export const binnedDrafts = new Live((store) => draftsWatch<Draft>(store, true));

export const discardDraft = async (id: string) => removeDraft(await openedStore(), id, now());
export const bringBackDraft = async (id: string) => restoreDraft(await openedStore(), id);
