/** What a device's call brings, as whoever takes it up needs it (take-up.ts, threads/). */
import type { Outcome, SyncRequest } from '#lib/protocol/sync.ts';
import type { Contacts } from './contact.ts';

export interface Brought {
  device: Contacts;
  site: { township: string; path: string; reach: string | null };
  request: Pick<SyncRequest, 'commands' | 'runs' | 'keeps' | 'release' | 'report'>;
}

/** Outcomes of the commands, committed. */
export type TakeUp = (brought: Brought) => Promise<Outcome[]>;
