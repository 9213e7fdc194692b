/**
 * The draft that is open, for its task list and its six steps: what is done, and the one way to change it.
 * Invariant: a change after signing takes the signature away, because it stood under other words.
 */
import { createContext } from 'svelte';
import { catalogue } from '#lib/client/state/catalogue.svelte.ts';
import { DraftEditor } from '#lib/client/state/draft-editor.svelte.ts';
import { today } from '#lib/client/state/now.svelte.ts';
import type { Rules } from '#lib/catalogue/release.ts';
import type { FieldProblem } from '#lib/domain/applicant.ts';
import type { Signature } from '#lib/domain/commands.ts';
import { draftSteps, type Draft, type Step, type StepName } from '#lib/domain/draft.ts';
import type { Item } from '#lib/domain/item.ts';

export class DraftDesk {
  readonly editor = new DraftEditor();
  /** Calendar and policy; null before the first release. */
  rules = $state.raw<Rules | null>(null);

  readonly steps: Step[] = $derived.by(() => {
    const { draft, item } = this.editor;
    return draft && item ? draftSteps(draft, item, today()) : [];
  });
  readonly ready = $derived(this.steps.slice(0, 4).every((step) => step.is === 'done'));

  async open(id: string, owner: string): Promise<void> {
    await this.editor.open(id, owner);
    this.rules = await catalogue.rules();
  }

  /** Only where the draft is open: pages of an open draft. */
  get draft(): Draft {
    if (this.editor.draft === undefined) throw new Error('the draft is not open');
    return this.editor.draft;
  }

  get item(): Item {
    if (this.editor.item === undefined) throw new Error('the draft is not open');
    return this.editor.item;
  }

  get readOnly(): boolean {
    return this.editor.readOnly;
  }

  problems(name: StepName): FieldProblem[] {
    return this.steps.find((step) => step.name === name)?.problems ?? [];
  }

  /** Any change but a signature of the whole. */
  edit(change: (draft: Draft) => void): void {
    if (this.readOnly) return;
    change(this.draft);
    this.draft.signature = null;
    this.editor.changed();
  }

  sign(signature: Signature | null): void {
    if (this.readOnly) return;
    this.draft.signature = signature;
    this.editor.changed();
    // nobody signs twice because a page went away
    void this.editor.flush();
  }
}

export const [draftDesk, provideDraftDesk] = createContext<DraftDesk>();
