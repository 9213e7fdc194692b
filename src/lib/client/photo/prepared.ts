/** What goes into the photo worker and what comes out of it: types only, so that a page does not load the worker's code. */
import type { Photo } from '#lib/domain/materials.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import type { Clarity } from './clarity.ts';
import type { Size } from './corners.ts';
import type { Quad } from './homography.ts';
import type { PhotoTrouble } from './refusals.ts';
import type { Target } from './targets.ts';

export interface Refused {
  ok: false;
  why: PhotoTrouble;
  /** What it really is, in words: 网页, 8000 × 9000 像素, 32 MB. Empty where `why` says it all. */
  found: string;
}

/** A file that can be taken. `preview`: upright and small, to set the corners on; null for a PDF, which has none. */
export interface LookedAt {
  ok: true;
  preview: (Size & { picture: Blob }) | null;
}

export interface How {
  target: Target;
  /** The sheet in the upright picture; the whole picture when left out. */
  corners?: Quad | undefined;
  /** Clockwise, after straightening. */
  quarterTurns: number;
}

/** Ready to be kept and sent. `thumb`, `clarity`: null for a PDF, whose bytes are untouched. */
export interface Prepared extends Size {
  ok: true;
  photo: Photo;
  bytes: Bytes;
  /** JPEG of at most 240 pixels. */
  thumb: Bytes | null;
  clarity: Clarity | null;
}

/** `key`: the page's number for this file. A worker that still holds the picture of that number does not decode it again. */
export interface PhotoWorkerApi {
  lookAt(key: number, file: Blob): Promise<LookedAt | Refused>;
  preparePicture(key: number, file: Blob, how: How): Promise<Prepared | Refused>;
}
