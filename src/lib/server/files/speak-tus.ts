/**
 * One request of tus, once it is known who asks and for what. @tus/server does the protocol; what it says is put into
 * the office's words: errors as JSON, no headers for other origins, how the photo stands.
 */
import { ERRORS, Server, TUS_RESUMABLE } from '@tus/server';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import type { PhotoErrorCode } from '#lib/protocol/photo-errors.ts';
import { PHOTO_STANDING, uploadPath, type PhotoStanding } from '#lib/protocol/photo.ts';
import type { Office } from '../office.ts';
import type { Claim, PhotoKey } from './photo-rows.ts';
import { standingOf, type Standing } from './standing.ts';
import { uploadError, uploadErrorAnswer } from './upload-answers.ts';
import { PhotoRefused, UploadStore } from './upload-store.ts';

/** @param claim of a request that begins an upload, and has no body here (begin-upload.ts) */
export async function speakTus(
  office: Office,
  request: Request,
  key: PhotoKey,
  claim: Claim | null,
): Promise<Response> {
  const id = `${key.site}/${key.sha256}`;
  const datastore = new UploadStore(office, key, claim);
  const failure: { code: ErrorCode | PhotoErrorCode; unexpected?: unknown } = { code: 'malformed' };
  const tus = new Server({
    path: '/api/files',
    datastore,
    locker: office.files.locks,
    lockDrainTimeout: office.files.drainMs,
    allowedOrigins: () => false,
    namingFunction: () => id,
    getFileIdFromRequest: () => id,
    generateUrl: () => uploadPath(key),
    async onUploadFinish() {
      // a last byte is acknowledged with what the whole is
      const standing = await standingOf(office, key);
      if (standing.is === 'rejected') throw new PhotoRefused(standing.reason);
      if (standing.is !== 'verified') throw ERRORS.INVALID_OFFSET;
      datastore.isVerified = true;
      return {};
    },
    onResponseError(_, error) {
      const code = uploadError(error);
      if (code) failure.code = code;
      else failure.unexpected = error;
      return undefined;
    },
  });
  const said = await tus.handleWeb(request);
  if (failure.unexpected !== undefined) throw failure.unexpected;
  if (said.status >= 400) return uploadErrorAnswer(failure.code, request.method === 'HEAD');
  return claim ? begun(office, key, datastore) : progress(said, datastore);
}

const offsetOf = (standing: Standing): number =>
  standing.is === 'verified' ? standing.size : standing.is === 'uploading' ? standing.received : 0;

const answer = (status: number, standing: PhotoStanding, headers: Record<string, string>): Response =>
  new Response(null, {
    status,
    headers: {
      'tus-resumable': TUS_RESUMABLE,
      'cache-control': 'no-store',
      [PHOTO_STANDING]: standing,
      ...headers,
    },
  });

/** 201 for a new upload, 200 for one that is underway or here; either way from which byte to go on. */
async function begun(office: Office, key: PhotoKey, { began }: UploadStore): Promise<Response> {
  const standing = await standingOf(office, key);
  if (standing.is === 'rejected') return uploadErrorAnswer(standing.reason);
  return answer(began ? 201 : 200, standing.is === 'verified' ? 'verified' : 'uploading', {
    location: uploadPath(key),
    'upload-offset': String(offsetOf(standing)),
  });
}

function progress({ status, headers }: Response, { isVerified }: UploadStore): Response {
  const told = ['upload-offset', 'upload-length'].flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return answer(status, isVerified ? 'verified' : 'uploading', Object.fromEntries(told));
}
