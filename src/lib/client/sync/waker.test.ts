import { expect, test } from 'vitest';
import { WAKE_COMMENT, WAKE_EVENT } from '#lib/protocol/wake.ts';
import type { Clock } from './ports.ts';
import { createWaker, type Opened } from './waker.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A clock on which time passes only when it is told to. */
class HandClock implements Clock {
  ms = 1_000_000;
  readonly #sleepers = new Set<{ until: number; wake: () => void }>();
  now = (): number => this.ms;
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = { until: this.ms + ms, wake: () => (this.#sleepers.delete(sleeper), resolve()) };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', sleeper.wake, { once: true });
      if (signal.aborted) sleeper.wake();
    });
  }
  async pass(ms: number): Promise<void> {
    await turn();
    this.ms += ms;
    for (const one of [...this.#sleepers]) if (one.until <= this.ms) one.wake();
    await turn();
  }
}

function rig() {
  const clock = new HandClock();
  const stop = new AbortController();
  const seen = { wakes: 0, opened: 0 };
  let line!: ReadableStreamDefaultController<Uint8Array>;
  let next: 'stream' | 'refused' | 'offline' = 'stream';
  const open = async (): Promise<Opened> => {
    seen.opened += 1;
    if (next !== 'stream') return next;
    return new ReadableStream<Uint8Array>({ start: (controller) => void (line = controller) }).getReader();
  };
  const ports = { open, clock, random: { next: () => 0.5 }, wake: () => void (seen.wakes += 1) };
  const waker = createWaker(ports, stop.signal);
  return {
    clock,
    stop,
    seen,
    waker,
    set next(value: typeof next) {
      next = value;
    },
    async say(text: string): Promise<void> {
      line.enqueue(bytes(text));
      await turn();
    },
    async end(): Promise<void> {
      line.close();
      await turn();
    },
    async answered(): Promise<void> {
      waker.answered();
      await turn();
    },
  };
}

test('a stream counts once the office has said something on it, and each event wakes', async () => {
  const it = rig();
  await it.answered();
  expect([it.waker.held, it.seen.wakes]).toEqual([false, 0]);
  await it.say(WAKE_COMMENT);
  // what came before the stream was there is asked for
  expect([it.waker.held, it.seen.wakes]).toEqual([true, 1]);
  await it.say(WAKE_EVENT);
  expect(it.seen.wakes).toBe(2);
  await it.say(WAKE_COMMENT);
  await it.answered();
  expect(it.seen).toEqual({ wakes: 2, opened: 1 });
});

test('fault: the stream breaks off → the loop asks, and another stream comes after a pause that grows', async () => {
  const it = rig();
  await it.answered();
  await it.say(WAKE_COMMENT);
  await it.end();
  expect(it.waker.held).toBe(false);
  await it.answered();
  expect(it.seen).toEqual({ wakes: 1, opened: 1 });
  await it.clock.pass(5_000);
  expect(it.seen.wakes).toBe(2);
  await it.clock.pass(60_000);
  it.next = 'offline';
  await it.answered();
  expect(it.seen.opened).toBe(2);
  await it.clock.pass(1_000);
  await it.answered();
  expect(it.seen.opened).toBe(2);
});

test('fault: a line that died without a word is given up after two comments that did not come', async () => {
  const it = rig();
  await it.answered();
  await it.say(WAKE_COMMENT);
  await it.clock.pass(60_000);
  expect(it.waker.held).toBe(true);
  await it.clock.pass(60_000);
  expect(it.waker.held).toBe(false);
});

test('fault: a proxy holds the stream back → none, and it is not asked again before half an hour is half over', async () => {
  const it = rig();
  await it.answered();
  await it.clock.pass(21_000);
  expect([it.waker.held, it.seen.wakes]).toEqual([false, 0]);
  await it.clock.pass(10 * 60_000);
  await it.answered();
  expect(it.seen.opened).toBe(1);
  await it.clock.pass(30 * 60_000);
  await it.answered();
  expect(it.seen.opened).toBe(2);
});

test('an office without this door is asked seldom; a leader that is deposed asks no more', async () => {
  const it = rig();
  it.next = 'refused';
  await it.answered();
  await it.clock.pass(5 * 60_000);
  await it.answered();
  expect(it.seen.opened).toBe(1);
  it.stop.abort();
  await it.clock.pass(60 * 60_000);
  await it.answered();
  expect(it.seen).toEqual({ wakes: 0, opened: 1 });
});
