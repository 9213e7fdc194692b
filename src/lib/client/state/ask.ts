/**
 * What pages ask the office for beside the feed: an application that is not here, the ledger of a month, how long a version of
 * an item is taken.
 */
import type { RevealReason } from '#lib/domain/ledger.ts';
import {
  ledgerResponse,
  lookupResponse,
  type LedgerResponse,
  type LookupRequest,
} from '#lib/protocol/ledger.ts';
import { standingResponse, type StandingResponse } from '#lib/protocol/item-standing.ts';
import type { Application } from '#lib/domain/state.ts';
import { readDevice } from '../store/device.ts';
import { askOffice, type Answered } from '../sync/ask-office.ts';
import { browserHttp } from '../sync/http.ts';
import { openedStore } from './opened-store.ts';

export type { Answered };

const office = { http: browserHttp(), device: async () => readDevice(await openedStore()) };

/** null: there is none, or it is another station's. */
export async function lookUp(what: LookupRequest): Promise<Answered<Application | null>> {
  const answer = await askOffice(office, { method: 'POST', path: '/api/lookup', body: what }, lookupResponse);
  return answer.ok ? { ok: true, value: answer.value.found?.state ?? null } : answer;
}

/** `item`: hash of the version; `release`: address of the one in use here. */
export const standingOf = (item: string, release: string): Promise<Answered<StandingResponse>> =>
  askOffice(
    office,
    { method: 'POST', path: '/api/catalogue/standing', body: { item, release } },
    standingResponse,
  );

/** Names and numbers in full: who asks, and why. The office writes it down. */
export interface InFull {
  staff: string;
  reason: RevealReason;
}

/** The pages of a month's ledger one after the other; the last thing given is a failure, if there was one. */
export async function* ledgerPages(
  month: string,
  signal: AbortSignal,
  inFull?: InFull,
): AsyncGenerator<Answered<LedgerResponse>> {
  for (let after: string | null | undefined; after !== null && !signal.aborted;) {
    const page = after === undefined ? {} : { after };
    const answer = await askOffice(
      office,
      inFull
        ? { method: 'POST', path: '/api/ledger', body: { month, ...page, ...inFull }, signal }
        : { method: 'GET', path: `/api/ledger?${new URLSearchParams({ month, ...page })}`, signal },
      ledgerResponse,
    );
    if (signal.aborted) return;
    yield answer;
    if (!answer.ok) return;
    after = answer.value.next;
  }
}
