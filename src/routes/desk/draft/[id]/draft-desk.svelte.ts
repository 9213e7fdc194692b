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
import { similarHere, type Similar } from './similar-here.ts';
import { toldHere } from './told-here.svelte.ts';

const REASON_MISSING: FieldProblem = {
  field: 'applicant.duplicateReason',
  text: '30 天内办过同一事项，请写明为什么再办一件',
};

/** The reason belongs to the first step, and 核对 waits for it. */
const withoutReason = (steps: readonly Step[]): Step[] =>
  steps.map((step) => {
    if (step.name === 'applicant')
      return { ...step, is: 'wrong', problems: [...step.problems, REASON_MISSING] };
    return step.name === 'check' || step.name === 'sign' ? { ...step, is: 'wait' } : step;
  });

export class DraftDesk {
  readonly editor = new DraftEditor();
  /** Calendar and policy; null before the first release. */
  rules = $state.raw<Rules | null>(null);

  /** Why it cannot be submitted on its version (NewerVersion.svelte). */
  expired = $state<string>();

  /** The same applicant lately applied for the same item (疑似重复), as far as this device knows. */
  readonly similar: Similar | null = $derived.by(() => {
    const { draft } = this.editor;
    return draft ? similarHere(draft, toldHere(draft.id), today()) : null;
  });

  readonly steps: Step[] = $derived.by(() => {
    const { draft, item } = this.editor;
    if (!draft || !item) return [];
    const steps = draftSteps(draft, item, today());
    const wanted = this.similar?.submitted === true && draft.duplicateReason.trim() === '';
    return wanted ? withoutReason(steps) : steps;
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

  /** The draft on another version of its item: the rules of `item` count from now on. */
  goOver(draft: Draft, item: Item): void {
    if (this.readOnly) return;
    this.editor.item = item;
    this.edit((here) => Object.assign(here, draft));
    void this.editor.flush();
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
