/** brotli-11, spent once when a release is published; the browser unpacks it (`Content-Encoding: br`). */
import { constants, createBrotliCompress } from 'node:zlib';
import type { Bytes } from '../hash.ts';

interface Packing {
  /** 11 unless there is a reason to hurry. */
  quality?: number;
  /** Whoever has what these first bytes were packed to can read them, before the rest has come. */
  open?: number;
}

/** Packs off the main thread, in text mode, size known in advance. */
export async function packBrotli(
  raw: Bytes,
  { quality = constants.BROTLI_MAX_QUALITY, open = 0 }: Packing = {},
): Promise<Bytes> {
  const stream = createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
    },
  });
  if (open > 0) {
    stream.write(raw.subarray(0, open));
    stream.flush(constants.BROTLI_OPERATION_FLUSH);
  }
  stream.end(raw.subarray(open));
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}
