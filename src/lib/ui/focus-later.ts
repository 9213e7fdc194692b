/** Moves the focus when the page is laid out: earlier the browser would lay it out there and then, in the same breath. */
import { inTurn } from './turns.ts';

/** Before all that still waits to be drawn: people type at once. `find` may find nothing, and the focus stays. */
export const focusLater = (find: () => HTMLElement | null | undefined): (() => void) =>
  inTurn(0, () => find()?.focus());

/** When all is drawn that waits now or comes meanwhile: the field may be the last of a long form. */
export const focusAtLast = (find: () => HTMLElement | null | undefined): (() => void) =>
  inTurn(Infinity, () => find()?.focus());
