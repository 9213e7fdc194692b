/**
 * Pinyin of a list's texts, computed once when a release is published: 142 KB of tables stay off the device. Most
 * characters of a list are read in one way throughout, so a list carries one table of characters by syllable and
 * the few places where a reading differs: a third of the bytes of pinyin written out.
 */
import { pinyin } from 'pinyin-pro';
import type { Readings } from '../release.ts';

const HAN = /^\p{Script=Han}$/u;

/** Syllables of a text, one per code point, without tones, ü as v; null where the character is not Chinese. */
export function syllablesOf(text: string): (string | null)[] {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', v: true });
  const characters = [...text];
  if (syllables.length !== characters.length) throw new Error(`pinyin lost its place in ${text}`);
  return characters.map((character, i) => {
    const syllable = syllables[i]!;
    return HAN.test(character) && /^[a-z]+$/.test(syllable) ? syllable : null;
  });
}

/** Readings of all texts together; the reading met most often of a character is its usual one. */
export function readingsOf(texts: readonly string[]): Readings {
  const known = [...new Set(texts)].map((text) => ({ text, syllables: syllablesOf(text) }));
  const counts = new Map<string, Map<string, number>>();
  for (const { text, syllables } of known) {
    [...text].forEach((character, i) => {
      const syllable = syllables[i];
      if (!syllable) return;
      const count = counts.get(character) ?? new Map<string, number>();
      counts.set(character, count.set(syllable, (count.get(syllable) ?? 0) + 1));
    });
  }

  const usual = new Map<string, string>();
  const syllables: Record<string, string> = {};
  for (const [character, count] of counts) {
    const [[syllable]] = [...count].sort((a, b) => b[1] - a[1]) as [[string, number]];
    usual.set(character, syllable);
    syllables[syllable] = (syllables[syllable] ?? '') + character;
  }

  const exceptions: Readings['exceptions'] = [];
  for (const entry of known) {
    let position = 0;
    [...entry.text].forEach((character, i) => {
      const syllable = entry.syllables[i];
      if (syllable && syllable !== usual.get(character)) exceptions.push([entry.text, position, syllable]);
      position += character.length;
    });
  }
  return { syllables, exceptions };
}
