/**
 * Where verified photos stay, whole and unchanging, under names that the office makes. A disk by default; an object
 * store fits the same four words. Unfinished uploads are not its business: they lie on a local disk (partials.ts).
 */
import type { Readable } from 'node:stream';

export interface StoredFile {
  size: number;
  bytes: Readable;
}

export interface PhotoStorage {
  /** Takes a flushed local file over, in place of what has the name. Once it resolves a power cut loses nothing. */
  put(name: string, file: string): Promise<void>;
  /** Bytes; null when there is no such file. */
  size(name: string): Promise<number | null>;
  /** The caller reads the bytes to their end or destroys them. */
  open(name: string): Promise<StoredFile | null>;
  remove(name: string): Promise<void>;
}
