/**
 * The answer to a packed request, without what its sender holds in its hands: outcomes `applied` as ranges, and events of
 * the request's own commands without what they took from them. `full(brief(answer))` is the answer, to the canonical
 * byte. Whoever sends JSON gets the answer in full, so a program that knows nothing of this misses nothing.
 */
import * as v from 'valibot';
import type { Event } from '#lib/domain/events.ts';
import type { ItemRef } from '#lib/domain/item.ts';
import { sameValue } from '#lib/domain/same-value.ts';
import { count, mark, positive } from './primitives.ts';
import { feedEvent, syncResponse, type FeedEvent, type Outcome, type SyncResponse } from './sync.ts';

const numbers = v.array(count);
/** `own` [first, count]: so many events in a row, of commands in a row of the request, each a `seq` later. */
const ownEvents = v.strictObject({
  own: numbers,
  seq: positive,
  rev: positive,
  actor: feedEvent.entries.actor,
  now: feedEvent.entries.now,
  event: v.record(v.string(), v.unknown()),
  /** Keys of the event that are the command's: its `item`, its `body`, or `body.KEY`. */
  take: v.record(v.string(), v.string()),
});
type Range = [first: number, count: number];
type OwnEvents = v.InferOutput<typeof ownEvents>;

const [slice, reset] = syncResponse.entries.feed.wrapped.options;
export const briefResponse = v.strictObject({
  ...syncResponse.entries,
  /** [first, count, rev, seq]: so many commands in a row of the request, applied, each a `seq` later. */
  applied: v.array(numbers),
  feed: v.nullable(
    v.union([
      v.strictObject({ ...slice.entries, mark, events: v.array(v.union([feedEvent, ownEvents])) }),
      reset,
    ]),
  ),
});
export type BriefResponse = v.InferOutput<typeof briefResponse>;

interface Sent {
  id: string;
  applicationId: string;
  item?: ItemRef | undefined;
  /** Of a request that nobody has looked into, anything. */
  body: unknown;
}

/** Shorter values are not worth naming. */
const WORTH_TAKING = 16;

const memberOf = (body: unknown, key: string): unknown =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, key)
    ? (body as Record<string, unknown>)[key]
    : undefined;

function sourceOf(key: string, value: unknown, { item, body }: Sent): string | null {
  const source = sameValue(value, item)
    ? 'item'
    : sameValue(value, body)
      ? 'body'
      : sameValue(value, memberOf(body, key))
        ? `body.${key}`
        : null;
  return source !== null && isWorthTaking(value) ? source : null;
}

/** By the length of its JSON, which is written only where the first texts in it do not show that it is enough. */
function isWorthTaking(value: unknown): boolean {
  let seen = 0;
  const texts = typeof value === 'object' && value !== null ? Object.values(value) : [value];
  for (const text of texts) {
    if (typeof text === 'string' && (seen += text.length + 2) >= WORTH_TAKING) return true;
  }
  return JSON.stringify(value).length >= WORTH_TAKING;
}

function taken(source: string, { item, body }: Sent): unknown {
  if (source === 'item') return item;
  const key = source.slice('body.'.length);
  if (source === 'body') return body;
  return memberOf(body, key);
}

function ownOf({ event, ...said }: FeedEvent, first: number, command: Sent): OwnEvents {
  const take: Record<string, string> = {};
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(event)) {
    const source = sourceOf(key, value, command);
    if (source === null) rest[key] = value;
    else take[key] = source;
  }
  const { seq, rev, actor, now } = said;
  return { own: [first, 1], seq, rev, actor, now, event: rest as OwnEvents['event'], take };
}

/** Whether `next` says the same of the command and the number that follow. */
function continues(before: OwnEvents, next: OwnEvents): boolean {
  const [first, many] = before.own as Range;
  const expected = { ...before, own: next.own, seq: before.seq + many };
  return next.own[0] === first + many && sameValue(expected, next);
}

/** `commands`: of the request that is answered. */
export function brief(answer: SyncResponse, commands: readonly Sent[]): BriefResponse {
  const index = new Map(commands.map(({ id }, at) => [id, at]));
  const applied: BriefResponse['applied'] = [];
  const outcomes: Outcome[] = [];
  for (const outcome of answer.outcomes) {
    const at = index.get(outcome.id);
    if (outcome.is !== 'applied' || at === undefined) {
      outcomes.push(outcome);
      continue;
    }
    const last = applied.at(-1) as [number, number, number, number] | undefined;
    const { rev, seq } = outcome;
    if (last && at === last[0] + last[1] && rev === last[2] && seq === last[3] + last[1]) last[1] += 1;
    else applied.push([at, 1, rev, seq]);
  }
  const { feed } = answer;
  if (feed === null || !('events' in feed)) return { ...answer, feed, outcomes, applied };

  const events: (FeedEvent | OwnEvents)[] = [];
  for (const event of feed.events) {
    const at = index.get(event.command);
    const command = at === undefined ? undefined : commands[at];
    if (at === undefined || command?.applicationId !== event.applicationId) {
      events.push(event);
      continue;
    }
    const own = ownOf(event, at, command);
    const last = events.at(-1);
    if (last && 'own' in last && continues(last, own)) last.own[1]! += 1;
    else events.push(own);
  }
  return { ...answer, outcomes, applied, feed: { ...feed, events } };
}

/** null where it does not fit the request: then it is asked for in full. */
export function full({ applied, ...answer }: BriefResponse, commands: readonly Sent[]): SyncResponse | null {
  const order = new Map(commands.map(({ id }, at) => [id, at]));
  const outcomes = [...answer.outcomes];
  for (const [first = 0, many = 0, rev = 0, seq = 0] of applied) {
    for (let nth = 0; nth < many; nth++) {
      const command = commands[first + nth];
      if (!command) return null;
      outcomes.push({ id: command.id, is: 'applied', rev, seq: seq + nth });
    }
  }
  outcomes.sort((a, b) => (order.get(a.id) ?? -1) - (order.get(b.id) ?? -1));
  const { feed } = answer;
  if (feed === null || !('events' in feed)) return { ...answer, feed, outcomes };
  const events: FeedEvent[] = [];
  for (const said of feed.events) {
    if (!('own' in said)) {
      events.push(said);
      continue;
    }
    const [first = 0, many = 0] = said.own;
    for (let nth = 0; nth < many; nth++) {
      const event = eventOf(said, commands[first + nth]);
      if (event === null) return null;
      const { rev, actor, now } = said;
      const { id: command, applicationId } = commands[first + nth]!;
      events.push({ seq: said.seq + nth, applicationId, rev, command, actor, now, event });
    }
  }
  return { ...answer, outcomes, feed: { ...feed, events } };
}

function eventOf({ event, take }: OwnEvents, command: Sent | undefined): Event | null {
  if (!command) return null;
  const told = Object.entries(take).map(([key, source]) => [key, taken(source, command)] as const);
  if (told.some(([, value]) => value === undefined)) return null;
  return { ...event, ...Object.fromEntries(told) } as unknown as Event;
}
