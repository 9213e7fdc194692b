/** PhotoStorage in folders: two levels of 256, so that a city's photos of years stay quick to find. */
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent, moveInto } from './durable.ts';
import type { PhotoStorage, StoredFile } from './storage.ts';

export class DiskStorage implements PhotoStorage {
  readonly #folder: string;

  /** @param folder an absolute path; made when the first file comes */
  constructor(folder: string) {
    this.#folder = folder;
  }

  #place(name: string): string {
    return join(this.#folder, name.slice(0, 2), name.slice(2, 4), name);
  }

  put(name: string, file: string): Promise<void> {
    return moveInto(this.#place(name), file);
  }

  async size(name: string): Promise<number | null> {
    try {
      return (await stat(this.#place(name))).size;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  async open(name: string): Promise<StoredFile | null> {
    try {
      const handle = await open(this.#place(name), 'r');
      const { size } = await handle.stat();
      return { size, bytes: handle.createReadStream() };
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.#place(name), { force: true });
  }
}
