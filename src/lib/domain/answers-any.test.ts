import fc from 'fast-check';
import { expect, it } from 'vitest';
import { showAnswer } from './answers-show.ts';
import { checkAnswers, checkField } from './answers.ts';
import { luhn } from './check-digit.ts';
import { FIELD_TYPES } from './item.ts';
import type { Field, FieldType } from './item.ts';

const today = '2026-09-23';
const card = `621234567890123${luhn('621234567890123')}`;

function field(type: FieldType, changes: Partial<Field> = {}): Field {
  return { key: 'k', label: '某项', type, required: false, ...changes };
}

const options = ['甲', '乙', '丙'];
const scalarTypes = FIELD_TYPES.filter((type) => type !== 'table' && type !== 'multiselect');
const bounds = fc.record(
  {
    maxLength: fc.integer({ min: 1, max: 20 }),
    min: fc.constant(-5),
    max: fc.constant(5000),
    step: fc.constantFrom(0.01, 0.1, 0.5, 1),
  },
  { requiredKeys: [] },
);
const makeField = (
  type: FieldType,
  required: boolean,
  limits: Partial<Field>,
  key: string,
  parent: string,
): Field => ({
  ...limits,
  key,
  label: key,
  type,
  required,
  options,
  ...(parent === key ? {} : { visibleIf: { key: parent, equals: true } }),
  ...(type === 'table' ? { columns: scalarTypes.map((t) => field(t, { key: t, label: t, options })) } : {}),
});
const keys = ['a', 'b', 'c', 'd', 'e'];
const forms = fc.tuple(
  ...keys.map((key) =>
    fc
      .tuple(fc.constantFrom(...FIELD_TYPES), fc.boolean(), bounds, fc.constantFrom(key, key, ...keys))
      .map(([type, required, limits, parent]) =>
        makeField(type, required, limits as Partial<Field>, key, parent),
      ),
  ),
);
const typed = fc.oneof(
  fc.constantFrom<unknown>(
    ...options,
    true,
    false,
    '2026-02-28',
    '2026/2/8',
    '13800000001',
    card,
    '11010519491231002x',
  ),
  fc.double(),
  fc.integer({ min: -10, max: 10_000 }),
  fc.integer({ min: 0, max: 500_000 }).map((cents) => String(cents / 100)),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
    .map((units) => String.fromCharCode(...units)),
  fc.subarray(options),
  fc.anything(),
);
const row = fc.dictionary(fc.constantFrom(...scalarTypes), typed);
const answers = fc.dictionary(fc.constantFrom(...keys), fc.oneof(typed, fc.array(row, { maxLength: 3 })));

it('cleaned answers pass again unchanged, and checking never throws', () => {
  let passed = 0;
  fc.assert(
    fc.property(forms, answers, (someForm, someAnswers) => {
      const once = checkAnswers(someForm, someAnswers, today);
      if (!once.ok) {
        expect(once.problems.every((one) => one.text.length > 0)).toBe(true);
        return;
      }
      passed += 1;
      const twice = checkAnswers(someForm, once.answers, today);
      // as text, so that the order of keys counts: these bytes are hashed and signed
      expect(JSON.stringify(twice)).toBe(JSON.stringify(once));
      expect(Object.keys(once.answers)).toEqual(keys.filter((key) => Object.hasOwn(once.answers, key)));
    }),
    { numRuns: 400, seed: 20260923 },
  );
  expect(passed).toBeGreaterThan(40);
});

it('one answer passes again unchanged', () => {
  fc.assert(
    fc.property(forms, typed, (someForm, raw) => {
      for (const one of someForm) {
        const once = checkField(one, raw, today);
        if (once.ok) expect(checkField({ ...one, required: false }, once.value, today)).toEqual(once);
      }
    }),
    { numRuns: 400 },
  );
});

it('showing never throws, whatever is stored', () => {
  fc.assert(
    fc.property(forms, fc.oneof(typed, fc.array(row)), (someForm, value) => {
      for (const one of someForm) expect(typeof showAnswer(one, value)).toBe('string');
    }),
    { numRuns: 200 },
  );
});
