/**
 * Carries photos to the office, two at a time and always after the text: while commands are on their way it stops, and goes
 * on where the office stands. While the office is asked about one photo, or judges it, the bytes of the other go, so that
 * the line stands still for no answer. Invariant: a photo that cannot be taken holds up no other.
 */
import { uploadPath } from '#lib/protocol/photo.ts';
import { backoffMs } from './pace.ts';
import { carryPhoto, type Carriage, type Carried, type Hand } from './photo-hand.ts';
import { createPhotoPace } from './photo-pace.ts';
import type { PhotoQueue, PhotoTransport, Upload } from './photo-ports.ts';
import { createPhotoTurns } from './photo-turns.ts';
import type { Clock, Random } from './ports.ts';
import type { PhotoStatus } from './status.ts';

export interface CarrierOptions {
  queue: PhotoQueue;
  transport: PhotoTransport;
  clock: Clock;
  random: Random;
  onStatus: (photos: PhotoStatus) => void;
  /** Photos at a time: 2, or 1 where the clock follows one thread of each program (the simulation). */
  hands?: 1 | 2;
}

export interface PhotoCarrier {
  run(signal: AbortSignal): Promise<void>;
  /** The text is through, or something was queued: go on. */
  resume(): void;
  /** Text has to go: let the line be free. */
  pause(): void;
}

/** The line has carried text, or no photo would go, so that it is back soon: so many tries follow close upon each other. */
const CLOSE_TRIES = 14;
const CLOSE_MS = 300;
const IDLE_MS = 3_600_000;

export function createPhotoCarrier({
  queue,
  transport,
  clock,
  random,
  onStatus,
  hands = 2,
}: CarrierOptions): PhotoCarrier {
  let going = false;
  let failures = 0;
  let sums: Awaited<ReturnType<PhotoQueue['sums']>> = { waiting: 0, bytesLeft: 0, refused: 0 };
  let stopCarrying: AbortController | null = null;
  let alarm: AbortController | null = null;
  let shown = Symbol();

  const tell = async (): Promise<void> => {
    sums = await queue.sums();
    onStatus({ ...sums, sending: null });
  };
  const carriage: Carriage = {
    queue,
    transport,
    clock,
    passesEarly: hands > 1,
    pace: createPhotoPace(),
    known: new Map(),
    reached: new Map(),
    show({ size }) {
      const mine = (shown = Symbol());
      return (sent) => {
        if (shown === mine) onStatus({ ...sums, sending: { sent, size } });
      };
    },
    onProgress: () => (failures = 0),
  };

  /** Takes the next into a hand: by its address, as both hands may ask at once. */
  async function pick(inHand: Map<string, Upload>): Promise<Upload | null> {
    for (;;) {
      const upload = await queue.next([...inHand.values()]);
      if (upload === null) return null;
      const key = uploadPath(upload);
      if (inHand.has(key)) continue;
      inHand.set(key, upload);
      return upload;
    }
  }

  /** One photo after the other, until none is left or one has to wait. */
  async function carryOn(first: Upload | null, inHand: Map<string, Upload>, hand: Hand): Promise<Carried> {
    for (let upload = first; upload !== null; upload = hand.turns.closed ? null : await pick(inHand)) {
      const carried = await carryPhoto(upload, carriage, hand);
      if (carried.is !== 'settled') return carried;
      inHand.delete(uploadPath(upload));
      await tell();
    }
    return { is: 'settled' };
  }

  /** With all hands, from a first photo until there is none, or the line has to be waited for. */
  async function carryAll(
    first: Upload,
    inHand: Map<string, Upload>,
    carrying: AbortController,
  ): Promise<Carried> {
    const turns = createPhotoTurns();
    let answered = false;
    const hand: Hand = {
      turns,
      signal: carrying.signal,
      doubts: () => failures > 0 && !answered,
      onAnswer: () => (answered = true),
    };
    const one = async (start: Upload | null): Promise<Carried> => {
      try {
        const carried = await carryOn(start, inHand, hand);
        if (carried.is !== 'settled') turns.close();
        if (carried.is === 'deposed') carrying.abort();
        return carried;
      } catch (error) {
        turns.close();
        carrying.abort();
        throw error;
      }
    };
    const second = hands > 1 ? [pick(inHand).then(one)] : [];
    const ends = await Promise.all([one(first), ...second]);
    const waits = ends.flatMap((end) => (end.is === 'later' ? [end.atLeastMs] : []));
    return (
      ends.find(({ is }) => is === 'deposed') ??
      (waits.length > 0 ? { is: 'later', atLeastMs: Math.max(...waits) } : ends[0])
    );
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
    const inHand = new Map<string, Upload>();
    const first = await pick(inHand);
    await tell();
    if (first === null || !going) {
      await sleep(IDLE_MS, stop);
      return 'on';
    }
    const carrying = (stopCarrying = new AbortController());
    const end = (): void => carrying.abort();
    stop.addEventListener('abort', end, { once: true });
    const carried = await carryAll(first, inHand, carrying).finally(() => {
      stop.removeEventListener('abort', end);
      stopCarrying = null;
    });
    if (carried.is === 'deposed') return 'deposed';
    if (carried.is !== 'later') return 'on';
    await tell();
    failures += 1;
    const close = failures <= CLOSE_TRIES;
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
