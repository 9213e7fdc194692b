import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cleanText, compactNumber, countCharacters, halfWidth } from './plain-text.ts';

describe('what nobody can see is not kept', () => {
  test.each([
    ['zero-width space', '王\u200B示例', '王示例'],
    ['right-to-left override', '\u202E王示例\u202C', '王示例'],
    ['isolates', '\u2066王\u2069', '王'],
    ['NUL', '王\u0000示例', '王示例'],
    ['C1 control', '王\u0090示例', '王示例'],
    ['byte-order mark', '\uFEFF王', '王'],
    ['soft hyphen', '王\u00AD示例', '王示例'],
    ['lone surrogate', '王\uD840示例', '王示例'],
    ['joiner between letters', '王\u200D示例', '王示例'],
    ['joiner at an end', '👩\u200D', '👩'],
    ['space at both ends', ' \u3000王示例\u00A0', '王示例'],
    ['decomposed letters', 'Jose\u0301', 'José'],
  ])('%s', (_, raw, cleaned) => expect(cleanText(raw)).toBe(cleaned));
});

describe('what people can see is kept', () => {
  test.each([
    '<img src=x onerror=alert(1)>',
    '{{constructor}}',
    '=HYPERLINK("x")',
    '👩‍👩‍👧‍👦',
    '👩🏽‍🌾',
    '🏳️‍🌈',
    '𬱖',
    '葛\u{E0100}',
  ])('%s', (text) => expect(cleanText(text)).toBe(text));
  it('lines stay lines only where lines are asked for', () => {
    expect(cleanText('第一行\r\n第二行\u2028第三行', { multiline: true })).toBe('第一行\n第二行\n第三行');
    expect(cleanText('第一行\r\n\t第二行')).toBe('第一行 第二行');
  });
});

test('characters are counted, not UTF-16 units', () => {
  expect(countCharacters('𬱖'.repeat(10_000))).toBe(10_000);
  expect(countCharacters('👩‍🌾')).toBe(3);
  expect(countCharacters('')).toBe(0);
});

test('full-width typing becomes ASCII', () => {
  expect(halfWidth('４１０５Ｘ－（）　ａ')).toBe('4105X-() a');
  expect(compactNumber(' ４１０ 502\u20031990\u200B0307\u200D123x ')).toBe(
    '410502199003071 23X'.replace(' ', ''),
  );
});

test('cleaning twice changes nothing more', () => {
  const characters = fc.constantFrom(
    '王',
    '👩',
    '\u200D',
    '\uFE0F',
    '🏽',
    '\u0301',
    'e',
    ' ',
    '\n',
    '\r',
    '\u202E',
    '\uD840',
    '\u2028',
  );
  // any UTF-16 units, lone halves of pairs among them
  const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((all) => String.fromCharCode(...all));
  fc.assert(
    fc.property(fc.oneof(units, fc.string({ unit: characters })), fc.boolean(), (raw, multiline) => {
      const once = cleanText(raw, { multiline });
      expect(cleanText(once, { multiline })).toBe(once);
    }),
    { numRuns: 200 },
  );
});
