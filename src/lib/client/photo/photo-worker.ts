/**
 * The photo worker: takes a file, tells what is wrong with it, or makes of it what is kept and sent. It holds the last
 * decoded picture, so that setting corners and turning do not decode again. No network, no storage.
 */
import { expose, transfer } from 'comlink';
import { sha256Hex } from '#lib/catalogue/hash.ts';
import { isSideways } from './exif.ts';
import { decodeUpright } from './decode.ts';
import { MOST_PDF_BYTES, pdfTrouble } from './pdf.ts';
import { isTooLarge, readHeader } from './picture-header.ts';
import type { How, LookedAt, PhotoWorkerApi, Prepared, Refused } from './prepared.ts';
import { previewOf, shrink } from './shrink.ts';
import { sniff, SNIFF_BYTES } from './sniff.ts';

/** Bytes of a picture, before it is shrunk: 50 megapixels of noise as PNG. */
const MOST_PICTURE_BYTES = 100 * 1024 * 1024;

type Taken =
  | { ok: true; is: 'pdf'; bytes: Uint8Array<ArrayBuffer> }
  | { ok: true; is: 'picture'; picture: OffscreenCanvas };

let held: { key: number; taken: Taken } | null = null;

const refused = (why: Refused['why'], found = ''): Refused => ({ ok: false, why, found });
const mb = (bytes: number): string => `${Math.ceil(bytes / (1024 * 1024))} MB`;

async function take(key: number, file: Blob): Promise<Taken | Refused> {
  if (held?.key === key) return held.taken;
  // the one before is let go first: two pictures at once are too many for a small tablet
  held = null;
  const taken = await read(file);
  if (taken.ok) held = { key, taken };
  return taken;
}

async function read(file: Blob): Promise<Taken | Refused> {
  if (file.size === 0) return refused('empty');
  let sniffed;
  let bytes;
  try {
    sniffed = sniff(new Uint8Array(await file.slice(0, SNIFF_BYTES).arrayBuffer()));
    if (sniffed.is === 'other') return refused('notPicture', sniffed.found);
    if (sniffed.is === 'heic') return refused('heic');
    const most = sniffed.is === 'pdf' ? MOST_PDF_BYTES : MOST_PICTURE_BYTES;
    if (file.size > most) return refused('tooLarge', mb(file.size));
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return refused('unreadable');
  }
  if (sniffed.is === 'pdf') {
    const trouble = pdfTrouble(bytes);
    return trouble ? refused(trouble, mb(file.size)) : { ok: true, is: 'pdf', bytes };
  }
  const header = readHeader(sniffed.is, bytes);
  if (!header.ok) return refused(header.why);
  const { width, height, orientation } = header.header;
  if (isTooLarge(header.header)) {
    const [across, down] = isSideways(orientation) ? [height, width] : [width, height];
    return refused('tooManyPixels', `${across} × ${down} 像素`);
  }
  try {
    return { ok: true, is: 'picture', picture: await decodeUpright(file, sniffed.is, header.header) };
  } catch {
    return refused('undecodable');
  }
}

async function pdfPrepared(bytes: Uint8Array<ArrayBuffer>): Promise<Prepared> {
  const photo = { sha256: await sha256Hex(bytes), size: bytes.length, type: 'pdf' } as const;
  // a copy travels: what is held stays whole
  return { ok: true, photo, bytes: bytes.slice(), thumb: null, width: 0, height: 0, clarity: null };
}

const api: PhotoWorkerApi = {
  async lookAt(key: number, file: Blob): Promise<LookedAt | Refused> {
    const taken = await take(key, file);
    if (!taken.ok) return taken;
    return taken.is === 'pdf' ? { ok: true, preview: null } : previewOf(taken.picture);
  },
  async preparePicture(key: number, file: Blob, how: How): Promise<Prepared | Refused> {
    const taken = await take(key, file);
    if (!taken.ok) return taken;
    const prepared = taken.is === 'pdf' ? await pdfPrepared(taken.bytes) : await shrink(taken.picture, how);
    return transfer(prepared, [prepared.bytes.buffer, ...(prepared.thumb ? [prepared.thumb.buffer] : [])]);
  },
};

expose(api);
