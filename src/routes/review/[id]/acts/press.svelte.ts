/**
 * One act being filled in and pressed (办一步). Its command's id is made once and kept until the act is on this device, so a
 * second press sends nothing twice. The rulebook judges before anything is kept; what it finds is said at the field.
 */
import { act, type Acted } from '#lib/client/state/act.ts';
import { newCommandId } from '#lib/client/state/ids.ts';
import { decide } from '#lib/domain/decide.ts';
import type { KnownFacts } from '#lib/domain/facts.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { refusalWords } from '#lib/domain/refusal-words.ts';
import type { Application } from '#lib/domain/state.ts';
import type { SentCommand } from '#lib/protocol/command.ts';
import type { FormError } from '#lib/ui/ErrorSummary.svelte';

/** What a form says about a field that the rulebook names: `at` → sentence. */
export type Sentences = Readonly<Record<string, string>>;

export interface Place {
  state: Application;
  /** Facts of this moment: the clock goes on while a form is open. */
  facts: () => KnownFacts;
}

export class Press {
  busy = $state(false);
  /** Field → sentence, as after the last try. */
  errors = $state.raw<Sentences>({});
  outcome = $state.raw<Acted>();
  readonly formId: string;

  #id = newCommandId();
  #place: () => Place;
  #onkept: () => void;

  constructor(formId: string, place: () => Place, onkept: () => void) {
    this.formId = formId;
    this.#place = place;
    this.#onkept = onkept;
  }

  /** The id of a field's input. */
  field(name: string): string {
    return `${this.formId}-${name}`;
  }

  get list(): FormError[] {
    return Object.entries(this.errors).map(([name, text]) => ({ id: this.field(name), text }));
  }

  /** Whether it may be pressed now; what is wrong stands in `errors` or `outcome` afterwards. */
  check(command: SentCommand, sentences: Sentences, own: Sentences = {}): boolean {
    this.outcome = undefined;
    const { state, facts } = this.#place();
    const verdict = decide(state, command, facts());
    this.errors = own;
    if (!isRefusal(verdict)) return Object.keys(own).length === 0;
    const named = (verdict.at ?? []).filter((name) => Object.hasOwn(sentences, name));
    const found = named.map((name): [string, string] => [name, sentences[name] ?? '']);
    const whole = sentences[verdict.reason];
    // a refusal that is about one field as a whole is named by its reason: signature, trackingNumber
    if (found.length === 0 && whole !== undefined) found.push([verdict.reason, whole]);
    this.errors = { ...own, ...Object.fromEntries(found) };
    if (Object.keys(this.errors).length === 0) this.outcome = { is: 'refused', refusal: verdict };
    return false;
  }

  async run(command: SentCommand): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const { state, facts } = this.#place();
    const order = { applicationId: state.id, actor: facts().actor.id, command, id: this.#id, hold: true };
    try {
      this.outcome = await act(order);
    } finally {
      this.busy = false;
    }
    if (this.outcome.is === 'kept') this.#onkept();
  }
}

/** What happened, why, what to do, of a try that was not kept; null when there is nothing to say. */
export function refusedWords(
  outcome: Acted | undefined,
): { what: string; why: string; remedy: string } | null {
  return outcome?.is === 'refused' ? refusalWords(outcome.refusal.reason) : null;
}
