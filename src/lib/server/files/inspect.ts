/** Judges a whole file by its content: what it is, whether it is whole, whether it is safe to decode. */
import type { Photo } from '#lib/domain/materials.ts';
import type { PhotoRefusal } from '#lib/protocol/photo.ts';
import { isEncryptedPdf, isWholePdf } from './pdf.ts';
import { isTooLarge, pixelsOf, shrink } from './picture.ts';
import { sniff } from './sniff.ts';

export type Inspection =
  | { ok: true; width: number; height: number; thumb: Buffer }
  | { ok: true; width: null; height: null; thumb: null }
  | { ok: false; reason: PhotoRefusal };

const refused = (reason: PhotoRefusal): Inspection => ({ ok: false, reason });

/** @param type as claimed */
export async function inspect(bytes: Buffer, type: Photo['type']): Promise<Inspection> {
  const found = sniff(bytes);
  if (found === null) return refused('notPicture');
  if (found !== type) return refused('wrongType');
  if (found === 'pdf') {
    if (!isWholePdf(bytes)) return refused('truncated');
    if (isEncryptedPdf(bytes)) return refused('encryptedPdf');
    return { ok: true, width: null, height: null, thumb: null };
  }
  const pixels = await pixelsOf(bytes);
  if (pixels === null) return refused('truncated');
  if (isTooLarge(pixels)) return refused('tooManyPixels');
  // decoding it to its end is what proves it whole
  const thumb = await shrink(bytes, 'thumb');
  return thumb === null ? refused('truncated') : { ok: true, ...pixels, thumb };
}
