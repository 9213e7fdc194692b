/**
 * Holds the stream by which the office wakes this device (protocol/wake.ts). It is only faster than polling, never needed:
 * where it cannot be had, breaks off, stays silent or is held back on the way, the loop polls as if there were none.
 */
import { isWake, WAKE_SECONDS, WAKE_TYPE } from '#lib/protocol/wake.ts';
import { backoffMs } from './pace.ts';
import type { Clock, Random } from './ports.ts';

/** `refused`: by the office or by something on the way; asking again soon would be no use. */
export type Opened = ReadableStreamDefaultReader<Uint8Array> | 'refused' | 'offline';

export interface WakerPorts {
  open(signal: AbortSignal): Promise<Opened>;
  clock: Clock;
  random: Random;
  /** Something may be new, or nobody would say so any more. */
  wake(): void;
}

export interface Waker {
  /** The office has just answered: a good moment to ask for a stream, unless there is one or one failed lately. */
  answered(): void;
  /** Whether the office would wake this device. */
  readonly held: boolean;
}

/** Two comments may be lost. */
const SILENCE_MS = 2.2 * WAKE_SECONDS * 1000;
/** What opens and then says nothing is held back on the way. */
const FIRST_MS = 20_000;
const LATER_MS = 30 * 60_000;
/** A stream that ends sooner than this was none: the office is full, or two browsers share one device. */
const SHORT_MS = 2 * WAKE_SECONDS * 1000;

export function createWaker({ open, clock, random, wake }: WakerPorts, signal: AbortSignal): Waker {
  let busy = false;
  let held = false;
  let failures = 0;

  /** Until it is over; gives how long to wait with the next. */
  async function hold(): Promise<number> {
    const line = new AbortController();
    const drop = (): void => line.abort();
    signal.addEventListener('abort', drop, { once: true });
    const opened = await within(FIRST_MS, open(line.signal));
    const since = clock.now();
    let heard = false;
    while (typeof opened === 'object') {
      const read = await within(
        heard ? SILENCE_MS : FIRST_MS,
        opened.read().catch(() => null),
      );
      if (read === 'silent' || !read || read.done) break;
      // what happened before the stream was there is asked for now
      if (!heard || isWake(read.value)) wake();
      heard = held = true;
    }
    drop();
    signal.removeEventListener('abort', drop);
    const wasHeld = held;
    held = false;
    if (signal.aborted) return 0;
    const lasted = Math.abs(clock.now() - since);
    failures = heard && lasted > SHORT_MS ? 1 : failures + 1;
    if (wasHeld) {
      // an office that goes down lets all its stations go at once
      await clock.sleep(backoffMs(2, random.next()), signal);
      wake();
    }
    const notHere = opened === 'refused' || (typeof opened === 'object' && !heard);
    return notHere ? LATER_MS * (0.5 + random.next() / 2) : backoffMs(failures + 1, random.next());
  }

  async function within<T>(ms: number, work: Promise<T>): Promise<T | 'silent'> {
    const done = new AbortController();
    const silence = clock.sleep(ms, done.signal).then(() => 'silent' as const);
    return Promise.race([work, silence]).finally(() => done.abort());
  }

  return {
    get held() {
      return held;
    },
    answered() {
      if (busy || signal.aborted) return;
      busy = true;
      void hold()
        .catch(() => LATER_MS)
        .then((ms) => clock.sleep(ms, signal))
        .then(() => (busy = false));
    },
  };
}

/** The stream as a browser has it. */
export async function openWakeStream(signal: AbortSignal): Promise<Opened> {
  try {
    const answer = await fetch('/api/wake', { signal, redirect: 'error' });
    const type = answer.headers.get('content-type') ?? '';
    // 401: the next poll opens a session, and the one after asks again
    if (answer.status === 401 || answer.status >= 500) return 'offline';
    if (!answer.ok || !type.startsWith(WAKE_TYPE) || !answer.body) return 'refused';
    return answer.body.getReader();
  } catch {
    return 'offline';
  }
}
