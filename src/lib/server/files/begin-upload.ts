/**
 * A photo begins with a POST, which may bring its first bytes (tus, creation-with-upload), as a round trip on a village's
 * line is 10 KB. They are taken as a PATCH from byte 0 takes them, and only where nothing is there yet: an upload that is
 * underway or here stays as it is, and the answer says from which byte to go on.
 */
import { PHOTO_STANDING, uploadPath } from '#lib/protocol/photo.ts';
import type { Office } from '../office.ts';
import type { Claim, PhotoKey } from './photo-rows.ts';
import { speakTus } from './speak-tus.ts';

const BYTES = 'application/offset+octet-stream';

export async function beginUpload(office: Office, request: Request, claim: Claim): Promise<Response> {
  const key = { site: claim.site, sha256: claim.sha256 };
  const begun = await speakTus(office, withoutBody(request), key, claim);
  const empty =
    begun.headers.get(PHOTO_STANDING) === 'uploading' && begun.headers.get('upload-offset') === '0';
  if (!begun.ok || !empty || request.body === null || request.headers.get('content-type') !== BYTES) {
    return begun;
  }
  const taken = await speakTus(office, asPatch(request, key), key, null);
  if (!taken.ok) return taken;
  for (const name of ['upload-offset', PHOTO_STANDING]) {
    const value = taken.headers.get(name);
    if (value !== null) begun.headers.set(name, value);
  }
  return begun;
}

function withoutBody({ url, headers }: Request): Request {
  const kept = new Headers(headers);
  for (const name of ['content-type', 'content-length', 'transfer-encoding']) kept.delete(name);
  return new Request(url, { method: 'POST', headers: kept });
}

function asPatch({ url, headers, body, signal }: Request, key: PhotoKey): Request {
  const kept = new Headers(headers);
  for (const name of ['upload-length', 'upload-metadata']) kept.delete(name);
  kept.set('upload-offset', '0');
  const init = { method: 'PATCH', headers: kept, body, signal, duplex: 'half' } as RequestInit;
  return new Request(new URL(uploadPath(key), url), init);
}
