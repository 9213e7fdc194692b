/**
 * The page's side of the photo worker. A decoder that crashes or never ends must end in a message: every call has a
 * time-out, a worker that fails it or dies is thrown away, and the next call begins with a new one. Calls run one after the
 * other, because two pictures at once are too many for a small tablet.
 */
import { wrap, type Remote } from 'comlink';
import type { How, LookedAt, PhotoWorkerApi, Prepared, Refused } from './prepared.ts';

/** A 48-megapixel photo takes 3 s on two old cores. */
const CALL_MS = 60_000;

export interface PhotoDesk {
  /** Whether the file can be taken, and a small upright picture of it to set the corners on. */
  lookAt(file: Blob): Promise<LookedAt | Refused>;
  /** What is kept and sent. */
  preparePicture(file: Blob, how: How): Promise<Prepared | Refused>;
  /** Ends the worker and gives its memory back; the next call starts another. */
  rest(): void;
}

export interface PhotoPorts {
  spawn: () => Worker;
  callMs?: number;
}

interface Running {
  worker: Worker;
  remote: Remote<PhotoWorkerApi>;
  end: () => void;
  ended: Promise<'ended'>;
}
type Send<T> = (api: Remote<PhotoWorkerApi>) => Promise<T>;

const STOPPED: Refused = { ok: false, why: 'stopped', found: '' };

export function createPhotoDesk({ spawn, callMs = CALL_MS }: PhotoPorts): PhotoDesk {
  const keys = new WeakMap<Blob, number>();
  let nextKey = 1;
  let running: Running | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  function start(): Running {
    const worker = spawn();
    let end = (): void => undefined;
    const ended = new Promise<'ended'>((resolve) => (end = () => resolve('ended')));
    worker.addEventListener('error', end);
    worker.addEventListener('messageerror', end);
    return { worker, remote: wrap<PhotoWorkerApi>(worker), end, ended };
  }

  function rest(): void {
    running?.worker.terminate();
    // who still waits for it hears that nothing comes any more
    running?.end();
    running = null;
  }

  async function call<T>(send: Send<T>): Promise<T | Refused> {
    const mine = (running ??= start());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silent = new Promise<'silent'>((resolve) => {
      timer = setTimeout(() => resolve('silent'), callMs);
    });
    const answered = send(mine.remote).then(
      (value) => ({ value }),
      () => 'failed' as const,
    );
    const answer = await Promise.race([answered, mine.ended, silent]);
    clearTimeout(timer);
    if (typeof answer === 'object') return answer.value;
    if (running === mine) rest();
    return STOPPED;
  }

  function inTurn<T>(send: Send<T>): Promise<T | Refused> {
    const mine = queue.then(() => call(send));
    queue = mine;
    return mine;
  }

  function keyOf(file: Blob): number {
    const key = keys.get(file) ?? nextKey++;
    keys.set(file, key);
    return key;
  }

  return {
    lookAt: (file) => inTurn<LookedAt | Refused>((api) => api.lookAt(keyOf(file), file)),
    preparePicture: (file, how) =>
      inTurn<Prepared | Refused>((api) => api.preparePicture(keyOf(file), file, how)),
    rest,
  };
}
