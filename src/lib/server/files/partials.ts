/**
 * Unfinished uploads on the local disk. Bytes are written at their place, never appended: two writers of one file put
 * the same bytes into the same place, and who is right about the offset is decided by the database (photo-rows.ts).
 * A write resolves once a power cut cannot take it back.
 */
import { constants } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { flushFolder, isAbsent, makeFolder } from './durable.ts';

export class Partials {
  readonly #folder: string;

  /** @param folder an absolute path; made when the first bytes come */
  constructor(folder: string) {
    this.#folder = folder;
  }

  place(name: string): string {
    return join(this.#folder, name.slice(0, 2), name);
  }

  async write(name: string, offset: number, bytes: Uint8Array): Promise<void> {
    const place = this.place(name);
    await makeFolder(dirname(place));
    const handle = await open(place, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done);
        done += bytesWritten;
      }
      await handle.datasync();
    } finally {
      await handle.close();
    }
    if (offset === 0) await flushFolder(dirname(place));
  }

  /** Bytes that lie there, acknowledged or not. */
  async size(name: string): Promise<number> {
    try {
      return (await stat(this.place(name))).size;
    } catch (error) {
      if (isAbsent(error)) return 0;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.place(name), { force: true });
  }
}
