/**
 * The office's tables of photos (照片和附件). Both change only in server/files; rows of `photo_use` follow from
 * applications and are written together with them. The bytes lie beside the database (server/files).
 */
import type { Photo } from '#lib/domain/materials.ts';

/** A file of a site, by the hash of its bytes: first as a claim, then as what the office has found. */
export interface PhotoTable {
  site: string;
  sha256: string;
  /** Bytes: as claimed, and once verified as it is. */
  size: number;
  type: Photo['type'];
  /** `missing`: was verified, and its file is gone (restored from an older backup): it is taken again. */
  status: 'uploading' | 'verified' | 'rejected' | 'missing';
  /** PhotoRefusal (protocol/photo.ts) of a rejected one. */
  reason: string | null;
  /** Bytes that are on the disk for good: only they are acknowledged, and each only once. */
  received: number;
  /** Pixels, upright; null of a PDF. */
  width: number | null;
  height: number | null;
  /** Device that claimed it. */
  device: string;
  claimed_at: string;
  /** Last byte, or last claim. */
  touched_at: string;
  received_at: string | null;
  verified_at: string | null;
}

/** An application's material names this file. `waiting` until the application knows that the office holds it. */
export interface PhotoUseTable {
  application: string;
  /** Code of the material. */
  material: string;
  sha256: string;
  site: string;
  size: number;
  type: Photo['type'];
  /** Revision at which the material was handed in. */
  added_rev: number;
  standing: 'waiting' | 'verified';
}
