import { describe, expect, test } from 'vitest';
import { implementationCode, parseImplementationCode } from './implementation-code.ts';

const credit = '11440232MB2D06811W';

describe('implementation code', () => {
  test('the published sample takes itself apart', () => {
    expect(parseImplementationCode('11440232MB2D06811W4000117051000')).toEqual({
      creditCode: credit,
      levelDigit: '4',
      itemCode: '000117051000',
    });
  });

  test.each([
    ['county', '4'],
    ['township', '5'],
    ['subdistrict', '5'],
    ['village', '6'],
  ] as const)('a %s acts at level %s', (level, digit) => {
    const code = implementationCode(credit, level, '412014001001');
    expect(code).toHaveLength(31);
    expect(parseImplementationCode(code)?.levelDigit).toBe(digit);
  });

  test('a part of the wrong shape is a bug', () => {
    expect(() => implementationCode('11440232MB2D06811', 'village', '412014001001')).toThrow(RangeError);
    expect(() => implementationCode(credit.replace('W', 'O'), 'village', '412014001001')).toThrow(RangeError);
    expect(() => implementationCode(credit, 'village', '4120140010011')).toThrow(RangeError);
  });

  test.each(['', credit, '11440232MB2D06811W9000117051000', '11440232MB2D06811W40001170510001'])(
    '%j is no implementation code',
    (code) => {
      expect(parseImplementationCode(code)).toBeNull();
    },
  );
});
