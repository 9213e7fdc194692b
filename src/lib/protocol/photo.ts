/**
 * Photos and documents (照片和附件) on the wire: tus at api/files, keyed by the application's site and the SHA-256 of the
 * bytes, so that a client never needs an address that it was given; pictures to look at from api/photos. What the office
 * finds wrong with a file is a closed list with words for people (docs/protocol.md, Photos; invariant I13).
 */
import * as v from 'valibot';
import type { Photo } from '#lib/domain/materials.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import { count } from './primitives.ts';

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

/** What is wrong with a file. Only `wrongHash` may go away by sending the same bytes again. */
export const PHOTO_REFUSALS = {
  notPicture: '这个文件不是照片，也不是 PDF，打不开；请重新拍照，或选 JPG、PNG、WebP、PDF 文件',
  truncated: '这张照片不完整或已损坏，打不开；请重拍，或重新选文件',
  tooManyPixels: '这张照片的尺寸太大，处理不了；请用本机拍照，或缩小后再选',
  encryptedPdf: '这个 PDF 加了密码，打不开；请去掉密码后再选，或打印出来拍照',
  wrongHash: '这张照片送到时与拍照时不一样，可能是传送中出了错；请再送一次，还不行就重拍',
  wrongSize: '这张照片送到的大小与登记的不一样；请重拍，或重新选文件',
  wrongType: '这个文件的格式与登记的不一样；请重拍，或重新选文件',
  tooBig: '这个文件太大：照片最大 8 MB，PDF 最大 30 MB；请缩小后再选',
} as const;
export type PhotoRefusal = keyof typeof PHOTO_REFUSALS;

/** Errors of these doors beside those of errors.ts, in the same shape. */
export const PHOTO_ERRORS = {
  wrongOffset: { status: 409, text: '续传的位置对不上，本机会问过位置再送' },
  busy: { status: 423, text: '这张照片正在接收或检查，请稍后再送' },
  ...(Object.fromEntries(
    Object.entries(PHOTO_REFUSALS).map(([code, text]) => [code, { status: 422, text }]),
  ) as Record<PhotoRefusal, { status: 422; text: string }>),
} as const;
export type PhotoErrorCode = keyof typeof PHOTO_ERRORS;

export const photoErrorResponse = v.strictObject({
  error: v.picklist([...Object.keys(ERRORS), ...Object.keys(PHOTO_ERRORS)] as (ErrorCode | PhotoErrorCode)[]),
  text: v.string(),
  retryAfterSeconds: v.exactOptional(count),
});

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
