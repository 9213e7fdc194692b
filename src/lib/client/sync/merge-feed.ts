/**
 * The down half of an answer, pure: events or snapshots onto the confirmed state. Invariants: I3 the cursor never passes
 * an event that is not in the state; I4 a slice taken twice changes nothing, and the cursor falls only on a reset. An
 * answer that does not continue what is here is never half applied: the device asks for a reset instead.
 */
import { evolve } from '#lib/domain/evolve.ts';
import type { FeedReset, FeedSlice, SyncResponse } from '#lib/protocol/sync.ts';
import { FIRST_POSITION, type Confirmed, type Position } from '../store/rows.ts';
import type { Local } from './ports.ts';

/** `gap`: an event is missing before this one. `foreign`: the answer does not continue this device's feed. */
export type FeedFault = 'gap' | 'foreign';

export interface FeedMerge {
  position: Position;
  put: Map<string, Confirmed>;
  dropBefore: number | null;
  /** Command id → where its last event stands. */
  arrived: Map<string, { rev: number; seq: number }>;
  /** A reset begins because the office may have been restored: numbers of before mean nothing. */
  restored: boolean;
  more: boolean;
  fault: FeedFault | null;
}

const unchanged = (position: Position): FeedMerge => ({
  position,
  put: new Map(),
  dropBefore: null,
  arrived: new Map(),
  restored: false,
  more: false,
  fault: null,
});

/** Asks for everything anew; what is confirmed stays to be seen until the reset is complete. */
const startOver = (position: Position, fault: FeedFault): FeedMerge => ({
  ...unchanged({ ...FIRST_POSITION, epoch: position.epoch }),
  fault,
});

export function mergeSlice(local: Local, lineage: string, feed: FeedSlice): FeedMerge {
  const { position } = local;
  // an office that lost the thread of a reset: begin it again from where we stood
  if (position.paging) return { ...unchanged({ ...position, paging: null }), fault: 'foreign' };
  const isOurs = position.lineage === lineage || (position.lineage === '' && position.cursor === 0);
  if (!isOurs || feed.from !== position.cursor || feed.to < feed.from) {
    return { ...unchanged(position), fault: 'foreign' };
  }
  const result = unchanged({ ...position, lineage, cursor: feed.to, mark: feed.mark });
  let last = feed.from;
  for (const { seq, applicationId, rev, command, actor, now, event } of feed.events) {
    if (seq <= last || seq > feed.to || local.damaged.has(applicationId)) return startOver(position, 'gap');
    last = seq;
    const held = result.put.get(applicationId) ?? local.applications.get(applicationId);
    // a later part of a reset has told it already
    if (held && rev <= held.rev) {
      result.arrived.set(command, { rev, seq });
      continue;
    }
    // settled long ago and no longer kept here: not this device's any more
    if (!held && rev > 1) continue;
    if (rev !== (held?.rev ?? 0) + 1) return startOver(position, 'gap');
    const state = evolve(held?.state ?? null, { applicationId, rev, actor, now, event });
    result.put.set(applicationId, { applicationId, rev, seq, epoch: position.epoch, state });
    result.arrived.set(command, { rev, seq });
  }
  return { ...result, more: feed.more };
}

/** A reset that says that the office may have been restored. */
export const isSuspect = (feed: SyncResponse['feed']): boolean =>
  feed !== null && 'reset' in feed && ['lineage', 'mark', 'ahead'].includes(feed.reset);

export function mergeReset(local: Local, lineage: string, feed: FeedReset): FeedMerge {
  const { position } = local;
  const { at, mark, next } = feed;
  const going = position.paging;
  const continues = going?.lineage === lineage && going.at === at && going.mark === mark;
  const epoch = continues ? position.epoch : position.epoch + 1;
  const restored = isSuspect(feed) && !continues;
  const put = feed.page.map(({ applicationId, rev, seq, state }): [string, Confirmed] => [
    applicationId,
    { applicationId, rev, seq, epoch, state },
  ]);
  const result = { ...unchanged(position), put: new Map(put), restored };
  if (next !== null) {
    const paging = { lineage, at, mark, next };
    return { ...result, position: { ...position, epoch, paging }, more: true };
  }
  return {
    ...result,
    position: { lineage, cursor: at, mark, epoch, paging: null },
    dropBefore: epoch,
    more: true,
  };
}

/**
 * A push-only session: nothing comes down, but whose answer it is. Another office, or one from a backup, may have other
 * outcomes than those that are kept here; a position in the former one's feed says nothing to it.
 */
function mergeNothing({ position }: Local, lineage: string): FeedMerge {
  if (position.lineage === lineage) return unchanged(position);
  return { ...unchanged({ ...FIRST_POSITION, epoch: position.epoch, lineage }), restored: true };
}

/** The feed of an answer; null in a push-only session. */
export function mergeFeed(local: Local, lineage: string, feed: FeedSlice | FeedReset | null): FeedMerge {
  if (feed === null) return mergeNothing(local, lineage);
  return 'reset' in feed ? mergeReset(local, lineage, feed) : mergeSlice(local, lineage, feed);
}
