/** What people are told of a photo that the office does not take, each with a way out. A worker needs none of it. */
import * as v from 'valibot';
import { ERRORS, type ErrorCode } from './errors.ts';
import type { PhotoRefusal } from './photo.ts';
import { count } from './primitives.ts';

export const PHOTO_REFUSAL_TEXTS: Readonly<Record<PhotoRefusal, string>> = {
  notPicture: '这个文件不是照片，也不是 PDF，打不开；请重新拍照，或选 JPG、PNG、WebP、PDF 文件',
  truncated: '这张照片不完整或已损坏，打不开；请重拍，或重新选文件',
  tooManyPixels: '这张照片的尺寸太大，处理不了；请用本机拍照，或缩小后再选',
  encryptedPdf: '这个 PDF 加了密码，打不开；请去掉密码后再选，或打印出来拍照',
  wrongHash: '这张照片送到时与拍照时不一样，可能是传送中出了错；请再送一次，还不行就重拍',
  wrongSize: '这张照片送到的大小与登记的不一样；请重拍，或重新选文件',
  wrongType: '这个文件的格式与登记的不一样；请重拍，或重新选文件',
  tooBig: '这个文件太大：照片最大 8 MB，PDF 最大 30 MB；请缩小后再选',
};

/** Errors of these doors beside those of errors.ts, in the same shape. */
export const PHOTO_ERRORS = {
  wrongOffset: { status: 409, text: '续传的位置对不上，本机会问过位置再送' },
  busy: { status: 423, text: '这张照片正在接收或检查，请稍后再送' },
  ...(Object.fromEntries(
    Object.entries(PHOTO_REFUSAL_TEXTS).map(([code, text]) => [code, { status: 422, text }]),
  ) as Record<PhotoRefusal, { status: 422; text: string }>),
} as const;
export type PhotoErrorCode = keyof typeof PHOTO_ERRORS;

export const photoErrorResponse = v.strictObject({
  error: v.picklist([...Object.keys(ERRORS), ...Object.keys(PHOTO_ERRORS)] as (ErrorCode | PhotoErrorCode)[]),
  text: v.string(),
  retryAfterSeconds: v.exactOptional(count),
});
