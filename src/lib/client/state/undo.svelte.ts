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

export type { HeldCommand };
export type Undone =
  { is: 'undone'; held: HeldCommand } | { is: Exclude<TakenBack, 'undone'> | WriteFailure };

class Undo {
  #live = new Live(heldWatch);
  #ticks = createSubscriber((update) => {
    const timer = setInterval(update, TICK_MS);
    return () => clearInterval(timer);
  });

  /** null when there is nothing to take back; only what the person who sits here did. */
  get last(): (HeldCommand & { seconds: number }) | null {
    const held = this.#live.value;
    if (!held || held.actor !== session.staff?.id) return null;
    this.#ticks();
    const left = heldMs({ until: held.until, head: '' }, Date.now());
    return left > 0 ? { ...held, seconds: Math.ceil(left / 1000) } : null;
  }

  async takeBack(held: HeldCommand): Promise<Undone> {
    const done = await takeBack(await openedStore(), held.id);
    if (!done.ok) return { is: done.why };
    return done.value === 'undone' ? { is: 'undone', held } : { is: done.value };
  }
}

export const undo = new Undo();
