/** Errors of the photos' doors as the JSON of the protocol, whatever tus or the disk says. */
import { ERRORS as TUS, TUS_RESUMABLE } from '@tus/server';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import { PHOTO_ERRORS, type PhotoErrorCode } from '#lib/protocol/photo-errors.ts';
import { isPhotoRefusal, PHOTO_REASON, PHOTO_STANDING } from '#lib/protocol/photo.ts';
import { errorAnswer } from '../http/answers.ts';
import { UploadBusy } from './upload-locks.ts';
import { NoRoom, PhotoRefused } from './upload-store.ts';

/** Seconds after which a busy upload, or a full disk, is worth another try. */
const AGAIN: Partial<Record<ErrorCode | PhotoErrorCode, number>> = { busy: 2, notReady: 600 };

/** null: not expected, a fault of ours. */
export function uploadError(error: unknown): ErrorCode | PhotoErrorCode | null {
  if (error instanceof PhotoRefused) return error.reason;
  if (error instanceof UploadBusy || error === TUS.ABORTED) return 'busy';
  if (error instanceof NoRoom) return 'notReady';
  if (error === TUS.INVALID_OFFSET) return 'wrongOffset';
  if (error === TUS.FILE_NOT_FOUND) return 'notFound';
  // more bytes than were claimed
  const { status_code: status } = error as { status_code?: unknown };
  if (status === TUS.ERR_SIZE_EXCEEDED.status_code) return 'wrongSize';
  // headers that tus does not know, or extensions that are not offered (501)
  return [400, 403, 412, 501].includes(Number(status)) ? 'malformed' : null;
}

/** @param headOnly a HEAD has no body: status and headers must do */
export function uploadErrorAnswer(code: ErrorCode | PhotoErrorCode, headOnly = false): Response {
  const { status, body, headers } = isPhotoError(code) ? photoError(code) : errorAnswer(code, AGAIN[code]);
  const all = new Headers(headers);
  // what tells the office from a captive portal
  all.set('tus-resumable', TUS_RESUMABLE);
  return new Response(headOnly ? null : body, { status, headers: all });
}

const isPhotoError = (code: string): code is PhotoErrorCode => code in PHOTO_ERRORS;

function photoError(code: PhotoErrorCode): Response {
  const { status, text } = PHOTO_ERRORS[code];
  const seconds = AGAIN[code];
  const wait = seconds === undefined ? {} : { retryAfterSeconds: seconds };
  return new Response(JSON.stringify({ error: code, text, ...wait }), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
      ...(isPhotoRefusal(code) ? { [PHOTO_STANDING]: 'rejected', [PHOTO_REASON]: code } : {}),
    },
  });
}
