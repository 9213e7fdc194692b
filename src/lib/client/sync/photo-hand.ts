/**
 * One photo on its way to the office, beside another: asked about, begun, sent, until the office says what it is. Invariants:
 * what the office has acknowledged is never sent again (where it may hold more than is known here it is asked first); a
 * photo counts as sent only when the office says that it holds it whole (I13). The resume protocol is tus.
 */
import type { Bytes } from '#lib/catalogue/hash.ts';
import { uploadPath } from '#lib/protocol/photo.ts';
import { timeoutMs } from './pace.ts';
import type { PhotoPace } from './photo-pace.ts';
import type { PhotoQueue, PhotoTransport, SendOptions, Standing, Upload } from './photo-ports.ts';
import type { PhotoTurns } from './photo-turns.ts';
import type { Clock } from './ports.ts';

export type Carried =
  { is: 'settled' } | { is: 'paused' } | { is: 'deposed' } | { is: 'later'; atLeastMs: number };

/** What of a photo is at the office, as far as is known here; `unsure`: more than `offset` perhaps, of a call that broke off. */
type Known = { is: 'none' } | { is: 'at'; offset: number } | { is: 'unsure'; offset: number; ms: number };

export interface Carriage {
  queue: PhotoQueue;
  transport: PhotoTransport;
  clock: Clock;
  pace: PhotoPace;
  /** Whether there is another to pass the line to before the answer is here. */
  passesEarly: boolean;
  /** Of photos by their address at the office, as long as the program runs. */
  known: Map<string, Known>;
  /** The highest offset that the office has told. */
  reached: Map<string, number>;
  /** How to tell of a photo's bytes that have left; people see the one that was begun last. */
  show(upload: Upload): (sent: number) => void;
  /** The office holds more than it had said, or has just heard of a photo. */
  onProgress(): void;
}

export interface Hand {
  turns: PhotoTurns;
  signal: AbortSignal;
  /** Whether the line has failed last, and nothing has been answered since. */
  doubts(): boolean;
  onAnswer(): void;
}

/** Bytes that are spoilt on the way are sent this often before a person is asked. */
const SPOILT_TRIES = 2;
const MISTAKE_MS = 600_000;
/** A line that is away refuses at once: who asks finds out, and whose bytes would go follows so much later. */
const PROBE_MS = 100;

export async function carryPhoto(upload: Upload, carriage: Carriage, hand: Hand): Promise<Carried> {
  const { queue, transport, clock, pace, known, reached } = carriage;
  const { turns, signal } = hand;
  const key = uploadPath(upload);
  const content = await queue.read(upload.sha256);
  if (content === null) return settle('lost');
  const bytes = content;
  if (upload.fresh && !known.has(key)) {
    const noted = await queue.begins(upload);
    if (noted === 'deposed') return { is: 'deposed' };
    if (noted !== 'done') return { is: 'later', atLeastMs: 0 };
    known.set(key, { is: 'none' });
  }

  async function settle(why: string | null): Promise<Carried> {
    const settled = await queue.settle(upload, why, new Date(clock.now()).toISOString());
    if (settled === 'deposed') return { is: 'deposed' };
    known.delete(key);
    // not written: it is asked again, and the office says again what it holds
    return settled === 'done' ? { is: 'settled' } : { is: 'later', atLeastMs: 0 };
  }

  /** Calls; on a session that has ended opens one and calls once more. */
  async function call(work: () => Promise<Standing>): Promise<Standing> {
    let standing = await work();
    if (standing.is === 'noSession' && (await transport.openSession(signal))) standing = await work();
    if (standing.is !== 'offline' && standing.is !== 'timeout') hand.onAnswer();
    if (standing.is === 'at') {
      // also what arrived of a call that was cut, or that the office has just heard of it: the line carries something
      if (standing.offset > (reached.get(key) ?? -1)) carriage.onProgress();
      reached.set(key, standing.offset);
    }
    return standing;
  }

  async function ask(from: { offset: number; ms: number }): Promise<Standing> {
    const standing = await call(() => transport.ask(upload, signal));
    if (standing.is === 'at') pace.carried(standing.offset - from.offset, from.ms);
    return standing;
  }

  /** Sends what follows, once it is this photo's turn; null: it will not be. */
  async function push(from: number | null): Promise<Standing | null> {
    if (hand.doubts()) await clock.sleep(PROBE_MS, signal);
    const pass = await turns.take();
    if (pass === null) return null;
    const offset = from ?? 0;
    const part = bytes.subarray(offset, Math.min(offset + pace.slice, upload.size));
    const answered = new AbortController();
    const freeIn = pace.sending(part.length, clock.now());
    if (freeIn !== null && carriage.passesEarly) void clock.sleep(freeIn, answered.signal).then(pass);
    try {
      return await send(from, part);
    } finally {
      answered.abort();
      pass();
    }
  }

  async function send(from: number | null, part: Bytes): Promise<Standing> {
    const [start, offset] = [clock.now(), from ?? 0];
    const show = carriage.show(upload);
    const options: SendOptions = {
      signal,
      timeoutMs: timeoutMs(part.length),
      onProgress: (sent) => show(offset + sent),
    };
    show(offset);
    const standing = await call(() =>
      from === null
        ? transport.beginWith(upload, part, options)
        : transport.send(upload, offset, part, options),
    );
    const ms = clock.now() - start;
    if (standing.is === 'held' || (standing.is === 'at' && standing.offset > offset)) {
      pace.grow();
      pace.carried(part.length, ms);
    }
    const broke = standing.is === 'offline' || standing.is === 'timeout';
    // the other's bytes would break off as well
    if (broke) {
      turns.close();
      pace.broke();
    }
    // a browser does not tell of bytes that left a moment before the break: it is always asked
    known.set(key, { is: 'unsure', offset, ms });
    return standing;
  }

  let spoilt = 0;
  for (;;) {
    if (signal.aborted) return { is: 'paused' };
    const stand = known.get(key);
    let standing: Standing | null;
    if (stand === undefined) standing = await call(() => transport.begin(upload, signal));
    else if (stand.is === 'unsure') standing = await ask(stand);
    else standing = await push(stand.is === 'at' ? stand.offset : null);
    switch (standing?.is) {
      case undefined:
        return { is: 'paused' };
      case 'held':
        return settle(null);
      case 'at':
        known.set(key, standing);
        break;
      case 'unknown':
        if (stand?.is !== 'unsure' && stand?.is !== 'at') return { is: 'later', atLeastMs: MISTAKE_MS };
        known.set(key, { is: 'none' });
        break;
      case 'refused':
        if (standing.why !== 'wrongHash' || ++spoilt > SPOILT_TRIES) return settle(standing.why);
        known.set(key, { is: 'none' });
        break;
      case 'busy':
        return { is: 'later', atLeastMs: standing.afterMs ?? 0 };
      case 'rejected':
        return { is: 'later', atLeastMs: MISTAKE_MS };
      case 'timeout':
        pace.shrink();
        return { is: 'later', atLeastMs: 0 };
      case 'offline':
      case 'noSession':
        return { is: 'later', atLeastMs: 0 };
    }
  }
}
