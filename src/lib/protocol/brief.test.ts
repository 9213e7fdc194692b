import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import { EVENT_NAMES, type Event, type EventKind } from '#lib/domain/events.ts';
import { brief, briefResponse, full } from './brief.ts';
import type { WireCommand } from './command.ts';
import type { FeedEvent, Outcome, SyncResponse } from './sync.ts';

const NOW = '2026-09-18T02:00:00.000Z';
const words = fc.string({ unit: 'grapheme', maxLength: 30 });
const body = fc.dictionary(
  fc.constantFrom('reason', 'fields', 'answers', 'department', 'item', 'body'),
  fc.jsonValue(),
);
const ids = Array.from({ length: 8 }, (_, at) => `01995a6b-7c00-7000-8000-00000000000${at}`);

interface Case {
  commands: WireCommand[];
  answer: SyncResponse;
}

/** Commands, and an answer whose events and outcomes are theirs, nearly theirs, or of others. */
const cases: fc.Arbitrary<Case> = fc
  .array(
    fc.record({
      body,
      item: fc.option(fc.constant({ code: '410511005000', hash: 'ab'.repeat(32) })),
      kind: fc.constantFrom(...(Object.keys(EVENT_NAMES) as EventKind[])),
      takes: fc.dictionary(
        fc.constantFrom('body', 'item', 'fields', 'notice', 'reason', 'x'),
        fc.constantFrom('body', 'item', 'own', 'other'),
      ),
      other: words,
      outcome: fc.constantFrom('applied', 'parked', 'none'),
      rev: fc.constantFrom(1, 1, 1, 2),
      foreign: fc.boolean(),
    }),
    { maxLength: ids.length },
  )
  .map((made) => {
    const commands = made.map((one, at) => ({
      ...{ id: ids[at]!, applicationId: ids[at]!, body: one.body },
      ...(one.item ? { item: one.item } : {}),
    })) as unknown as WireCommand[];
    const events = made.map((one, at): FeedEvent => {
      const value: Record<string, unknown> = { body: one.body, item: one.item, other: one.other };
      const parts = Object.entries(one.takes).map(([key, from]) => [
        key,
        (from === 'own' ? (one.body as Record<string, unknown>)[key] : value[from]) ?? one.other,
      ]);
      const event = { ...Object.fromEntries(parts), is: one.kind } as Event;
      const applicationId = one.foreign ? ids[0]! : ids[at]!;
      return {
        seq: at + 1,
        applicationId,
        rev: one.rev,
        command: ids[at]!,
        actor: { id: 'P1', name: '张样本' },
        now: NOW,
        event,
      };
    });
    const outcomes = made.flatMap(({ outcome, rev }, at): Outcome[] =>
      outcome === 'none'
        ? []
        : [
            outcome === 'parked'
              ? { id: ids[at]!, is: 'parked' }
              : { id: ids[at]!, is: 'applied', rev, seq: at + 1 },
          ],
    );
    const feed = { from: 0, to: events.length, mark: '', more: false, events };
    return { commands, answer: { lineage: 'L', now: NOW, outcomes, release: '', chain: 1, feed } };
  });

test('a brief answer says all that the answer says, for every kind of event', () => {
  fc.assert(
    fc.property(cases, ({ commands, answer }) => {
      const travelled = JSON.parse(JSON.stringify(brief(answer, commands))) as unknown;
      const told = full(v.parse(briefResponse, travelled), commands);
      expect(canonicalJson(told)).toBe(canonicalJson(answer));
    }),
    { numRuns: 500 },
  );
});

test('two hundred receives in a row are one range and one event', () => {
  const receive = (at: number) => ({
    ...{ id: `01995a6b-7c00-7000-8000-${String(at).padStart(12, '0')}`, applicationId: ids[0]! },
    ...{
      item: { code: '410511005000', hash: 'ab'.repeat(32) },
      body: { answers: { name: `样本${at}` }, site: 'S1' },
    },
  });
  const commands = Array.from({ length: 200 }, (_, at) => receive(at)) as unknown as WireCommand[];
  const said = { rev: 1, actor: { id: 'P1', name: '张样本' }, now: NOW };
  const events = commands.map(({ id, applicationId, item, body: of }, at) => ({
    ...{ ...said, seq: at + 7, applicationId, command: id },
    event: {
      is: 'received',
      item,
      body: of,
      arrivedOn: '2026-09-18',
      caseNumber: null,
      flags: [],
    } as unknown as Event,
  }));
  const outcomes = commands.map(({ id }, at): Outcome => ({ id, is: 'applied', rev: 1, seq: at + 7 }));
  const feed = { from: 6, to: 206, mark: '0'.repeat(16), more: false, events };
  const answer = { lineage: 'L', now: NOW, outcomes, release: '', chain: 200, feed };
  const short = brief(answer, commands);
  expect(short.applied).toEqual([[0, 200, 1, 7]]);
  expect(JSON.stringify(short).length).toBeLessThan(500);
  expect(full(short, commands)).toEqual(answer);
});

test('an answer that names commands the request did not hold is none', () => {
  const answer = { lineage: 'L', now: NOW, outcomes: [], release: '', chain: 1, feed: null };
  expect(full({ ...answer, applied: [[0, 1, 1, 1]] }, [])).toBe(null);
  const own = {
    own: [3, 1] as [number, number],
    seq: 1,
    rev: 1,
    actor: { id: 'P1', name: '张样本' },
    now: NOW,
    event: { is: 'released' },
    take: {},
  };
  const feed = { from: 0, to: 1, mark: '', more: false, events: [own] };
  expect(full({ ...answer, applied: [], feed }, [])).toBe(null);
});
