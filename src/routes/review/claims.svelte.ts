/**
 * 认领 and 放回 from a list, one case or many. Each is an act of its own, kept at once, with or without a network; claiming
 * hinders nobody, so what somebody else has already is left alone and said.
 */
import { SvelteSet } from 'svelte/reactivity';
import { act, type Acted } from '#lib/client/state/act.ts';
import { failureWords } from '#lib/client/state/failures.ts';
import { newCommandId } from '#lib/client/state/ids.ts';
import { session } from '#lib/client/state/session.svelte.ts';
import { refusalWords } from '#lib/domain/refusal-words.ts';

export class Claims {
  readonly ticked = new SvelteSet<string>();
  /** How far a run over many has come; null when none runs. */
  running = $state<{ done: number; of: number } | null>(null);
  /** What came of the last press; '' when it is seen in the list itself. */
  said = $state('');

  tick(id: string, on: boolean): void {
    if (on) this.ticked.add(id);
    else this.ticked.delete(id);
  }

  claim(ids: readonly string[]): Promise<void> {
    return this.#all('claim', ids);
  }

  release(id: string): Promise<void> {
    return this.#all('release', [id]);
  }

  async #all(kind: 'claim' | 'release', ids: readonly string[]): Promise<void> {
    const actor = session.staff?.id;
    if (actor === undefined || this.running !== null) return;
    this.said = '';
    this.running = { done: 0, of: ids.length };
    let taken = 0;
    let stop: Acted | undefined;
    for (const applicationId of ids) {
      const acted = await act({ applicationId, actor, command: { kind, body: {} }, id: newCommandId() });
      this.running = { done: this.running.done + 1, of: ids.length };
      if (acted.is === 'kept') this.ticked.delete(applicationId);
      else if (acted.is === 'refused' && acted.refusal.reason === 'claimed') {
        taken += 1;
        this.ticked.delete(applicationId);
      } else {
        stop = acted;
        break;
      }
    }
    this.running = null;
    this.said = words(stop, taken, ids.length);
  }
}

function words(stop: Acted | undefined, taken: number, of: number): string {
  if (stop?.is === 'failed') return `${failureWords(stop.why).what}：${failureWords(stop.why).remedy}`;
  if (stop?.is === 'refused') {
    const { what, why, remedy } = refusalWords(stop.refusal.reason);
    return `${what}：${why}。${remedy}`;
  }
  if (taken > 0) return `${of > 1 ? `其中 ${taken} 件` : '这件'}已经有人认领，没有动`;
  return of > 1 ? `认领了 ${of} 件` : '';
}
