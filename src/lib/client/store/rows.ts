/**
 * What is kept on the device, row by row. A row with personal content is a few allow-listed clear columns and a sealed
 * box; nothing personal may become a column (test: rows of the contract suite are searched for it).
 */
import type { Day, Instant } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Photo } from '#lib/domain/materials.ts';
import type { RefusalCode, RefusalReason, FieldConflict } from '#lib/domain/refusal.ts';
import type { Application, State } from '#lib/domain/state.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import type { Manifest } from '#lib/catalogue/release.ts';
import type { SentKind } from '#lib/domain/commands.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import type { Outcome } from '#lib/protocol/sync.ts';

/** queued → sent → one of the office's outcomes. `sent`: on its way at least once, answer not seen. */
export type OutboxStatus = 'queued' | 'sent' | 'acked' | 'refused' | 'quarantined' | 'parked';

/** The office's answer without any contents of fields. */
export type OutcomeColumns =
  | { is: 'applied'; rev: number; seq: number }
  | { is: 'refused'; code: RefusalCode; reason: RefusalReason }
  | { is: 'quarantined'; why: Extract<Outcome, { is: 'quarantined' }>['why'] }
  | { is: 'parked' };

/** What a refusal says about contents: sealed. */
export interface Told {
  at?: string[];
  fields?: Record<string, FieldConflict>;
}

/** Kept back for a moment, so that its person can take it back (hold.ts). */
export interface Hold {
  until: Instant;
  /** Head of the chain before it. */
  head: string;
}

/** The clear columns of a command in the outbox. */
export interface OutboxColumns {
  id: string;
  device: string;
  n: number;
  applicationId: string;
  actor: string;
  kind: SentKind;
  at: Instant;
  after: string | null;
  supersedes: string | null;
  /** Canonical bytes of the command: what a batch is measured by. */
  bytes: number;
  /** Item version it was filled against: kept while the command is here. */
  itemHash: string | null;
  /** Head of the device's chain after this command, and its actor's signature of it. */
  head: string;
  sig: string;
  status: OutboxStatus;
  /** Never set again once it was on its way. */
  held: Hold | null;
  outcome: OutcomeColumns | null;
  /** Device time at which the outcome arrived. */
  settledAt: Instant | null;
  /** 1 once its event is part of the confirmed state: then it is out of the fold (I6). */
  pulled: 0 | 1;
  /** 1 once a person has dealt with the refusal (改后重报 or 放弃). */
  aside: 0 | 1;
}
export interface OutboxRow extends OutboxColumns {
  /** The command as it is sent: `WireCommand`. */
  box: Bytes;
  /** `Told`, when the outcome has any. */
  told: Bytes | null;
}
/** A command with its columns, opened. */
export interface OutboxEntry extends OutboxColumns {
  command: WireCommand;
}

/** An application as the office last told it; only a pull writes it. */
export interface Confirmed {
  applicationId: string;
  rev: number;
  seq: number;
  /** Reset in which it arrived: rows of earlier resets go when a reset is complete. */
  epoch: number;
  state: Application;
}
export interface ApplicationRow {
  id: string;
  rev: number;
  seq: number;
  epoch: number;
  state: State;
  site: string;
  itemCode: string;
  itemHash: string;
  updatedAt: Instant;
  closedOn: Day | null;
  /** `Application` */
  box: Bytes;
}

export interface DraftRow {
  id: string;
  itemCode: string;
  itemHash: string;
  /** Staff id of whoever began it. */
  owner: string;
  updatedAt: Instant;
  /** In the bin since; gone for good 30 days later. */
  deletedAt: Instant | null;
  /** Shape of the content, as the page numbers it. */
  shape: number;
  /** Hashes of the photos it holds on to. */
  photos?: string[];
  box: Bytes;
}

/** How far this device has read its feed. `paging`: in the middle of a reset. */
export interface Position {
  lineage: string;
  cursor: number;
  mark: string;
  epoch: number;
  paging: { lineage: string; at: number; mark: string; next: string } | null;
}
export const FIRST_POSITION: Position = { lineage: '', cursor: 0, mark: '', epoch: 0, paging: null };
export interface CursorRow extends Position {
  key: 'feed';
}

/** A version of an item: immutable, addressed by its hash. */
export interface ItemRow {
  hash: string;
  code: string;
  item: Item;
}

/** `active`: complete and verified (I12). `coming`: manifest verified, parts arriving. Parts by their own hash. */
export interface ReleaseSlot {
  key: 'active' | 'coming';
  /** `county/level/number` */
  address: string;
  manifest: Manifest;
  /** Item code → hash; empty until the items have arrived. */
  hashes: Record<string, string>;
}
export interface PartRow {
  key: `part:${string}`;
  bytes: Bytes;
}
export type ReleaseRow = ReleaseSlot | PartRow;

/** A photo or document that is kept here, in `parts` rows of photoChunks. The hash of a picture says nothing of a person. */
export interface PhotoRow {
  sha256: string;
  size: number;
  type: Photo['type'];
  parts: number;
  /** Last time that somebody took it. */
  keptAt: Instant;
  /** A small picture of it; null for documents. */
  thumb: Bytes | null;
}

/** At most 48 KB each: larger buffers become separate files, which browsers lose. */
export interface PhotoChunkRow {
  sha256: string;
  part: number;
  box: Bytes;
}

/** queued → sent (the office holds it whole) or refused (it cannot take it; a person takes the picture anew). */
export type UploadStatus = 'queued' | 'sent' | 'refused';

/** A photo that a command names has to reach the office: once per site, however many applications name it. */
export interface UploadRow {
  /** Of the application. */
  site: string;
  sha256: string;
  size: number;
  type: Photo['type'];
  status: UploadStatus;
  /** Why it was refused: a code of protocol/photo.ts, or `lost` where this device has it no more. */
  why: string | null;
  queuedAt: Instant;
  settledAt: Instant | null;
  /** Nothing of it was ever sent from here. */
  fresh?: true;
}

/** Small things by name: schema, chain, device, staff, leader, contact. */
export interface MetaRow {
  key: string;
  value: unknown;
}
