/** What the judging thread and the reading ones say to each other. `id` is of the request that it is about. */
import type { Outcome } from '#lib/protocol/sync.ts';
import type { Address } from '../db/address.ts';
import type { BroughtWire } from './brought-wire.ts';

/** What a thread starts with. */
export interface ThreadStart {
  address: Address;
  /** Folder of the office's files. */
  files: string;
  /** Milliseconds that the office's clock is ahead of the machine's. */
  ahead: number;
}

export interface Asked {
  id: number;
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

export type ToThread =
  | { is: 'request'; asked: Asked }
  | { is: 'outcomes'; id: number; outcomes: Outcome[] }
  /** Nothing was taken. `away`: because of the database, which comes back. */
  | { is: 'notTaken'; id: number; away: boolean; words: string }
  | { is: 'close' };

export type FromThread =
  | { is: 'ready' }
  | { is: 'brought'; id: number; brought: BroughtWire }
  | { is: 'answer'; id: number; status: number; headers: Record<string, string>; body: Uint8Array };
