/**
 * Which of a form's problems are on the screen. Nobody is told off while still typing: a problem appears when its field is
 * left, or for all fields at 下一步, and goes as soon as the answer is right. Summary and fields read the same words here.
 */
import { SvelteSet } from 'svelte/reactivity';
import type { FieldProblem } from '#lib/domain/applicant.ts';

/** A line of the error summary: the id of the field's input, and what is wrong. */
export interface ShownProblem {
  id: string;
  text: string;
}

export class ShownProblems {
  #all: () => readonly FieldProblem[];
  #left = new SvelteSet<string>();

  /** `all`: every problem the form has now, in its order; read anew on each change. */
  constructor(all: () => readonly FieldProblem[]) {
    this.#all = all;
  }

  /** Problems that stand at their fields, in the form's order. */
  get list(): ShownProblem[] {
    return this.#all().flatMap(({ field, text }) => (this.#left.has(field) ? [{ id: field, text }] : []));
  }

  /** What to say at this field; undefined when nothing. */
  at(field: string): string | undefined {
    return this.#left.has(field) ? this.#all().find((problem) => problem.field === field)?.text : undefined;
  }

  /** The field was left: its problem, if any, is said. */
  leave(field: string): void {
    this.#left.add(field);
  }

  /** Something was typed: what has become right is quiet until it is left again. */
  typed(field: string): void {
    if (!this.#all().some((problem) => problem.field === field)) this.#left.delete(field);
  }

  /** Fields that are gone, or whose ids now mean other ones (a table's rows). */
  forget(prefix: string): void {
    for (const field of [...this.#left]) if (field.startsWith(prefix)) this.#left.delete(field);
  }

  /** 下一步: everything is said. Gives whether there is anything to say. */
  reveal(): boolean {
    const problems = this.#all();
    for (const { field } of problems) this.#left.add(field);
    return problems.length > 0;
  }
}
