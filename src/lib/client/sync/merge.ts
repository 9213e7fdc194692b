/**
 * One answer of the office onto what the device has: pure, no clock but `now`. The up half (outcomes) never waits for the
 * down half: a feed that does not fit leaves the outcomes standing, and the other way round.
 * Invariants: I1 an outcome may come any number of times; I6 a command leaves the fold only by `pulled` or `refused`;
 * I2 what a restored office may not hold goes back to `queued`: everything that is kept.
 */
import type { Instant } from '#lib/domain/day.ts';
import { instantMs } from '#lib/domain/day.ts';
import type { Outcome, SyncResponse } from '#lib/protocol/sync.ts';
import type { OutboxColumns, OutcomeColumns, Told } from '../store/rows.ts';
import { isSuspect, mergeFeed, type FeedFault, type FeedMerge } from './merge-feed.ts';
import type { Change, Local, OutboxChange } from './ports.ts';

export interface Merged {
  change: Change;
  fault: FeedFault | null;
  /** The feed goes on: ask again at once. */
  more: boolean;
  /** Something new came of it: the feed moved or a command was answered. */
  progress: boolean;
}

type Row = OutboxColumns & { said?: Told | null };

/** What `merge` will look at, for `Storage.local`. */
export function touchedBy(response: SyncResponse): {
  applications: string[];
  commands: string[];
  chain: number;
} {
  const events = response.feed && 'events' in response.feed ? response.feed.events : [];
  const pages = response.feed && 'page' in response.feed ? response.feed.page : [];
  return {
    applications: [...new Set([...events, ...pages].map((it) => it.applicationId))],
    commands: [...new Set([...events.map((e) => e.command), ...response.outcomes.map((o) => o.id)])],
    // a session that tells nothing of a feed shows only by its lineage that the office was restored: look at all
    chain: response.feed === null || isSuspect(response.feed) ? 0 : response.chain,
  };
}

export function merge(local: Local, response: SyncResponse, now: Instant): Merged {
  const feed = mergeFeed(local, response.lineage, response.feed);
  const rows = new Map<string, Row>(local.outbox.map((row) => [row.id, { ...row }]));
  // the later of both clocks: a device whose own is wrong keeps everything for 14 days all the same (I2)
  const heardAt = now > response.now ? now : response.now;
  const answered = new Set(response.outcomes.flatMap((o) => (o.is === 'retry' ? [] : [o.id])));

  for (const row of rows.values()) {
    const settled = row.status !== 'queued' && row.status !== 'sent';
    if (row.device !== local.device || !settled || answered.has(row.id)) continue;
    // what a restored office holds of this chain may have come by others (a courier, a request from before the restore),
    // with holes or with other outcomes: let it say all of them again (I2, I8)
    if (row.n > response.chain || feed.restored) {
      Object.assign(row, { status: 'queued', outcome: null, pulled: 0, settledAt: null, said: null });
    }
  }
  for (const outcome of response.outcomes) answer(rows.get(outcome.id), outcome, heardAt);
  for (const row of rows.values()) {
    const arrived = feed.arrived.get(row.id);
    if (arrived) {
      const outcome = row.outcome?.is === 'applied' ? row.outcome : { is: 'applied' as const, ...arrived };
      const settledAt = row.settledAt ?? heardAt;
      Object.assign(row, { status: 'acked', outcome, pulled: 1, settledAt, said: null });
    } else if (row.pulled === 0 && isContained(row, feed)) {
      row.pulled = 1;
    }
  }

  const outbox = local.outbox.flatMap((before) => changeOf(before, rows.get(before.id)!));
  return {
    change: {
      position: feed.position,
      put: [...feed.put.values()],
      dropBefore: feed.dropBefore,
      outbox,
      contact: {
        lastSuccess: now,
        skewMs: instantMs(now) - instantMs(response.now),
        release: response.release,
      },
      ...(response.choice ? { choice: response.choice } : {}),
      ...(response.feed && 'reset' in response.feed && response.feed.station
        ? { station: response.feed.station }
        : {}),
    },
    fault: feed.fault,
    more: feed.more,
    progress:
      answered.size > 0 ||
      feed.put.size > 0 ||
      feed.position.cursor !== local.position.cursor ||
      outbox.some((row) => row.status === 'queued'),
  };
}

function answer(row: Row | undefined, outcome: Outcome, now: Instant): void {
  if (!row || outcome.is === 'retry') return;
  // its event is here: nothing that is said later can undo that
  if (row.pulled === 1 && outcome.is !== 'applied') return;
  const status = {
    applied: 'acked',
    refused: 'refused',
    quarantined: 'quarantined',
    parked: 'parked',
  } as const;
  row.status = status[outcome.is];
  row.outcome = columnsOf(outcome);
  row.said = toldOf(outcome);
  row.settledAt ??= now;
}

function columnsOf(outcome: Exclude<Outcome, { is: 'retry' }>): OutcomeColumns {
  switch (outcome.is) {
    case 'applied':
      return { is: 'applied', rev: outcome.rev, seq: outcome.seq };
    case 'refused':
      return { is: 'refused', code: outcome.code, reason: outcome.reason };
    case 'quarantined':
      return { is: 'quarantined', why: outcome.why };
    case 'parked':
      return { is: 'parked' };
  }
}

function toldOf(outcome: Outcome): Told | null {
  if (outcome.is !== 'refused' || (!outcome.at && !outcome.fields)) return null;
  const { at, fields } = outcome;
  return { ...(at ? { at } : {}), ...(fields ? { fields } : {}) };
}

/** Whether an applied command is part of the confirmed state, seen without its own event. */
const isContained = (row: Row, { position }: FeedMerge): boolean =>
  row.outcome?.is === 'applied' && position.paging === null && row.outcome.seq <= position.cursor;

function changeOf(before: OutboxColumns, { said, ...row }: Row): OutboxChange[] {
  const same =
    before.status === row.status &&
    before.pulled === row.pulled &&
    before.settledAt === row.settledAt &&
    JSON.stringify(before.outcome) === JSON.stringify(row.outcome);
  if (same) return [];
  const { id, n, status, outcome, pulled, settledAt } = row;
  return [{ id, n, status, outcome, told: said ?? null, pulled, settledAt }];
}
