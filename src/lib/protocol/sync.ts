/** One round trip: commands up, outcomes and events down (POST /api/sync). Refusals travel with HTTP 200. */
import * as v from 'valibot';
import type { Event } from '#lib/domain/events.ts';
import { REFUSAL_CODES, REFUSAL_REASONS } from '#lib/domain/refusal.ts';
import { STATES, type Application } from '#lib/domain/state.ts';
import { run, wireCommand } from './command.ts';
import { LIMITS } from './limits.ts';
import { count, instant, mark, positive, shortId, signature, text, uuid, uuidV7 } from './primitives.ts';
import { deviceReport } from './report.ts';
import { siteChoice, station } from './station.ts';

export const syncRequest = v.strictObject({
  protocol: v.literal(1),
  lineage: text(40),
  /** Last event the device has, of its feed; 0 and '' at first. */
  cursor: count,
  mark,
  /** Number of the release it works with, as `county/level/number`; null before the first. */
  release: v.nullable(text(80)),
  /** It takes patches of this format: the answer may carry one from `release` to the newest. */
  patch: v.exactOptional(v.literal(1)),
  /** What it tells of itself (report.ts). */
  report: v.exactOptional(deviceReport),
  /** It takes its site's own choice: the mark of the one it has; '' for none. */
  choice: v.exactOptional(text(16)),
  /** Continues a reset: the page after `next` as of `at`. */
  page: v.exactOptional(v.strictObject({ at: count, next: text(40) })),
  /** Lowest `n` that the device still keeps: tells a hole that can be filled from one that cannot. */
  keeps: positive,
  commands: v.pipe(v.array(wireCommand), v.maxLength(LIMITS.commands)),
  runs: v.pipe(v.array(run), v.maxLength(LIMITS.commands)),
});
export type SyncRequest = v.InferOutput<typeof syncRequest>;

const conflicts = v.record(
  text(80),
  v.strictObject({ from: v.unknown(), mine: v.unknown(), theirs: v.unknown() }),
);

export const outcome = v.variant('is', [
  v.strictObject({ id: uuidV7, is: v.literal('applied'), rev: positive, seq: positive }),
  v.strictObject({
    id: uuidV7,
    is: v.literal('refused'),
    code: v.picklist(REFUSAL_CODES),
    reason: v.picklist(REFUSAL_REASONS),
    at: v.exactOptional(v.array(text(80))),
    fields: v.exactOptional(conflicts),
  }),
  v.strictObject({
    id: uuidV7,
    is: v.literal('quarantined'),
    why: v.picklist(['deviceRevoked', 'staffDisabled', 'brokenChain']),
  }),
  v.strictObject({ id: uuidV7, is: v.literal('parked') }),
  v.strictObject({ id: uuidV7, is: v.literal('retry'), afterMs: v.exactOptional(count) }),
]);
export type Outcome = v.InferOutput<typeof outcome>;

/** Events are our own office's: their kind is closed, their contents are taken as `evolve` takes them. */
const event = v.custom<Event>((value) => typeof value === 'object' && value !== null && 'is' in value);
export const feedEvent = v.strictObject({
  seq: positive,
  applicationId: uuidV7,
  rev: positive,
  command: uuid,
  actor: v.strictObject({ id: shortId, name: text(200) }),
  now: instant,
  event,
});
export type FeedEvent = v.InferOutput<typeof feedEvent>;

const application = v.custom<Application>((value) =>
  v.is(v.looseObject({ id: uuidV7, rev: positive, state: v.picklist(STATES) }), value),
);
export const snapshot = v.strictObject({
  applicationId: uuidV7,
  rev: positive,
  seq: count,
  state: application,
});
export type Snapshot = v.InferOutput<typeof snapshot>;

/** From the release of the request to the newest (catalogue/rebuild.ts). */
export const releasePatch = v.strictObject({
  at: instant,
  signature,
  packed: v.strictObject({
    list: v.exactOptional(count),
    rules: v.exactOptional(count),
    items: v.exactOptional(count),
  }),
  items: v.exactOptional(v.unknown()),
  readings: v.exactOptional(v.unknown()),
  rules: v.exactOptional(v.unknown()),
});

export const RESETS = ['first', 'lineage', 'mark', 'ahead', 'compacted', 'scope'] as const;
export const syncResponse = v.strictObject({
  lineage: text(40),
  now: instant,
  outcomes: v.array(outcome),
  /** Newest release for this device, as `county/level/number`; '' when none is published. */
  release: text(80),
  patch: v.exactOptional(releasePatch),
  /** Another choice than that of the request is its site's now; only for a request with `choice`. */
  choice: v.exactOptional(siteChoice),
  /** Last `n` of this device that the office holds: after a restore the device sends again from there. */
  chain: count,
  /** null for a push-only session (a revoked device): nothing goes down. */
  feed: v.nullable(
    v.union([
      v.strictObject({ from: count, to: count, mark, more: v.boolean(), events: v.array(feedEvent) }),
      v.strictObject({
        reset: v.picklist(RESETS),
        at: count,
        mark,
        /** Where the device stands now: its site came under another government, or it was moved to another site. */
        station: v.exactOptional(station),
        page: v.array(snapshot),
        /** Key to ask the next page with; null after the last, when the feed resumes from `at`. */
        next: v.nullable(text(40)),
      }),
    ]),
  ),
});
export type SyncResponse = v.InferOutput<typeof syncResponse>;
export type FeedReset = Extract<NonNullable<SyncResponse['feed']>, { reset: unknown }>;
export type FeedSlice = Extract<NonNullable<SyncResponse['feed']>, { events: unknown }>;
