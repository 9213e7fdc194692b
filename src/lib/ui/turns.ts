/**
 * Drawing in turns: what a page need not draw at once waits here, and each frame takes as much of it as an old PC draws
 * without standing still. Keys and the frame's own layout come in between. In the order of the places, which is that of the
 * page from top to bottom. Invariant: nothing waits when the page is printed.
 */
import { flushSync } from 'svelte';

/** After so much no further draw begins: with the longest of them still far from a tenth of a second. */
const BUDGET_MS = 10;

interface Waiting {
  place: number;
  draw: () => void;
}

const waiting: Waiting[] = [];
let places = 0;
let asked = false;
let channel: MessageChannel | undefined;

/** Take one while a component is set up: what is in a component comes after it. 0 is before them all. */
export const nextPlace = (): number => (places += 1);

/** Calls `draw` once, when it is its turn. Returns how to give the turn up. */
export function inTurn(place: number, draw: () => void): () => void {
  const mine: Waiting = { place, draw };
  const before = waiting.findIndex((one) => one.place > place);
  waiting.splice(before < 0 ? waiting.length : before, 0, mine);
  askForFrame();
  return () => {
    const at = waiting.indexOf(mine);
    if (at >= 0) waiting.splice(at, 1);
  };
}

/** In a task of its own, after the frame was laid out and painted: its layout is the next frame's. */
function askForFrame(): void {
  if (asked) return;
  asked = true;
  if (channel === undefined) {
    channel = new MessageChannel();
    channel.port1.onmessage = drawSome;
    addEventListener('beforeprint', drawAll);
    // a page that is hidden gets no frame
    document.addEventListener('visibilitychange', () =>
      asked ? channel?.port2.postMessage(null) : undefined,
    );
  }
  const { port2 } = channel;
  if (document.visibilityState === 'hidden') port2.postMessage(null);
  else requestAnimationFrame(() => port2.postMessage(null));
}

function drawSome(): void {
  if (!asked) return;
  asked = false;
  const end = performance.now() + BUDGET_MS;
  try {
    while (drawNext() && performance.now() < end);
  } finally {
    // one that fails holds up no other
    if (waiting.length > 0) askForFrame();
  }
}

function drawAll(): void {
  while (drawNext());
}

function drawNext(): boolean {
  const next = waiting.shift();
  if (next) flushSync(next.draw);
  return next !== undefined;
}
