/**
 * The office's uploads as tus knows them (DataStore), for one request. Bytes are flushed to the disk before the database
 * acknowledges them, slice by slice: a connection that breaks loses nothing that had come, and a killed office nothing
 * that it had acknowledged. An upload that exists is never begun anew.
 */
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import type { PhotoRefusal } from '#lib/protocol/photo.ts';
import type { Office } from '../office.ts';
import { nameOf } from './office-files.ts';
import { claimPhoto, moveReceived, type Claim, type PhotoKey, type PhotoRow } from './photo-rows.ts';
import { standingOf } from './standing.ts';

/** Bytes between two acknowledgements within one request. */
const SLICE = 64 * 1024;

/** The file will not do; `reason` says why. */
export class PhotoRefused extends Error {
  override name = 'PhotoRefused';
  readonly reason: PhotoRefusal;
  constructor(reason: PhotoRefusal) {
    super(reason);
    this.reason = reason;
  }
}
/** The disk has no room left for photos. */
export class NoRoom extends Error {
  override name = 'NoRoom';
}

export class UploadStore extends DataStore {
  override extensions = ['creation'];
  readonly #office: Office;
  readonly #key: PhotoKey;
  readonly #claim: Claim | null;
  #row: PhotoRow | null = null;
  /** Whether `create` began a new upload. */
  began = false;
  /** Whether the file is here in full and good. */
  isVerified = false;

  /** @param claim of a request that begins an upload */
  constructor(office: Office, key: PhotoKey, claim: Claim | null) {
    super();
    this.#office = office;
    this.#key = key;
    this.#claim = claim;
  }

  /** @throws PhotoRefused, NoRoom */
  override async create(upload: Upload): Promise<Upload> {
    const { files, store, clock, log } = this.#office;
    const claim = this.#claim;
    if (claim === null) throw ERRORS.FILE_NOT_FOUND;
    if (!(await files.hasRoomFor(claim.size))) {
      log.error(
        { what: 'diskFull', folder: files.folder },
        'no room for photos: make some, or nothing can be taken',
      );
      throw new NoRoom('the disk is full');
    }
    const claimed = await store.write((trx) => claimPhoto(trx, claim, clock.now()));
    if (claimed !== 'new' && claimed !== 'known') throw new PhotoRefused(claimed);
    this.began = claimed === 'new';
    // a restored database may have forgotten a file that is still there
    if (this.began && (await files.storage.size(nameOf(claim))) === claim.size) {
      const all = { from: 0, to: claim.size };
      await store.write((trx) => moveReceived(trx, all, claim, clock.now()));
    }
    return upload;
  }

  /** @throws PhotoRefused */
  override async getUpload(id: string): Promise<Upload> {
    const standing = await standingOf(this.#office, this.#key);
    switch (standing.is) {
      case 'unknown':
        throw ERRORS.FILE_NOT_FOUND;
      case 'rejected':
        throw new PhotoRefused(standing.reason);
      case 'verified':
        this.isVerified = true;
        return new Upload({ id, size: standing.size, offset: standing.size });
      case 'uploading':
        this.#row = standing.row;
        return new Upload({ id, size: standing.row.size, offset: standing.received });
    }
  }

  override async write(stream: Readable, _id: string, offset: number): Promise<number> {
    let at = offset;
    let slice: Buffer[] = [];
    let length = 0;
    const flush = async (): Promise<void> => {
      const bytes = Buffer.concat(slice);
      slice = [];
      length = 0;
      if (bytes.length > 0) at = await this.#acknowledge(at, bytes);
    };
    let broken: unknown = null;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        slice.push(chunk);
        length += chunk.length;
        if (length >= SLICE) await flush();
      }
    } catch (error) {
      broken = error;
    }
    // what came before the connection broke need not come again
    await flush();
    if (broken !== null) throw broken;
    return at;
  }

  async #acknowledge(from: number, bytes: Buffer): Promise<number> {
    const { files, store, clock } = this.#office;
    // nothing is written to an upload that is not open
    if (!this.#row) throw ERRORS.INVALID_OFFSET;
    const row = this.#row;
    const to = from + bytes.length;
    await files.partials.write(nameOf(this.#key), from, bytes);
    const moved = await store.write((trx) => moveReceived(trx, { from, to }, row, clock.now()));
    if (!moved) throw ERRORS.INVALID_OFFSET;
    return to;
  }
}
