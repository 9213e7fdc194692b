/** docs/protocol.md against the schemas: every example is parsed by the real one, every schema has an example. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { SENT_KINDS, type Bodies, type SentKind } from '#lib/domain/commands.ts';
import { decide } from '#lib/domain/decide.ts';
import { EVENT_NAMES, type Event, type EventKind } from '#lib/domain/events.ts';
import { evolve } from '#lib/domain/evolve.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { isSigned } from '#lib/domain/signature.ts';
import type { Application, State } from '#lib/domain/state.ts';
import {
  actor,
  applicationIn,
  BODIES,
  command,
  facts,
  item,
  NOW,
  SITE,
} from '../../../tests/support/builders.ts';
import { bare, block, BLOCKS, table } from '../../../tests/support/protocol-doc.ts';
import { BODY_SCHEMAS, PARTS, WIRE_SCHEMAS } from '../../../tests/support/wire-schemas.ts';
import { wireCommand } from './command.ts';
import { readBody } from './read-body.ts';
import { feedEvent, syncResponse } from './sync.ts';

const tagged = (key: string) => BLOCKS.filter((one) => one.key === key);
const parse = (text: string): unknown => JSON.parse(text) as unknown;
const schemaOf = (node: unknown) => node as v.GenericSchema;
const issuesOf = (node: unknown, value: unknown): string[] =>
  (v.safeParse(schemaOf(node), value).issues ?? []).map(
    (issue) => `${v.getDotPath(issue)}: ${issue.message}`,
  );

it.each(tagged('schema'))('line $line: the example of $value passes its schema', ({ value, text }) => {
  expect([...WIRE_SCHEMAS.keys()]).toContain(value);
  expect(issuesOf(WIRE_SCHEMAS.get(value), parse(text))).toEqual([]);
});

const heldBy = ({ id, name }: { id: string; name: string }) => ({ by: id, name, on: '2026-09-18' });

it.each(tagged('body'))('line $line: the example of a $value body passes its schema', ({ value, text }) => {
  expect([...BODY_SCHEMAS.keys()]).toContain(value);
  expect(issuesOf(BODY_SCHEMAS.get(value), parse(text))).toEqual([]);
});

it.each(tagged('part'))('line $line: the example of a $value passes its schema', ({ value, text }) => {
  expect(issuesOf(PARTS.get(value.replaceAll('-', ' ')), parse(text))).toEqual([]);
});

it('every exported schema of the wire has an example', () => {
  expect([...new Set(tagged('schema').map((one) => one.value))].sort()).toEqual(
    [...WIRE_SCHEMAS.keys()].sort(),
  );
});

it('every kind of command has exactly one example of its body', () => {
  expect(tagged('body').map((one) => one.value)).toEqual([...SENT_KINDS]);
});

it('there is an example of every outcome, of both forms of a feed and of none', () => {
  const outcomes = tagged('schema').filter((one) => one.value === 'outcome');
  const is = outcomes.map(({ text }) => (parse(text) as { is: string }).is);
  expect(is).toEqual(['applied', 'refused', 'quarantined', 'parked', 'retry']);
  const feeds = tagged('schema')
    .filter((one) => one.value === 'syncResponse')
    .map(({ text }) => v.parse(syncResponse, parse(text)).feed)
    .map((feed) => (feed === null ? 'none' : 'reset' in feed ? 'reset' : 'events'));
  expect(feeds.sort()).toEqual(['events', 'none', 'reset']);
});

/** States from which the examples are tried, and what of the item must be so for them. */
const FROM: Partial<Record<SentKind, State>> = {
  supplyCorrection: 'correction',
  assign: 'accepted',
  review: 'examining',
  decide: 'examining',
  makeLicence: 'decided',
  deliver: 'ready',
  forward: 'accepted',
  suspend: 'examining',
  resume: 'suspended',
  extend: 'examining',
  rate: 'settled',
};
const BY: Partial<Record<SentKind, Parameters<typeof actor>[0]>> = {
  review: 'reviewer',
  suspend: 'reviewer',
  resume: 'reviewer',
  decide: 'head',
  extend: 'head',
  rate: 'villager',
};

function factsFor(kind: SentKind) {
  return facts({
    actor: { ...actor(BY[kind] ?? 'clerk'), id: 'p-example' },
    item: item({
      ...(['makeLicence', 'deliver', 'rate'].includes(kind) ? { resultType: 'licence' as const } : {}),
      ...(kind === 'settle' || kind === 'decide' ? { handling: '即办件' as const } : {}),
    }),
  });
}

it.each(tagged('body'))('line $line: the rulebook accepts the $value example', ({ value, text }) => {
  const kind = value as SentKind;
  const at = factsFor(kind);
  const before = kind === 'receive' ? null : applicationIn(FROM[kind] ?? 'pending', at);
  const state = kind === 'release' && before ? { ...before, claim: heldBy(at.actor) } : before;
  expect(decide(state, readBody(kind, parse(text))!, at)).not.toHaveProperty('refused');
});

it('receive: the example is taken as it is, at its own site and by its own device', () => {
  const example = readBody('receive', parse(block('body', 'receive')))!;
  const verdict = decide(null, example, facts({ site: SITE }));
  expect(isRefusal(verdict)).toBe(false);
  expect((verdict as Event[])[0]).toMatchObject({ is: 'received', body: example.body });
  expect(decide(null, example, facts({ site: { ...SITE, device: '002' } }))).toMatchObject({
    reason: 'receiptNumber',
  });
});

it('signature examples count as signed', () => {
  for (const kind of ['drawn-signature', 'paper-signature', 'fingerprint'])
    expect(isSigned(parse(block('part', kind)) as Bodies['withdraw']['signature']), kind).toBe(true);
});

it('the example of a command has a body of its kind', () => {
  const { kind, body } = v.parse(wireCommand, parse(block('schema', 'wireCommand')));
  expect(readBody(kind, body)).not.toBeNull();
});

/** Fields of an application that an event changed, `rev` and `history` left out. */
const changedBy = (before: Application, after: Application): string[] =>
  (Object.keys(after) as (keyof Application)[]).filter(
    (key) => key !== 'rev' && key !== 'history' && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );

/** State in which an event can be tried. */
const EVENT_FROM: Partial<Record<EventKind, State>> = {
  correctionSupplied: 'correction',
  withdrawn: 'suspended',
  forwarded: 'suspended',
  voided: 'suspended',
  resumed: 'suspended',
};

const EVENTS = table('event').rows.filter(([kind]) => bare(kind!) !== 'received');

it.each(EVENTS)(
  'event %s: the example folds and changes exactly what its row says',
  (kind, _name, _of, changes, example) => {
    const event = parse(bare(example!)) as Event;
    expect(event.is).toBe(bare(kind!));
    const photos = [{ sha256: 'b'.repeat(64), size: 1000, type: 'jpeg' as const }];
    const built = applicationIn(EVENT_FROM[event.is] ?? 'pending');
    const before: Application = {
      ...built,
      ...(event.is === 'released' ? { claim: heldBy(actor('clerk')) } : {}),
      materials: { ...built.materials, M0001: { ...built.materials['M0001']!, photos } },
    };
    const logged = { applicationId: before.id, rev: before.rev + 1, actor: actor('clerk'), now: NOW, event };
    const after = evolve(before, logged);
    const said = [...changes!.matchAll(/`(\w+)(?:\[\w+\])?`/g)].map(([, name]) => name!);
    const fields = said.filter((name) => name in after);
    const amended = event.is === 'amended' ? ['answers'] : [];
    expect(changedBy(before, after).sort()).toEqual([...new Set([...fields, ...amended])].sort());
  },
);

/** Events that the rulebook really makes, by kind: their keys are what the examples must have. */
function madeEvents(): Map<EventKind, Event> {
  const made = new Map<EventKind, Event>();
  const permit = item({ type: '行政许可', handling: '即办件', resultType: 'licence' });
  const tries: [
    SentKind | 'deemAccepted' | 'lapse' | 'overdue',
    State | 'none',
    Parameters<typeof actor>[0],
  ][] = [
    ['receive', 'none', 'agent'],
    ['amend', 'pending', 'clerk'],
    ['addMaterial', 'pending', 'clerk'],
    ['supplyCorrection', 'correction', 'clerk'],
    ['withdraw', 'pending', 'clerk'],
    ['accept', 'pending', 'clerk'],
    ['requestCorrection', 'pending', 'clerk'],
    ['refuseAcceptance', 'pending', 'clerk'],
    ['claim', 'pending', 'clerk'],
    ['release', 'pending', 'clerk'],
    ['assign', 'accepted', 'clerk'],
    ['review', 'examining', 'reviewer'],
    ['decide', 'examining', 'head'],
    ['makeLicence', 'decided', 'clerk'],
    ['deliver', 'ready', 'clerk'],
    ['forward', 'accepted', 'clerk'],
    ['void', 'pending', 'clerk'],
    ['suspend', 'examining', 'reviewer'],
    ['resume', 'suspended', 'reviewer'],
    ['extend', 'examining', 'head'],
    ['rate', 'settled', 'villager'],
    ['lapse', 'correction', 'office'],
  ];
  for (const [kind, from, role] of tries) {
    const at = facts({ item: permit, actor: { ...actor(role), id: 'p-other' } });
    const built = from === 'none' ? null : applicationIn(from, at);
    const state = kind === 'release' && built ? { ...built, claim: heldBy(at.actor) } : built;
    const now = kind === 'lapse' ? '2026-12-01T02:00:00.000Z' : NOW;
    const body = kind === 'assign' ? { department: '民政局', reviewer: 'p-1' } : BODIES[kind];
    const verdict = decide(state, command(kind, body), { ...at, now });
    if (isRefusal(verdict)) throw new Error(`${kind}: ${verdict.reason}`);
    for (const event of verdict) made.set(event.is, event);
  }
  return made;
}

it('events: examples have the keys of the events that the rulebook makes', () => {
  const made = madeEvents();
  const examples = EVENTS.map(([, , , , example]) => parse(bare(example!)) as Event);
  examples.push(parse(block('event', 'received')) as Event);
  expect(examples.map((event) => event.is).sort()).toEqual(Object.keys(EVENT_NAMES).sort());
  for (const example of examples) {
    const real = made.get(example.is);
    // the office's clocks and its file store make these two; their types are the body's own
    if (!real) expect(['overdueMarked', 'photoVerified']).toContain(example.is);
    else expect(Object.keys(example).sort(), example.is).toEqual(Object.keys(real).sort());
  }
});

it('the received event begins the state that the snapshot example has', () => {
  const [, example] = [
    0,
    parse(block('schema', 'snapshot')) as { applicationId: string; state: Application },
  ];
  const event = parse(block('event', 'received')) as Event;
  const { event: feed, ...rest } = v.parse(feedEvent, parse(block('schema', 'feedEvent')));
  const by = { applicationId: example.applicationId, actor: rest.actor, now: rest.now };
  let state = evolve(null, { ...by, rev: 1, event });
  state = evolve(state, { ...by, rev: 2, event: feed });
  state = evolve(state, { ...by, rev: 3, event: { is: 'assigned', department: '民政局' } });
  expect(state).toEqual(example.state);
});
