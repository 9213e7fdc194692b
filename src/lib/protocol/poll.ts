/**
 * The idle poll: GET /api/sync?1.LINEAGE.CURSOR.MARK.CHAIN.RELEASE asks whether anything is new for a device that sends
 * nothing. Everything as it said: 204 without a body. Nothing new but the release: `pollNews`. Else the answer of POST
 * /api/sync, in the same round trip.
 */
import * as v from 'valibot';
import { PROTOCOL } from './limits.ts';
import { text } from './primitives.ts';
import { releasePatch, type SyncRequest, type SyncResponse } from './sync.ts';

/** Header of answers by an office that takes the poll; a 204 without it is somebody else's. */
export const POLL_HEADER = 'jinban';

/** What a device knows after an answer. */
export interface Standing {
  lineage: string;
  cursor: number;
  mark: string;
  /** `chain` of the last answer. */
  chain: number;
  /** Newest release, which the device works with: `county/level/number`, or ''. */
  release: string;
}

/** Digits of the lineage that travel. The mark, over the whole history, tells two offices apart besides. */
const LINEAGE_DIGITS = 8;

const lineageOf = (lineage: string): string => lineage.slice(0, LINEAGE_DIGITS);
const numberOf = (release: string): string => release.split('/')[2] ?? '';

export const pollOf = ({ lineage, cursor, mark, chain, release }: Standing): string =>
  [PROTOCOL, encodeURIComponent(lineageOf(lineage)), cursor, mark, chain, numberOf(release)].join('.');

export interface Poll {
  protocol: number;
  lineage: string;
  cursor: number;
  mark: string;
  chain: number;
  release: string;
}

const SHAPE = /^(\d{1,9})\.([^.]{1,40})\.(\d{1,15})\.([0-9a-f]{16}|)\.(\d{1,15})\.(\d{1,9}|)$/;

/** null for anything else. */
export function readPoll(query: string): Poll | null {
  const [, protocol, lineage, cursor, mark, chain, release] = SHAPE.exec(query) ?? [];
  if (lineage === undefined || mark === undefined || release === undefined) return null;
  return { protocol: Number(protocol), lineage, cursor: Number(cursor), mark, chain: Number(chain), release };
}

/** The request that a poll stands for, at an office of that lineage that offers `newest` to the device. */
export function requestOfPoll(
  { cursor, mark, chain, ...poll }: Poll,
  lineage: string,
  newest: string,
): SyncRequest {
  const own = poll.lineage === encodeURIComponent(lineageOf(lineage));
  const place = newest.split('/').slice(0, 2);
  const release = poll.release === '' || newest === '' ? null : [...place, poll.release].join('/');
  return {
    protocol: PROTOCOL,
    lineage: own ? lineage : poll.lineage,
    cursor,
    mark,
    release,
    // whoever polls takes patches
    ...(release === null ? {} : { patch: 1 as const }),
    keeps: chain + 1,
    commands: [],
    runs: [],
  };
}

/** Whether feed and chain stand where the device said. */
const isUnmoved = ({ feed, chain }: SyncResponse, poll: Poll): boolean =>
  feed !== null &&
  'events' in feed &&
  feed.events.length === 0 &&
  feed.to === poll.cursor &&
  feed.mark === poll.mark &&
  chain === poll.chain;

/** Whether the answer says only what the device said. */
export const isQuiet = (answer: SyncResponse, poll: Poll): boolean =>
  isUnmoved(answer, poll) && numberOf(answer.release) === poll.release;

/** The answer where nothing is new but the release, which a patch leads to: the rest is as the device said. */
export const pollNews = v.strictObject({ release: text(80), patch: releasePatch });
export type PollNews = v.InferOutput<typeof pollNews>;

export const newsIn = (answer: SyncResponse, poll: Poll): PollNews | null =>
  answer.patch && isUnmoved(answer, poll) ? { release: answer.release, patch: answer.patch } : null;

/** What a device knows after an answer; null where it still has to ask on. */
export function standingAfter({ lineage, chain, release, feed }: SyncResponse): Standing | null {
  if (feed === null) return null;
  if ('events' in feed)
    return feed.more ? null : { lineage, cursor: feed.to, mark: feed.mark, chain, release };
  return feed.next === null ? { lineage, cursor: feed.at, mark: feed.mark, chain, release } : null;
}

/** Whether a request could as well be a poll from there. */
export const isPoll = (request: SyncRequest, standing: Standing): boolean =>
  request.commands.length === 0 &&
  request.page === undefined &&
  request.lineage === standing.lineage &&
  request.cursor === standing.cursor &&
  request.mark === standing.mark &&
  (request.release ?? '') === standing.release;

/** What 204 says in full. */
export const quietAnswer = (
  { lineage, cursor, mark, chain, release }: Standing,
  now: string,
): SyncResponse => ({
  lineage,
  now,
  outcomes: [],
  release,
  chain,
  feed: { from: cursor, to: cursor, mark, more: false, events: [] },
});
