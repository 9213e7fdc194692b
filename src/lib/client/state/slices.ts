/** Long work on a page in short pieces, so that keys and drawing come between: an old PC must not stand still. */

/** Work at one go: on a PC four times slower than the developer's some 30 ms. */
const PIECE_MS = 8;

/**
 * Does `work` for each of `things`, pausing between pieces. False when `isStale` said so on the way: the rest is left.
 * The first piece is done at once, so that little work never waits.
 */
export async function inSlices<T>(
  things: readonly T[],
  work: (thing: T) => void,
  isStale: () => boolean,
): Promise<boolean> {
  let since = performance.now();
  for (const thing of things) {
    if (performance.now() - since > PIECE_MS) {
      await nextTask();
      if (isStale()) return false;
      since = performance.now();
    }
    work(thing);
  }
  return !isStale();
}

/** After whatever waits already. A timer would wait four milliseconds more each time. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
