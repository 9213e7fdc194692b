/** A worker that takes part in choosing a leader and says so; told to freeze, it blocks as a frozen tab does. */
import { takeTurns } from '#lib/client/sync/leadership.ts';

interface Start {
  start: { name: string; beatMs: number; silenceMs: number; visible: boolean };
}
type Order = Start | { freeze: number } | { ping: true };

addEventListener('message', (event: MessageEvent<Order>) => {
  if ('ping' in event.data) return postMessage({ pong: true });
  if ('freeze' in event.data) {
    const until = performance.now() + event.data.freeze;
    while (performance.now() < until);
    return;
  }
  const { name, beatMs, silenceMs, visible } = event.data.start;
  let count = 0;
  const ports = {
    locks: navigator.locks,
    channel: () => new BroadcastChannel('test-leader'),
    token: () => `${name}-${++count}`,
    visible: () => visible,
    beatMs,
    silenceMs,
  };
  const lead = (token: string, signal: AbortSignal): Promise<void> => {
    postMessage({ leads: token });
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        postMessage({ ended: token });
        resolve();
      });
    });
  };
  void takeTurns(ports, lead, new AbortController().signal);
});
