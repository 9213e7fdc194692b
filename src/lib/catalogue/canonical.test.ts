import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalBytes, canonicalJson } from './canonical.ts';

// values that went through JSON once: no -0, no undefined, no lone surrogates
const json = fc
  .jsonValue({ noUnicodeString: false, maxDepth: 4 })
  .filter(
    (value) => !/[\uD800-\uDFFF]/u.test(JSON.stringify(value)) && !/\\ud[89a-f]/i.test(JSON.stringify(value)),
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe('canonical JSON', () => {
  test('the order in which an object was filled does not matter', () => {
    fc.assert(fc.property(json, (value) => canonicalJson(shuffled(value)) === canonicalJson(value)));
  });

  test('it is JSON of the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  test('the sorting example of RFC 8785 §3.2.3: UTF-16 code units, not code points', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toEqual([
      'One', // integer-like keys come first in JavaScript anyway
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    expect(canonicalJson(value).startsWith('{"\\r":"Carriage Return","1":"One",')).toBe(true);
  });

  test('the number examples of RFC 8785', () => {
    expect(canonicalJson([333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
  });

  test('a member that is undefined is as good as absent', () => {
    expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}');
  });

  test.each([
    ['NaN', Number.NaN],
    ['an infinity', -Infinity],
    ['a lone high surrogate', '高\ud800'],
    ['a lone low surrogate in a key', { '\udc00': 1 }],
    ['undefined in a list', [undefined]],
    ['undefined itself', undefined],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['a map', { a: new Map() }],
    ['a function', () => 1],
  ])('%s is refused, not bent', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  test('a cycle is refused', () => {
    const value: Record<string, unknown> = {};
    value['self'] = value;
    expect(() => canonicalJson(value)).toThrow(/cycle/);
  });

  test('bytes are UTF-8', () => {
    expect([...canonicalBytes('津😀')]).toEqual([0x22, 0xe6, 0xb4, 0xa5, 0xf0, 0x9f, 0x98, 0x80, 0x22]);
  });
});
