/**
 * Carries photos to the office, one after the other, always after the text: while commands are on their way it stops, and
 * goes on where the office stands. Invariants: what the office has acknowledged is never sent again (it is asked first);
 * a photo counts as sent only when the office says that it holds it whole (I13); one that cannot be taken holds up no
 * other. The resume protocol is tus; a slice is as long as the line has proved able to carry.
 */
import { PHOTO_LIMITS } from '#lib/protocol/photo.ts';
import { backoffMs, timeoutMs } from './pace.ts';
import type { PhotoQueue, PhotoTransport, Standing, Upload } from './photo-ports.ts';
import type { Clock, Random } from './ports.ts';
import type { PhotoStatus } from './status.ts';

export interface CarrierOptions {
  queue: PhotoQueue;
  transport: PhotoTransport;
  clock: Clock;
  random: Random;
  onStatus: (photos: PhotoStatus) => void;
}

export interface PhotoCarrier {
  run(signal: AbortSignal): Promise<void>;
  /** The text is through, or something was queued: go on. */
  resume(): void;
  /** Text has to go: let the line be free. */
  pause(): void;
}

/** Between two slices the line stands still for a round trip, and of one that breaks off the office keeps what had come. */
const FIRST_SLICE = 512 * 1024;
const SMALLEST_SLICE = 16 * 1024;
/** A line that carried something is back soon: so many tries follow close upon each other. */
const CLOSE_TRIES = 14;
const CLOSE_MS = 300;
const IDLE_MS = 3_600_000;
/** Bytes that were spoilt on the way are sent this often before a person is asked. */
const SPOILT_TRIES = 2;
const MISTAKE_MS = 600_000;

type Carried = { is: 'settled' } | { is: 'paused' } | { is: 'deposed' } | { is: 'later'; atLeastMs: number };

export function createPhotoCarrier({
  queue,
  transport,
  clock,
  random,
  onStatus,
}: CarrierOptions): PhotoCarrier {
  let going = false;
  let slice = FIRST_SLICE;
  let failures = 0;
  /** Since the program started. */
  let carriedSome = false;
  const reached = new Map<string, number>();
  let stopCarrying: AbortController | null = null;
  let alarm: AbortController | null = null;

  const tell = async (sending: PhotoStatus['sending'] = null): Promise<void> =>
    onStatus({ ...(await queue.sums()), sending });

  async function settle(upload: Upload, why: string | null): Promise<Carried> {
    const settled = await queue.settle(upload, why, new Date(clock.now()).toISOString());
    if (settled === 'deposed') return { is: 'deposed' };
    // not written: it is asked again, and the office says again what it holds
    return settled === 'done' ? { is: 'settled' } : { is: 'later', atLeastMs: 0 };
  }

  /** Calls; on a session that has ended opens one and calls once more. */
  async function call(work: () => Promise<Standing>, signal: AbortSignal): Promise<Standing> {
    const first = await work();
    if (first.is !== 'noSession' || !(await transport.openSession(signal))) return first;
    return work();
  }

  async function carry(upload: Upload, signal: AbortSignal): Promise<Carried> {
    const bytes = await queue.read(upload.sha256);
    if (bytes === null) return settle(upload, 'lost');
    const sums = await queue.sums();
    const told = (sent: number): void => onStatus({ ...sums, sending: { sent, size: upload.size } });
    let spoilt = 0;
    // beginning tells as well how far it has come, and a photo that was never sent saves a round trip
    const first = reached.has(upload.sha256) ? transport.ask : transport.begin;
    let standing = await call(() => first(upload, signal), signal);
    for (;;) {
      if (signal.aborted) return { is: 'paused' };
      switch (standing.is) {
        case 'held':
          return settle(upload, null);
        case 'unknown':
          standing = await call(() => transport.begin(upload, signal), signal);
          if (standing.is === 'unknown') return { is: 'later', atLeastMs: MISTAKE_MS };
          break;
        case 'refused':
          if (standing.why !== 'wrongHash' || ++spoilt > SPOILT_TRIES) return settle(upload, standing.why);
          standing = await call(() => transport.begin(upload, signal), signal);
          break;
        case 'at': {
          const { offset } = standing;
          told(offset);
          // also what arrived of a call that was cut, or that the office has just heard of it: the line carries something,
          // so try again soon
          if (offset > (reached.get(upload.sha256) ?? -1)) {
            failures = 0;
            carriedSome = true;
          }
          reached.set(upload.sha256, offset);
          const part = bytes.subarray(offset, Math.min(offset + slice, upload.size));
          const options = {
            signal,
            timeoutMs: timeoutMs(part.length),
            onProgress: (sent: number): void => told(offset + sent),
          };
          standing = await call(() => transport.send(upload, offset, part, options), signal);
          if (standing.is === 'at' && standing.offset > offset) {
            slice = Math.min(slice * 2, PHOTO_LIMITS.chunk);
          }
          break;
        }
        case 'busy':
          return { is: 'later', atLeastMs: standing.afterMs ?? 0 };
        case 'rejected':
          return { is: 'later', atLeastMs: MISTAKE_MS };
        case 'timeout':
          // too much for somebody on the way, who swallows it; a line that breaks is no reason
          slice = Math.max(SMALLEST_SLICE, Math.floor(slice / 2));
          return { is: 'later', atLeastMs: 0 };
        case 'offline':
        case 'noSession':
          return { is: 'later', atLeastMs: 0 };
      }
    }
  }

  async function sleep(ms: number, stop: AbortSignal): Promise<void> {
    if (stop.aborted) return;
    alarm = new AbortController();
    const ring = (): void => alarm?.abort();
    stop.addEventListener('abort', ring, { once: true });
    await clock.sleep(ms, alarm.signal);
    stop.removeEventListener('abort', ring);
    alarm = null;
  }

  async function step(stop: AbortSignal): Promise<'deposed' | 'on'> {
    const upload = await queue.next();
    await tell();
    if (upload === null || !going) {
      await sleep(IDLE_MS, stop);
      return 'on';
    }
    const carrying = (stopCarrying = new AbortController());
    const end = (): void => carrying.abort();
    stop.addEventListener('abort', end, { once: true });
    const carried = await carry(upload, carrying.signal);
    stop.removeEventListener('abort', end);
    stopCarrying = null;
    if (carried.is === 'deposed') return 'deposed';
    if (carried.is !== 'later') return 'on';
    await tell();
    failures += 1;
    const close = carriedSome && failures <= CLOSE_TRIES;
    const wait = close
      ? Math.round(CLOSE_MS * (0.5 + random.next()))
      : Math.max(1000, backoffMs(failures, random.next()));
    await sleep(Math.max(carried.atLeastMs, wait), stop);
    return 'on';
  }

  return {
    async run(signal) {
      while (!signal.aborted) {
        try {
          if ((await step(signal)) === 'deposed') return;
        } catch {
          // the store does not answer: the loop tells people of it
          await sleep(15_000, signal);
        }
      }
    },
    resume() {
      going = true;
      alarm?.abort();
    },
    pause() {
      going = false;
      stopCarrying?.abort();
    },
  };
}
