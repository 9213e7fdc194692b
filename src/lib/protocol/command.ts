/**
 * A command on the wire: what a person did, who and in which order. `id` is the idempotency key, made once at the
 * button; `n` is gap-free per device; `after` chains an application's commands of this device (invariants I1, I5, I7).
 */
import * as v from 'valibot';
import { SENT_KINDS, type Command, type SentKind } from '#lib/domain/commands.ts';
import type { ItemRef } from '#lib/domain/item.ts';
import { count, instant, positive, sha256, shortId, signature, text, uuidV7 } from './primitives.ts';

const envelope = {
  v: v.literal(1),
  id: uuidV7,
  device: shortId,
  n: positive,
  actor: shortId,
  applicationId: uuidV7,
  after: v.nullable(uuidV7),
  baseRev: count,
  item: v.exactOptional(v.strictObject({ code: text(20), hash: sha256 })),
  /** Device clock: kept and shown, never orders or decides. */
  at: instant,
  supersedes: v.exactOptional(uuidV7),
};

/** The command before its body is looked at: a body that no schema knows is refused as `invalid`, not a bad request. */
export const wireCommand = v.strictObject({ ...envelope, kind: v.picklist(SENT_KINDS), body: v.unknown() });

export type SentCommand = Extract<Command, { kind: SentKind }>;
export type WireCommand = SentCommand & {
  v: 1;
  id: string;
  device: string;
  n: number;
  actor: string;
  applicationId: string;
  after: string | null;
  baseRev: number;
  item?: ItemRef;
  at: string;
  supersedes?: string;
};

/** Commands `from`…`to` of one actor; `head` is the chain's head after `to`, signed with that person's key. */
export const run = v.strictObject({
  actor: shortId,
  from: positive,
  to: positive,
  head: sha256,
  sig: signature,
});
export type Run = v.InferOutput<typeof run>;
