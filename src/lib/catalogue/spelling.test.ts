import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spelt, syllablesIn } from './spelling.ts';

test('a syllable for each character of the list, in the order of characters, nothing for what has none', () => {
  const texts = ['补贴（A）', '贴补', '高龄'];
  const said = spelt(texts, { bu: '补', tie: '贴', gao: '高' });
  // 补 U+8865 贴 U+8D34 高 U+9AD8 龄 U+9F84, then the brackets
  expect(said).toBe('bu tie gao   ');
  expect(syllablesIn(texts, said)).toEqual({ bu: '补', tie: '贴', gao: '高' });
});

test('what was told is told again byte by byte, whatever the characters', () => {
  const character = fc.oneof(
    fc.constantFrom(...'补贴高龄重长乐行'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  );
  const list = fc.array(fc.array(character).map((one) => one.join('')));
  const readings = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,6}$/),
    fc.constantFrom('补', '贴高', '龄重', '𠀀'),
  );
  fc.assert(
    fc.property(list, readings, (texts, syllables) => {
      const said = spelt(texts, syllables);
      expect(spelt(texts, syllablesIn(texts, said))).toBe(said);
    }),
  );
});
