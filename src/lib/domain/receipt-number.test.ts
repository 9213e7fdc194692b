import { describe, expect, it, test } from 'vitest';
import { luhn, mod1110 } from './check-digit.ts';
import {
  bareReceiptNumber,
  buildReceiptNumber,
  formatReceiptNumber,
  isReceiptNumber,
  parseReceiptNumber,
} from './receipt-number.ts';

const parts = { site: '410526102201', day: '2026-09-23', device: '001', serial: 7 };
const number = buildReceiptNumber(parts);

test.each([
  ['0794', '5'],
  ['8609574271', '9'],
  ['13669597', '6'],
])('ISO 7064 MOD 11,10 of %s is %s', (digits, check) => expect(mod1110(digits)).toBe(check));

test('Luhn of the standard’s example', () => expect(luhn('7992739871')).toBe('3'));

describe('a receipt number', () => {
  it('holds site, day, device and serial in 28 digits', () => {
    expect(number).toMatch(/^410526102201202609230010007\d$/);
    expect(parseReceiptNumber(number)).toEqual(parts);
  });

  it('is read back as people write it', () => {
    const shown = formatReceiptNumber(number);
    expect(shown).toBe(`410526102201 20260923 001 0007 ${number.slice(-1)}`);
    expect(parseReceiptNumber(shown)).toEqual(parts);
    expect(bareReceiptNumber(`４１０526102201-20260923-001-0007 ${number.slice(-1)}`)).toBe(number);
  });

  it('with one wrong digit, or two neighbours swapped, is none', () => {
    for (let at = 0; at < number.length; at += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const typed = number.slice(0, at) + digit + number.slice(at + 1);
        expect(isReceiptNumber(typed)).toBe(typed === number);
      }
    }
    expect(isReceiptNumber(number.replace('4105', '4150'))).toBe(false);
  });

  test.each([
    ['too short', number.slice(1)],
    ['letters', number.replace('4', 'A')],
    ['empty', ''],
    ['a day that does not exist', withCheck('410526102201202602300010007')],
    ['device 000', withCheck('410526102201202609230000007')],
    ['serial 0000', withCheck('410526102201202609230010000')],
  ])('%s is none', (_, typed) => expect(parseReceiptNumber(typed)).toBeNull());

  test.each([
    { ...parts, serial: 10_000 },
    { ...parts, serial: 0 },
    { ...parts, device: '000' },
    { ...parts, device: '1' },
    { ...parts, day: '2026-02-30' },
    { ...parts, site: '410526' },
  ])('cannot be built from %j', (wrong) => expect(() => buildReceiptNumber(wrong)).toThrow(RangeError));
});

function withCheck(body: string): string {
  return body + mod1110(body);
}
