/** Sends photos as docs/protocol.md says, byte by byte under a test's control. */
import * as v from 'valibot';
import { photoErrorResponse } from '#lib/protocol/photo-errors.ts';
import { PHOTO_STANDING, photoPath, uploadPath, type PhotoSize } from '#lib/protocol/photo.ts';
import type { Photo } from '#lib/domain/materials.ts';
import type { SamplePhoto } from './photo-files.ts';
import type { WireClient } from './wire-client.ts';

const TUS = { 'tus-resumable': '1.0.0' };
const BYTES = 'application/offset+octet-stream';
const b64 = (text: string): string => Buffer.from(text).toString('base64');

/** What an answer about an upload says. */
export interface Said {
  status: number;
  standing: string | null;
  offset: number | null;
  /** Code of the error. */
  error: string | null;
}

export async function said(response: Response): Promise<Said> {
  const offset = response.headers.get('upload-offset');
  const text = await response.text();
  return {
    status: response.status,
    standing: response.headers.get(PHOTO_STANDING),
    offset: offset === null ? null : Number(offset),
    error: text === '' ? null : v.parse(photoErrorResponse, JSON.parse(text)).error,
  };
}

/** A body that breaks off after these bytes, as a lost connection does: once they have been read. */
export function brokenBody(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    async pull(controller) {
      if (!sent) {
        sent = true;
        return controller.enqueue(new Uint8Array(bytes));
      }
      // the next turns of the event loop, as a later packet would come
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      controller.error(new Error('connection lost'));
    },
  });
}

export class PhotoSender {
  /** Every byte range that was acknowledged: [from, to). */
  readonly acknowledged: [number, number][] = [];
  readonly #client: WireClient;
  readonly #site: string;

  constructor(client: WireClient, site: string) {
    this.#client = client;
    this.#site = site;
  }

  /** @param brings its first bytes */
  begin(
    { sha256, size, type }: Photo,
    site = this.#site,
    brings: Uint8Array | ReadableStream<Uint8Array> | null = null,
    contentType = BYTES,
  ): Promise<Response> {
    const metadata = Object.entries({ site, sha256, type, filename: '../../CON' });
    const header = metadata.map(([key, value]) => `${key} ${b64(value)}`).join(',');
    const headers = {
      ...TUS,
      'upload-length': String(size),
      'upload-metadata': header,
      ...(brings === null ? {} : { 'content-type': contentType }),
      ...(brings instanceof Uint8Array ? { 'content-length': String(brings.length) } : {}),
    };
    const body = brings === null ? {} : ({ body: brings, duplex: 'half' } as RequestInit);
    return this.#client.call('/api/files', { method: 'POST', headers, ...body });
  }

  ask({ sha256 }: Photo, site = this.#site): Promise<Response> {
    return this.#client.call(uploadPath({ site, sha256 }), { method: 'HEAD', headers: TUS });
  }

  async patch(
    { sha256 }: Photo,
    offset: number,
    body: Uint8Array | ReadableStream<Uint8Array>,
    site = this.#site,
  ): Promise<Response> {
    const headers = {
      ...TUS,
      'upload-offset': String(offset),
      'content-type': BYTES,
      ...(body instanceof Uint8Array ? { 'content-length': String(body.length) } : {}),
    };
    const init = { method: 'PATCH', headers, body, duplex: 'half' } as RequestInit;
    const response = await this.#client.call(uploadPath({ site, sha256 }), init);
    const reached = Number(response.headers.get('upload-offset') ?? offset);
    if (response.ok) this.acknowledged.push([offset, reached]);
    return response;
  }

  /** Begins or resumes, and goes on until the office says what the whole is. */
  async send(photo: SamplePhoto, chunk = 48 * 1024): Promise<Said> {
    let last = await said(await this.begin(photo));
    while (last.standing === 'uploading') {
      const from = last.offset ?? 0;
      last = await said(await this.patch(photo, from, photo.bytes.subarray(from, from + chunk)));
    }
    return last;
  }

  look({ sha256 }: Photo, size: PhotoSize, headers: Record<string, string> = {}): Promise<Response> {
    return this.#client.call(photoPath({ site: this.#site, sha256 }, size), { headers });
  }
}
