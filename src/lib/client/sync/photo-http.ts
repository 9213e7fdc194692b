/**
 * The tus calls of the carrier over XMLHttpRequest, the only one that tells how many bytes have left. Only an answer that
 * carries the office's own header, or its own JSON, is the office speaking; everything else means offline.
 */
import type { Bytes } from '#lib/catalogue/hash.ts';
import {
  isPhotoRefusal,
  PHOTO_REASON,
  PHOTO_STANDING,
  uploadPath,
  type PhotoRefusal,
} from '#lib/protocol/photo.ts';
import type { PhotoTransport, SendOptions, Standing, Upload } from './photo-ports.ts';

interface Call extends SendOptions {
  method: 'HEAD' | 'POST' | 'PATCH';
  path: string;
  headers: Record<string, string>;
  body?: Bytes;
}

const ASK_MS = 20_000;
const TUS = { 'tus-resumable': '1.0.0' };
const BYTES = { 'content-type': 'application/offset+octet-stream' };

export function httpPhotoTransport(openSession: PhotoTransport['openSession']): PhotoTransport {
  const quick = { timeoutMs: ASK_MS };
  return {
    openSession,
    ask: (upload, signal) =>
      call({ method: 'HEAD', path: uploadPath(upload), headers: TUS, ...quick, signal }),
    begin: (upload, signal) =>
      call({ method: 'POST', path: '/api/files', headers: creation(upload), ...quick, signal }),
    beginWith: (upload, body, options) =>
      call({
        method: 'POST',
        path: '/api/files',
        headers: { ...creation(upload), ...BYTES },
        body,
        ...options,
      }),
    send: (upload, offset, body, options) =>
      call({
        method: 'PATCH',
        path: uploadPath(upload),
        headers: { ...TUS, ...BYTES, 'upload-offset': String(offset) },
        body,
        ...options,
      }),
  };
}

const creation = ({ site, sha256, type, size }: Upload): Record<string, string> => ({
  ...TUS,
  'upload-length': String(size),
  'upload-metadata': Object.entries({ site, sha256, type })
    .map(([key, value]) => `${key} ${btoa(value)}`)
    .join(','),
});

/** One request; never rejects. `timeoutMs` is the longest silence. */
function call({ method, path, headers, body, timeoutMs, signal, onProgress }: Call): Promise<Standing> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ is: 'offline' });
    const xhr = new XMLHttpRequest();
    let silent = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => xhr.abort();
    const listen = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        silent = true;
        stop();
      }, timeoutMs);
    };
    const end = (standing: Standing): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve(standing);
    };
    xhr.open(method, path);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = ({ loaded }) => {
      listen();
      onProgress?.(loaded);
    };
    xhr.onload = () => end(standingOf(xhr));
    xhr.onerror = () => end({ is: 'offline' });
    xhr.onabort = () => end({ is: silent ? 'timeout' : 'offline' });
    signal.addEventListener('abort', stop, { once: true });
    listen();
    xhr.send(body ?? null);
  });
}

function standingOf(xhr: XMLHttpRequest): Standing {
  const { status } = xhr;
  const said = xhr.getResponseHeader(PHOTO_STANDING);
  const offset = Number(xhr.getResponseHeader('upload-offset') ?? NaN);
  if (said === 'verified') return { is: 'held' };
  if (said === 'rejected') return { is: 'refused', why: reasonOf(xhr) };
  if (said === 'uploading' && Number.isSafeInteger(offset)) return { is: 'at', offset };
  if (status === 401) return { is: 'noSession' };
  const seconds = Number(xhr.getResponseHeader('retry-after') ?? NaN);
  const afterMs = seconds > 0 ? seconds * 1000 : null;
  if (status === 423 || status === 429 || status >= 500) return { is: 'busy', afterMs };
  // 409: another tab, or an answer that was lost, has moved it: asked again after a moment
  if (status === 409) return { is: 'busy', afterMs: null };
  if (status === 404 || status === 410) return isOurs(xhr) ? { is: 'unknown' } : { is: 'offline' };
  return status >= 400 && isOurs(xhr) ? { is: 'rejected', status } : { is: 'offline' };
}

/** A HEAD has no body: there the header of tus is what a captive portal lacks. */
const isOurs = (xhr: XMLHttpRequest): boolean =>
  xhr.getResponseHeader('tus-resumable') !== null ||
  (xhr.getResponseHeader('content-type') ?? '').startsWith('application/json');

function reasonOf(xhr: XMLHttpRequest): PhotoRefusal {
  const reason = xhr.getResponseHeader(PHOTO_REASON) ?? '';
  return isPhotoRefusal(reason) ? reason : 'notPicture';
}
