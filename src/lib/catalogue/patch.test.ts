import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPatch } from './patch.ts';
import { difference } from './publish/diff.ts';

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a patch between two values', () => {
  test('names what differs and nothing else', () => {
    const old = { code: 'A1', days: 5, form: [{ key: 'a', label: '甲' }, { key: 'b' }], fee: '不收费' };
    const next = { code: 'A1', days: 3, form: [{ key: 'a', label: '乙' }, { key: 'b' }, { key: 'c' }] };
    expect(difference(old, next)).toEqual({
      '-': ['fee'],
      days: 3,
      form: { '0': { label: '乙' }, '+': { '2': { key: 'c' } } },
    });
  });

  test('what was taken out, put in or moved is known again by its code or key', () => {
    const rows = (codes: string) => [...codes].map((code) => ({ code, text: `说明${code}` }));
    expect(difference(rows('abcd'), rows('acd'))).toEqual({ '-': [1] });
    expect(difference(rows('abcd'), rows('abxcd'))).toEqual({ '+': { '2': { code: 'x', text: '说明x' } } });
    expect(difference(rows('abcd'), rows('dabc'))).toEqual({ '-': [3], '+': { '0': rows('d')[0] } });
    expect(difference(['一', '二', '三'], ['二', '三', '四'])).toEqual({ '-': [0], '+': { '2': '四' } });
  });

  test('nothing where nothing differs', () => {
    expect(difference([{ code: 'a', b: [1, { c: null }] }], [{ code: 'a', b: [1, { c: null }] }])).toEqual(
      {},
    );
  });

  test('any list of rows becomes any other', () => {
    const word = fc.constantFrom('甲', '乙', '丙');
    const field = fc.record({ key: fc.constantFrom('a', 'b', 'c'), label: word, options: fc.array(word) });
    const row = fc.record(
      {
        code: fc.constantFrom('1', '2', '3', '4'),
        days: fc.oneof(fc.nat(3), fc.constant(null)),
        eligibility: fc.record({ minAge: fc.nat(3), sex: word }, { requiredKeys: [] }),
        form: fc.array(field, { maxLength: 4 }),
        words: fc.array(word, { maxLength: 4 }),
      },
      { requiredKeys: [] },
    );
    const rows = fc.array(row, { maxLength: 6 });
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        expect(applyPatch(a, throughJson(difference(a, b)))).toEqual(b);
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, unknown, unknown]>([
    ['more was taken out than came', ['a', 'b'], { '-': 'all' }],
    ['something comes beyond the end', ['a'], { '+': { '5': 'b' } }],
    ['what came is no place in a list', ['a'], { '+': ['b'] }],
    ['a change beyond the end', ['a'], { '1': 'b' }],
    ['a change before the beginning', ['a'], { '-1': 'b' }],
    ['a key that is no place', ['a'], { first: 'b' }],
    ['a key that would reach past the value', { a: 1 }, JSON.parse('{"__proto__":{"b":1}}')],
    ['what went is no list', { a: 1 }, { '-': 'a' }],
  ])('one that does not fit is refused: %s', (_, old, patch) => {
    expect(() => applyPatch(old, patch)).toThrow(TypeError);
  });

  test('the old value stays as it was', () => {
    const old = Object.freeze([Object.freeze({ code: 'a', n: 1 })]);
    expect(applyPatch(old, { '0': { n: 2 } })).toEqual([{ code: 'a', n: 2 }]);
    expect(old).toEqual([{ code: 'a', n: 1 }]);
  });
});
