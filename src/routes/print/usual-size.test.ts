import { expect, test } from 'vitest';
import { usualSize } from './usual-size.ts';

test('slips go on half a sheet and documents on a whole one, until somebody chooses', () => {
  expect([usualSize('receipt', null), usualSize('supplement', null)]).toEqual(['a5', 'a5']);
  expect([usualSize('notice', null), usualSize('handover', null)]).toEqual(['a4', 'a4']);
  expect(usualSize('receipt', 'roll')).toBe('roll');
});

test('what is kept under the name and is no size counts as nothing', () => {
  expect(usualSize('notice', 'a3')).toBe('a4');
});
