/** The scan worker: pictures in, texts of codes out. It knows nothing of receipts, keeps nothing and asks nobody. */
import { expose } from 'comlink';
import { codesIn, prepare } from './decode.ts';

export interface ScanWorkerApi {
  /** Fetches the program. False when it cannot be had: no network, and not kept here yet. */
  prepare(wasmUrl: string): Promise<boolean>;
  /** The picture is closed afterwards. */
  read(picture: ImageBitmap, thorough: boolean): Promise<string[]>;
}

const api: ScanWorkerApi = {
  prepare: (wasmUrl) =>
    prepare(wasmUrl).then(
      () => true,
      () => false,
    ),
  read: (picture, thorough) => codesIn(picture, thorough).finally(() => picture.close()),
};

expose(api);
