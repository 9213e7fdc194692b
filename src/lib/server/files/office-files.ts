/**
 * The office's files: unfinished uploads, verified photos and what was made of them, under DATA_DIR/files. Names are
 * made from the key, never taken from a client. Several processes may share the folder.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DiskStorage } from './disk-storage.ts';
import { isAbsent, makeFolder } from './durable.ts';
import { Partials } from './partials.ts';
import type { PhotoKey } from './photo-rows.ts';
import type { PhotoStorage } from './storage.ts';
import { UploadLocks } from './upload-locks.ts';

/** The name of a photo's files; a size is added for what was made of it. */
export const nameOf = ({ site, sha256 }: PhotoKey): string =>
  createHash('sha256').update(`${site}/${sha256}`).digest('hex');

/** A file of its own that nobody else has open: what is checked is what is kept. */
export interface CheckedCopy {
  file: string;
  sha256: string;
  /** Whether it was made of the stored file, because no upload lies there. */
  wasStored: boolean;
}

export interface FilesOptions {
  /** Milliseconds that a request has to hand over to a newer one; how long the newer one waits. */
  drainMs?: number;
  waitMs?: number;
  /** Bytes of the disk that stay free: the database needs room more than photos do. */
  reserve?: number;
}

/** Hours after which a file that a dead process left behind is removed. */
const LEFT_BEHIND_HOURS = 6;

export class OfficeFiles {
  readonly folder: string;
  readonly partials: Partials;
  readonly storage: PhotoStorage;
  readonly locks: UploadLocks;
  readonly drainMs: number;
  /** Checks of whole files underway in this process, by name. */
  readonly checks = new Map<string, Promise<void>>();
  readonly #reserve: number;

  constructor(folder: string, { drainMs = 1_000, waitMs = 10_000, reserve = 2 ** 29 }: FilesOptions = {}) {
    this.folder = resolve(folder);
    this.partials = new Partials(join(this.folder, 'partial'));
    this.storage = new DiskStorage(join(this.folder, 'kept'));
    this.locks = new UploadLocks(waitMs);
    this.drainMs = drainMs;
    this.#reserve = reserve;
  }

  get #workshop(): string {
    return join(this.folder, 'workshop');
  }

  async hasRoomFor(bytes: number): Promise<boolean> {
    await makeFolder(this.folder);
    const { bavail, bsize } = await statfs(this.folder);
    return bavail * bsize - bytes > this.#reserve;
  }

  /** A flushed file with these bytes, for PhotoStorage.put or for removal. */
  async draft(bytes: Uint8Array): Promise<string> {
    const file = await this.#newFile();
    await writeFile(file, bytes, { flag: 'wx', mode: 0o600, flush: true });
    return file;
  }

  /** The first `size` bytes of the upload, else of the stored file; null when neither is there in full. */
  async copyForCheck(name: string, size: number): Promise<CheckedCopy | null> {
    if ((await this.partials.size(name)) >= size) {
      const source = createReadStream(this.partials.place(name), { end: size - 1 });
      try {
        return { ...(await this.#copy(source)), wasStored: false };
      } catch (error) {
        // another process has checked it, and put it away meanwhile
        if (!isAbsent(error)) throw error;
      }
    }
    const stored = await this.storage.open(name);
    if (stored?.size === size) return { ...(await this.#copy(stored.bytes)), wasStored: true };
    stored?.bytes.destroy();
    return null;
  }

  async #copy(source: Readable): Promise<Pick<CheckedCopy, 'file' | 'sha256'>> {
    const file = await this.#newFile();
    const hash = createHash('sha256');
    async function* hashing(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    }
    const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
    try {
      await pipeline(source, hashing, target);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    return { file, sha256: hash.digest('hex') };
  }

  async #newFile(): Promise<string> {
    await makeFolder(this.#workshop);
    return join(this.#workshop, randomUUID());
  }

  /** Removes what killed processes left in the workshop. File times are the machine's, whatever the office's clock says. */
  async tidy(): Promise<void> {
    const oldest = Date.now() - LEFT_BEHIND_HOURS * 3_600_000;
    const files = await readdir(this.#workshop).catch((error: unknown) => {
      if (isAbsent(error)) return [];
      throw error;
    });
    for (const file of files) {
      const place = join(this.#workshop, file);
      const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: Infinity }));
      if (mtimeMs < oldest) await rm(place, { force: true });
    }
  }
}
