/**
 * 撤销: the last act of this device while it can still be taken back, with the seconds that are left. Read from the outbox,
 * so that a page that was loaded again, or another tab, offers the same.
 */
import { createSubscriber } from 'svelte/reactivity';
import { heldMs } from '../store/hold.ts';
import { heldWatch, undo as takeBack, type HeldCommand, type TakenBack } from '../store/undo.ts';
import type { WriteFailure } from '../store/write.ts';
import { Live } from './live.svelte.ts';
import { openedStore } from './opened-store.ts';
import { session } from './session.svelte.ts';

/** Often enough that the number on the button is never a second wrong. */
const TICK_MS = 250;

class Undo {
  /** What was taken back last, until its page has put it back into its form. Never on the disk. */
  undone = $state.raw<HeldCommand | null>(null);
  /** How the last press ended, where it did not work. */
  failed = $state.raw<Exclude<TakenBack, 'undone'> | WriteFailure | null>(null);

  #busy = false;
  #live = new Live(heldWatch);
  #ticks = createSubscriber((update) => {
    const timer = setInterval(update, TICK_MS);
    return () => clearInterval(timer);
  });

  /** null when there is nothing to take back; only what the person who sits here did. */
  get last(): HeldCommand | null {
    return this.seconds === null ? null : (this.#live.value ?? null);
  }

  /** Seconds that are left; null when there is nothing to take back. */
  get seconds(): number | null {
    const held = this.#live.value;
    if (!held || held.actor !== session.staff?.id) return null;
    this.#ticks();
    const left = heldMs({ until: held.until, head: '' }, Date.now());
    return left > 0 ? Math.ceil(left / 1000) : null;
  }

  /** 撤销 the last act; a second press while the first is under way does nothing. */
  async takeBack(): Promise<void> {
    const held = this.last;
    if (held === null || this.#busy) return;
    this.#busy = true;
    const done = await takeBack(await openedStore(), held.id);
    this.#busy = false;
    const result = done.ok ? done.value : done.why;
    this.failed = result === 'undone' ? null : result;
    if (result === 'undone') this.undone = held;
  }
}

export const undo = new Undo();
