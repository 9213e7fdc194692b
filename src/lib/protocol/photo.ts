/**
 * Photos and documents (照片和附件) on the wire: tus at api/files, keyed by the application's site and the SHA-256 of the
 * bytes, so that a client never needs an address that it was given; pictures to look at from api/photos. What the office
 * finds wrong with a file is a closed list (docs/protocol.md, Photos; invariant I13).
 */
import type { Photo } from '#lib/domain/materials.ts';

const MB = 1024 * 1024;

/** docs/protocol.md prints them from here. */
export const PHOTO_LIMITS = {
  /** Bytes of a picture. */
  picture: 8 * MB,
  /** Bytes of a PDF. */
  document: 30 * MB,
  /** Bytes in one PATCH; 48 KB to 256 KB suit poor links. */
  chunk: MB,
  /** Pixels of a picture. */
  pixels: 50_000_000,
  /** Pixels of a picture's longer side. */
  side: 20_000,
  /** Days that an unfinished or refused upload is remembered without a call. */
  days: 14,
} as const;

export const sizeLimit = (type: Photo['type']): number =>
  type === 'pdf' ? PHOTO_LIMITS.document : PHOTO_LIMITS.picture;

/** What is wrong with a file; the sentences are in photo-errors.ts. Only `wrongHash` may go away by sending the same bytes again. */
export const PHOTO_REFUSALS = [
  'notPicture',
  'truncated',
  'tooManyPixels',
  'encryptedPdf',
  'wrongHash',
  'wrongSize',
  'wrongType',
  'tooBig',
] as const;
export type PhotoRefusal = (typeof PHOTO_REFUSALS)[number];
export const isPhotoRefusal = (code: string): code is PhotoRefusal =>
  (PHOTO_REFUSALS as readonly string[]).includes(code);

/** Header of every answer about an upload: how it stands. */
export const PHOTO_STANDING = 'jinban-photo';
/** Beside `rejected`: the PhotoRefusal. A HEAD has no body to say it in. */
export const PHOTO_REASON = 'jinban-reason';
export type PhotoStanding = 'uploading' | 'verified' | 'rejected';

/** In how large a size a photo is shown. A PDF has `original` alone. */
export const PHOTO_SIZES = ['thumb', 'view', 'original'] as const;
export type PhotoSize = (typeof PHOTO_SIZES)[number];

/** Where an upload lives. */
export const uploadPath = ({ site, sha256 }: { site: string; sha256: string }): string =>
  `/api/files/${site}/${sha256}`;
/** Where a verified photo is looked at. */
export const photoPath = (key: { site: string; sha256: string }, size: PhotoSize): string =>
  `/api/photos/${key.site}/${key.sha256}/${size}`;
