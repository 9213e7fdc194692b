/**
 * The draft that is being filled in. Invariants: what was typed is on disk within a second and before the page goes away;
 * two tabs never write one draft (Web Lock: the second reads only).
 */
import {
  applicantKinds,
  draftAgain,
  DRAFT_SHAPE,
  draftFromRefused,
  newDraft,
  readDraft,
  type Draft,
} from '#lib/domain/draft.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Application } from '#lib/domain/state.ts';
import { loadDraft, saveDraft } from '../store/drafts.ts';
import { readItem } from '../store/releases.ts';
import type { WriteFailure } from '../store/write.ts';
import { appUpdate } from './app-update.svelte.ts';
import { newApplicationId } from './ids.ts';
import { now } from './now.svelte.ts';
import { openedStore } from './opened-store.ts';

const AUTOSAVE_MS = 500;

/**
 * Begins a draft and keeps it at once; gives its id, or why it could not be kept. `like`: an earlier application whose
 * applicant and handler it begins with, and its answers where `answers` says so.
 */
export async function beginDraft(
  item: Item,
  hash: string,
  owner: string,
  like?: { application: Application; answers: boolean },
): Promise<{ id: string } | { why: WriteFailure }> {
  const at = now();
  const id = newApplicationId();
  const ref = { code: item.code, hash };
  const draft = like
    ? draftAgain(like.application, { id, item, ref, now: at, answers: like.answers })
    : newDraft(id, ref, at, applicantKinds(item)[0]);
  const kept = await keep(draft, owner, at);
  return kept.ok ? { id: draft.id } : { why: kept.why };
}

async function keep(draft: Draft, owner: string, at: Instant) {
  const head = {
    id: draft.id,
    itemCode: draft.item.code,
    itemHash: draft.item.hash,
    owner,
    updatedAt: at,
    shape: DRAFT_SHAPE,
    photos: [...draft.materials, ...draft.former].flatMap(({ photos = [] }) =>
      photos.map((photo) => photo.sha256),
    ),
  };
  return saveDraft(await openedStore(), head, $state.snapshot(draft));
}

export type DraftTrouble = 'missing' | 'itemMissing' | 'damaged';

/** One draft on the page. Change `draft`, then call `changed()`. */
export class DraftEditor {
  draft = $state<Draft>();
  item = $state.raw<Item>();
  trouble = $state<DraftTrouble>();
  /** Another tab has it open: look, don't touch. */
  readOnly = $state(false);
  savedAt = $state<Instant>();
  saving = $state(false);
  failure = $state<WriteFailure>();

  #owner = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirty = false;
  #queue: Promise<void> = Promise.resolve();
  #release: (() => void) | undefined;
  #forget: (() => void) | undefined;

  async open(id: string, owner: string): Promise<void> {
    const store = await openedStore();
    const row = await loadDraft<Draft>(store, id);
    if (row === null) return void (this.trouble = 'missing');
    if (row.content === null) return void (this.trouble = 'damaged');
    const item = await readItem(store, row.itemHash);
    if (item === null) return void (this.trouble = 'itemMissing');
    this.readOnly = !(await this.#claim(id));
    this.#owner = row.owner || owner;
    this.item = item;
    this.draft = readDraft(row.content);
    this.savedAt = row.updatedAt;
    this.#forget = appUpdate.beforeReload(() => this.flush());
    document.addEventListener('visibilitychange', this.#flushHidden);
    window.addEventListener('beforeunload', this.#holdBack);
  }

  /** Something was typed: saved within half a second. */
  changed(): void {
    if (this.readOnly) return;
    this.#dirty = true;
    // not put off by more typing: whoever types without a pause is saved all the same
    this.#timer ??= setTimeout(() => void this.flush(), AUTOSAVE_MS);
  }

  /** Saves what is not saved yet; resolves when it is on disk or has failed plainly. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#queue = this.#queue.then(() => this.#save());
    return this.#queue;
  }

  async close(): Promise<void> {
    await this.flush();
    this.#forget?.();
    document.removeEventListener('visibilitychange', this.#flushHidden);
    window.removeEventListener('beforeunload', this.#holdBack);
    this.#release?.();
  }

  async #save(): Promise<void> {
    if (!this.#dirty || this.draft === undefined) return;
    this.#dirty = false;
    this.saving = true;
    const at = now();
    this.draft.updatedAt = at;
    const kept = await keep(this.draft, this.#owner, at);
    this.saving = false;
    this.failure = kept.ok ? undefined : kept.why;
    if (kept.ok) this.savedAt = at;
    else this.#dirty = true;
  }

  #flushHidden = (): void => {
    if (document.visibilityState === 'hidden') void this.flush();
  };

  /** A page that is gone cannot wait for the disk: the browser asks first, and meanwhile it is saved. */
  #holdBack = (event: BeforeUnloadEvent): void => {
    if (!this.#dirty && !this.saving) return;
    event.preventDefault();
    // what Chromium 109 looks at
    event.returnValue = true;
    void this.flush();
  };

  /** True when this tab may write the draft; held until close. */
  #claim(id: string): Promise<boolean> {
    return new Promise((resolve) => {
      void navigator.locks.request(`jinban-draft-${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>((release) => (this.#release = release));
      });
    });
  }
}

/** 修改后重报: keeps a draft made from a refused form; gives its id, or why it could not be kept. */
export async function reviseRefused(
  refused: Parameters<typeof draftFromRefused>[0],
  owner: string,
): Promise<{ id: string } | { why: WriteFailure }> {
  const at = now();
  const draft = draftFromRefused(refused, at);
  const kept = await keep(draft, owner, at);
  return kept.ok ? { id: draft.id } : { why: kept.why };
}
