/** Nobody changes the wire by accident: a hash over everything its schemas check. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { canonicalBytes } from '#lib/catalogue/canonical.ts';
import { sha256Hex } from '#lib/catalogue/hash.ts';
import { serialise } from '../../../tests/support/describe-schema.ts';
import { BODY_SCHEMAS, PRIMITIVES, WIRE_SCHEMAS } from '../../../tests/support/wire-schemas.ts';
import { PROTOCOL } from './limits.ts';

const WIRE = '0cf61f50ba4f505d3a8b3828135dd1f0facc1f80429be9fd04fade60b3790fb1';
const WHAT_TO_DO = 'The wire changed: raise the protocol or say why in docs/decisions, then update the hash';

it('the schemas of the wire are those of this protocol', async () => {
  const all = [PRIMITIVES, WIRE_SCHEMAS, BODY_SCHEMAS].map((schemas) =>
    [...schemas].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, node]) => [name, serialise(node)]),
  );
  expect(await sha256Hex(canonicalBytes([PROTOCOL, all])), WHAT_TO_DO).toBe(WIRE);
});

const shape = (limit: number, kinds: readonly string[], pattern = /^a$/) =>
  v.strictObject({
    text: v.pipe(v.string(), v.maxLength(limit), v.regex(pattern)),
    list: v.exactOptional(v.array(v.picklist(kinds))),
    is: v.variant('kind', [v.strictObject({ kind: v.literal('one') })]),
  });
const spell = (schema: unknown): string => JSON.stringify(serialise(schema as never));

it.each([
  ['a limit', shape(11, ['a', 'b'])],
  ['a list', shape(10, ['a', 'c'])],
  ['an expression', shape(10, ['a', 'b'], /^b$/)],
  [
    'a key that may be left out',
    v.strictObject({ ...shape(10, ['a', 'b']).entries, list: v.array(v.string()) }),
  ],
  ['a new key', v.strictObject({ ...shape(10, ['a', 'b']).entries, more: v.boolean() })],
  ['a literal', v.strictObject({ ...shape(10, ['a', 'b']).entries, is: v.literal('two') })],
])('%s counts', (_, other) => {
  expect(spell(other)).not.toBe(spell(shape(10, ['a', 'b'])));
});

it('the order in which keys are written does not count', () => {
  expect(spell(v.strictObject({ a: v.string(), b: v.number() }))).toBe(
    spell(v.strictObject({ b: v.number(), a: v.string() })),
  );
});
