/** A quick yes is the schema's yes: whatever is sent, nothing gets in by the quick way that the schema would refuse or change. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import { commandBodies } from '#lib/protocol/command-bodies.ts';
import { run, wireCommand } from '#lib/protocol/command.ts';
import { syncRequest } from '#lib/protocol/sync.ts';
import { BODIES, signature } from '../../../../tests/support/builders.ts';
import { quickCheck } from './quick-check.ts';

const HASH = 'ab'.repeat(32);
const ID = '01998f2c-5a00-7abc-9def-0123456789ab';
const RUN = { actor: 'agent-a1', from: 1, to: 2, head: HASH, sig: 'A'.repeat(86) };
const PROXY = {
  ...{ kind: 'proxy', name: '李某', idKind: BODIES.receive.applicant.idKind, idNumber: '1', phone: '1' },
  ...{ relation: '子女', acts: [], authorisation: signature() },
};
const COMMAND = {
  ...{ v: 1, id: ID, device: 'd-1', n: 1, actor: 'agent-a1', applicationId: ID, after: null, baseRev: 0 },
  ...{ item: { code: '410511005000', hash: HASH }, at: '2026-09-18T01:30:00.000Z', kind: 'receive' },
  body: BODIES.receive,
};
const REQUEST = {
  ...{ protocol: 1, lineage: 'x', cursor: 3, mark: 'ab'.repeat(8), release: null, patch: 1, choice: '' },
  ...{ report: { waiting: 1, photos: 0 }, keeps: 1, commands: [COMMAND], runs: [RUN] },
};

const CASES: [string, v.GenericSchema, unknown][] = [
  ...Object.entries(commandBodies).map(([kind, schema]): [string, v.GenericSchema, unknown] => [
    kind,
    schema,
    BODIES[kind as keyof typeof commandBodies],
  ]),
  ['a receipt by proxy', commandBodies.receive, { ...BODIES.receive, handler: PROXY }],
  ['a command', wireCommand, COMMAND],
  ['a run', run, RUN],
  ['a request', syncRequest, REQUEST],
];

const KEYS = ['kind', 'name', 'x', '__proto__', 'constructor', 'toString', 'answers', 'supersedes'];
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    '',
    'x'.repeat(3000),
    '不是日期',
    '2026-02-30',
    ID,
    HASH,
    -1,
    0.5,
    2 ** 53,
    [],
    {},
  ),
);
/** One change somewhere in a value: of JSON's text, so that a key may be any. */
const changes = fc.array(
  fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'add'),
    key: fc.constantFrom(...KEYS),
    to: odd,
  }),
  { maxLength: 3 },
);

interface Place {
  of: Record<string, unknown>;
  key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const of = value as Record<string, unknown>;
  return Object.keys(of).flatMap((key) => [{ of, key }, ...placesIn(of[key])]);
}

function changed(
  value: unknown,
  { at, how, key, to }: { at: number; how: string; key: string; to: unknown },
): void {
  const places = placesIn(value);
  if (places.length === 0) return;
  const place = places[at % places.length]!;
  const into = { value: to, enumerable: true, writable: true, configurable: true };
  if (how === 'replace') Object.defineProperty(place.of, place.key, into);
  else if (how === 'add' && !Array.isArray(place.of)) Object.defineProperty(place.of, key, into);
  else if (!Array.isArray(place.of)) Reflect.deleteProperty(place.of, place.key);
}

describe.each(CASES)('%s', (_, schema, sample) => {
  const check = quickCheck(schema);

  test('as it should be, is a quick yes', () => {
    expect(v.is(schema, sample)).toBe(true);
    expect(check(structuredClone(sample))).toBe(true);
  });

  test('changed anyhow: a yes only where the schema says yes and hands on the same', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const value: unknown = structuredClone(sample);
        for (const one of all) changed(value, one);
        if (!check(value)) return;
        const result = v.safeParse(schema, value);
        expect(result.success).toBe(true);
        expect(canonicalJson(result.output)).toBe(canonicalJson(value));
      }),
      { numRuns: 300 },
    );
  });
});

test('what the schema only passes over is no quick yes', () => {
  const answers = (text: string): unknown => ({ ...BODIES.receive, answers: JSON.parse(text) as unknown });
  const check = quickCheck(commandBodies.receive);
  for (const key of ['__proto__', 'constructor', 'prototype'])
    expect(check(answers(`{"${key}":"x"}`))).toBe(false);
  expect(check(answers('{"livingMode":"独居"}'))).toBe(true);
});
