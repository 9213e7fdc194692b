/** brotli-11, spent once when a release is published; the browser unpacks it (`Content-Encoding: br`). */
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Bytes } from '../hash.ts';

const compress = promisify(brotliCompress);

/** Packs off the main thread. Quality 11 unless there is a reason to hurry, text mode, size known in advance. */
export async function packBrotli(raw: Bytes, quality: number = constants.BROTLI_MAX_QUALITY): Promise<Bytes> {
  const packed = await compress(raw, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
    },
  });
  return new Uint8Array(packed);
}
