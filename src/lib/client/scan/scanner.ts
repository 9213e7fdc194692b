/**
 * Reads codes in pictures: with the browser's own detector where it has one that knows QR codes, else in the scan worker.
 * A detector that fails once is not asked again. Nothing here rejects.
 */
import { transfer, wrap, type Remote } from 'comlink';
import type { ScanWorkerApi } from './scan-worker.ts';

/** `unavailable`: the program for it is not on this device yet, and cannot be fetched now. */
export type Scanned = { ok: true; texts: string[] } | { ok: false; why: 'unavailable' };

export interface Scanner {
  /** `thorough`: a still picture, which is worth a second look. The picture is closed. */
  read(picture: ImageBitmap, thorough: boolean): Promise<Scanned>;
  /** Gives the worker's memory back. */
  rest(): void;
}

interface Detector {
  detect(picture: ImageBitmap): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

export interface ScannerPorts {
  spawn: () => Worker;
  wasmUrl: string;
  /** null: the browser has none. */
  native?: DetectorClass | null;
}

/** A picture that takes longer than this is given up: on an old PC one takes some 300 ms. */
const CALL_MS = 20_000;

export function createScanner({
  spawn,
  wasmUrl,
  native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector ?? null,
}: ScannerPorts): Scanner {
  let detector: Promise<Detector | null> | undefined;
  let running: { worker: Worker; remote: Remote<ScanWorkerApi>; ready: Promise<boolean> } | null = null;

  async function nativeDetector(): Promise<Detector | null> {
    try {
      const formats = native ? await native.getSupportedFormats() : [];
      const ours = ['qr_code', 'code_128'].filter((format) => formats.includes(format));
      return native && ours.includes('qr_code') ? new native({ formats: ours }) : null;
    } catch {
      return null;
    }
  }

  function start(): NonNullable<typeof running> {
    const worker = spawn();
    const remote = wrap<ScanWorkerApi>(worker);
    return { worker, remote, ready: remote.prepare(wasmUrl) };
  }

  function rest(): void {
    running?.worker.terminate();
    running = null;
  }

  /** What a worker does in time; null when it died or fell silent, and then it is thrown away. */
  async function inTime<T>(work: Promise<T>, worker: Worker): Promise<T | null> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silent = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), CALL_MS);
      worker.addEventListener('error', () => resolve(null), { once: true });
    });
    const result = await Promise.race([work.catch(() => null), silent]);
    clearTimeout(timer);
    if (result === null && running?.worker === worker) rest();
    return result;
  }

  async function inWorker(picture: ImageBitmap, thorough: boolean): Promise<Scanned> {
    const { worker, remote, ready } = (running ??= start());
    if ((await inTime(ready, worker)) !== true) {
      picture.close();
      rest();
      return { ok: false, why: 'unavailable' };
    }
    const texts = await inTime(remote.read(transfer(picture, [picture]), thorough), worker);
    return { ok: true, texts: texts ?? [] };
  }

  return {
    async read(picture, thorough) {
      const own = await (detector ??= nativeDetector());
      if (!own) return inWorker(picture, thorough);
      try {
        const found = await own.detect(picture);
        if (found.length > 0 || !thorough) {
          picture.close();
          return { ok: true, texts: found.map(({ rawValue }) => rawValue) };
        }
      } catch {
        detector = Promise.resolve(null);
      }
      return inWorker(picture, thorough);
    },
    rest,
  };
}
