/**
 * The idle poll: GET /api/sync?1.LINEAGE.CURSOR.MARK.CHAIN~RELEASE.CHOICE asks whether anything is new for a device that sends
 * nothing. Everything as it said: 204 without a body. Nothing new but the release: the patch to it in bytes
 * (catalogue/tight-patch.ts). Else the answer of POST /api/sync, in the same round trip.
 */
import { PROTOCOL } from './limits.ts';
import type { SyncRequest, SyncResponse } from './sync.ts';

/** Header of answers by an office that takes the poll; a 204 without it is somebody else's. */
export const POLL_HEADER = 'jinban';
/** Content type of a patch in bytes: no browser shows or runs what it does not know. */
export const NEWS_TYPE = 'jinban/news';

/** What a device knows after an answer. */
export interface Standing {
  lineage: string;
  cursor: number;
  mark: string;
  /** `chain` of the last answer. */
  chain: number;
  /** Newest release, which the device works with: `county/level/number`, or ''. */
  release: string;
  /** Mark of its site's choice that it has; '' for none. */
  choice: string;
}

/** Digits of the lineage that travel. The mark, over the whole history, tells two offices apart besides. */
const LINEAGE_DIGITS = 8;

const lineageOf = (lineage: string): string => lineage.slice(0, LINEAGE_DIGITS);
const numberOf = (release: string): string => release.split('/')[2] ?? '';

export const pollOf = ({ lineage, cursor, mark, chain, release, choice }: Standing): string => {
  const stands = [PROTOCOL, encodeURIComponent(lineageOf(lineage)), cursor, mark, chain].join('.');
  return `${stands}~${numberOf(release)}.${choice}`;
};

export interface Poll {
  protocol: number;
  lineage: string;
  cursor: number;
  mark: string;
  chain: number;
  release: string;
  /** null: the device takes no choice. */
  choice: string | null;
  /** It takes a patch in bytes. Programs that say a point in place of the tilde do not. */
  takesBytes: boolean;
}

const SHAPE =
  /^(\d{1,9})\.([^.]{1,40})\.(\d{1,15})\.([0-9a-f]{16}|)\.(\d{1,15})([.~])(\d{1,9}|)(?:\.([0-9a-f]{1,16}|))?$/;

/** null for anything else. */
export function readPoll(query: string): Poll | null {
  const [, protocol, lineage, cursor, mark, chain, between, release, choice = null] = SHAPE.exec(query) ?? [];
  if (lineage === undefined || mark === undefined || release === undefined) return null;
  return {
    protocol: Number(protocol),
    lineage,
    cursor: Number(cursor),
    mark,
    chain: Number(chain),
    release,
    choice,
    takesBytes: between === '~',
  };
}

/** The request that a poll stands for, at an office of that lineage; `place`: the device's `county/level`, '' for none. */
export function requestOfPoll(
  { cursor, mark, chain, choice, ...poll }: Poll,
  lineage: string,
  place: string,
): SyncRequest {
  const own = poll.lineage === encodeURIComponent(lineageOf(lineage));
  const release = poll.release === '' || place === '' ? null : `${place}/${poll.release}`;
  return {
    protocol: PROTOCOL,
    lineage: own ? lineage : poll.lineage,
    cursor,
    mark,
    release,
    // whoever polls takes patches
    ...(release === null ? {} : { patch: 1 as const }),
    ...(choice === null ? {} : { choice }),
    keeps: chain + 1,
    commands: [],
    runs: [],
  };
}

/** Whether feed and chain stand where the device said. */
const isUnmoved = ({ feed, chain, choice }: SyncResponse, poll: Poll): boolean =>
  choice === undefined &&
  feed !== null &&
  'events' in feed &&
  feed.events.length === 0 &&
  feed.to === poll.cursor &&
  feed.mark === poll.mark &&
  chain === poll.chain;

/** Whether the answer says only what the device said. */
export const isQuiet = (answer: SyncResponse, poll: Poll): boolean =>
  isUnmoved(answer, poll) && numberOf(answer.release) === poll.release;

/** Where nothing is new but the release, the patch that leads to it: the rest is as the device said. */
export const newsIn = (answer: SyncResponse, poll: Poll): SyncResponse['patch'] | null =>
  poll.takesBytes && isUnmoved(answer, poll) ? answer.patch : null;

/** What a device knows after an answer to a request with the choice `asked`; null where it still has to ask on. */
export function standingAfter(answer: SyncResponse, asked = ''): Standing | null {
  const { lineage, chain, release, feed } = answer;
  if (feed === null) return null;
  const known = { lineage, mark: feed.mark, chain, release, choice: answer.choice?.mark ?? asked };
  if ('events' in feed) return feed.more ? null : { ...known, cursor: feed.to };
  return feed.next === null ? { ...known, cursor: feed.at } : null;
}

/** Whether a request could as well be a poll from there. */
export const isPoll = (request: SyncRequest, standing: Standing): boolean =>
  request.commands.length === 0 &&
  request.page === undefined &&
  request.report === undefined &&
  (request.choice ?? '') === standing.choice &&
  request.lineage === standing.lineage &&
  request.cursor === standing.cursor &&
  request.mark === standing.mark &&
  (request.release ?? '') === standing.release;

/** The address of the release that a patch in bytes leads to, for who works with `release`. */
export const nextOf = (release: string, number: number): string =>
  [...release.split('/').slice(0, 2), number].join('/');

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
