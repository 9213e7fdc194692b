import { expect, test } from 'vitest';
import { pageRule } from './paper-size.ts';

test('no margin is left in which a browser could print an address', () => {
  expect(pageRule('a4')).toBe('@page { size: 210mm 297mm; margin: 0; }');
  expect(pageRule('a5')).toBe('@page { size: 210mm 148mm; margin: 0; }');
});

test('the roll is a little longer than what is on it, and never a stump', () => {
  expect(pageRule('roll', 960)).toBe('@page { size: 80mm 257mm; margin: 0; }');
  expect(pageRule('roll', 10)).toBe('@page { size: 80mm 60mm; margin: 0; }');
});
