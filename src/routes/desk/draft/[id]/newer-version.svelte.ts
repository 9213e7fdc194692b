/**
 * The draft that is open beside the version of its item in use now: which is newer, how long the older one is taken, and the
 * way over. Invariant: going over can be taken back as long as the draft stays open.
 */
import { untrack } from 'svelte';
import { standingOf } from '#lib/client/state/ask.ts';
import { catalogue } from '#lib/client/state/catalogue.svelte.ts';
import { today } from '#lib/client/state/now.svelte.ts';
import { sync } from '#lib/client/state/sync-status.svelte.ts';
import type { Draft } from '#lib/domain/draft.ts';
import { upgradeDraft } from '#lib/domain/draft-upgrade.ts';
import type { Item } from '#lib/domain/item.ts';
import type { DraftDesk } from './draft-desk.svelte.ts';
import { versionWords, type VersionWords } from './newer-version.ts';

/** Make one while a component is set up: it reads with effects of that component. */
export class NewerVersion {
  readonly #desk: DraftDesk;
  /** undefined while it is read; null: not offered any more. */
  next = $state.raw<{ item: Item; hash: string } | null>();
  /** Before it went over. */
  before = $state.raw<{ draft: Draft; item: Item }>();

  constructor(desk: DraftDesk) {
    this.#desk = desk;
    $effect(() => {
      if (catalogue.inUse?.complete !== true) return;
      void catalogue.current(desk.draft.item.code).then((read) => (this.next = read));
    });
    $effect(() => {
      const release = catalogue.inUse?.address;
      const { hash } = desk.draft.item;
      if (!this.outdated || desk.readOnly || release === undefined) return;
      // asked again when the line is back
      void sync.online;
      void standingOf(hash, release).then((answer) => {
        if (answer.ok) untrack(() => this.#remember(hash, answer.value));
      });
    });
    $effect(() => {
      desk.expired = this.words?.expired;
    });
  }

  readonly outdated = $derived.by(
    () => this.next !== undefined && this.next?.hash !== this.#desk.draft.item.hash,
  );

  /** undefined while the draft is on the version in use. */
  readonly words: VersionWords | undefined = $derived.by(() => {
    const { next, outdated } = this;
    if (!outdated || next === undefined) return undefined;
    const { item, draft } = this.#desk;
    const standing = draft.standing?.hash === draft.item.hash ? draft.standing : null;
    return versionWords({ old: item, next: next?.item ?? null, standing }, today());
  });

  /** The draft as it would be on the newer version. */
  preview(next: { item: Item; hash: string }): Draft {
    const draft = $state.snapshot(this.#desk.draft) as Draft;
    return upgradeDraft(draft, { old: this.#desk.item, next: next.item, hash: next.hash }, today());
  }

  goOver(): void {
    const { next } = this;
    if (!next) return;
    const { item } = this.#desk;
    this.before = { draft: $state.snapshot(this.#desk.draft) as Draft, item };
    this.#desk.goOver(this.preview(next), next.item);
  }

  takeBack(): void {
    const { before } = this;
    if (!before) return;
    this.before = undefined;
    this.#desk.goOver(before.draft, before.item);
  }

  #remember(hash: string, { is, until }: { is: string; until: string | null }): void {
    const { draft, editor } = this.#desk;
    const taken = is !== 'expired';
    const known = draft.standing;
    const isNew = known?.hash !== hash || known.taken !== taken || known.until !== until;
    if (draft.item.hash !== hash || !isNew) return;
    draft.standing = { hash, taken, until };
    editor.changed();
  }
}
