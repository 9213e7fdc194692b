/**
 * Pictures to look at: from this device where it has them, else from the office, in the size asked for. Nothing is kept
 * beyond the page that shows them: addresses are blobs, given back by `release` (personal data, no cache).
 */
import type { Photo } from '#lib/domain/materials.ts';
import { photoPath, type PhotoSize } from '#lib/protocol/photo.ts';
import { readDevice } from '../store/device.ts';
import { readPhoto, readThumb } from '../store/photos.ts';
import { browserHttp, type HttpReply } from '../sync/http.ts';
import { openSession } from '../sync/session.ts';
import { openedStore } from './opened-store.ts';

/** `underway`: not at the office yet. `offline`: it is only there. `missing`: this device may not see it, or it is gone. */
export type Shown = { ok: true; url: string } | { ok: false; why: 'underway' | 'offline' | 'missing' };

const SILENCE_MS = 60_000;
const http = browserHttp();

export class PhotoSource {
  readonly #urls = new Map<string, Promise<Shown>>();
  #released = false;

  /** `site`: of the application. `held`: the office holds it. The same picture is fetched once. */
  show(site: string, photo: Photo, size: PhotoSize, held: boolean): Promise<Shown> {
    const key = `${photo.sha256}/${size}`;
    const known = this.#urls.get(key);
    if (known) return known;
    const shown = this.#find(site, photo, size, held);
    this.#urls.set(key, shown);
    // a failure is tried again when it is asked for again
    void shown.then((result) => result.ok || this.#urls.delete(key));
    return shown;
  }

  release(): void {
    this.#released = true;
    for (const shown of this.#urls.values()) void shown.then((it) => it.ok && URL.revokeObjectURL(it.url));
    this.#urls.clear();
  }

  async #find(site: string, photo: Photo, size: PhotoSize, held: boolean): Promise<Shown> {
    const store = await openedStore();
    const own =
      size === 'thumb' ? await readThumb(store, photo.sha256) : await readPhoto(store, photo.sha256);
    if (own !== null) return this.#address(own, size === 'thumb' ? 'image/jpeg' : typeOf(photo));
    if (!held) return { ok: false, why: 'underway' };
    const reply = await this.#ask(photoPath({ site, sha256: photo.sha256 }, size));
    if (reply.is === 'ok') {
      return this.#address(reply.bytes, size === 'original' ? typeOf(photo) : 'image/webp');
    }
    return { ok: false, why: reply.is === 'error' && reply.status === 404 ? 'missing' : 'offline' };
  }

  async #ask(path: string): Promise<HttpReply> {
    const get = () => http({ method: 'GET', path, fresh: true, timeoutMs: SILENCE_MS });
    const first = await get();
    if (first.is !== 'error' || first.status !== 401) return first;
    const device = await readDevice(await openedStore());
    return (await openSession(http, device)).is === 'open' ? get() : first;
  }

  #address(bytes: Uint8Array<ArrayBuffer>, type: string): Shown {
    if (this.#released) return { ok: false, why: 'missing' };
    return { ok: true, url: URL.createObjectURL(new Blob([bytes], { type })) };
  }
}

const typeOf = ({ type }: Photo): string => (type === 'pdf' ? 'application/pdf' : `image/${type}`);
