/**
 * The second look, only taken when nothing holds a word as it was typed: one character wrong or missing, a whole
 * sentence (高龄津贴怎么申请), one letter too many. Bounded by the length of the word.
 */
import type { Haystack } from './haystack.ts';
import { hasLetters } from './search-words.ts';

/** `share` is 0–100: how much of the word the item's texts hold. Called at most once for an item. */
type OnShare = (item: number, index: number, share: number) => void;

const LETTERS = { least: 5, most: 24 };

/** Calls back for items that share something with the word. `owners[text]` is the item of a text. */
export function scanLoosely(
  hay: Haystack,
  word: string,
  owners: readonly number[],
  items: number,
  found: OnShare,
): void {
  const points = new Uint16Array(items);
  const text = new Int32Array(items).fill(-1);
  const seen = new Int16Array(items).fill(-1);
  const most = hasLetters(word) ? lettersDropped() : charactersShared();
  for (let item = 0; item < items; item++) {
    if (points[item]) found(item, text[item]!, Math.round((100 * points[item]!) / most));
  }

  /** Pairs of neighbours tell more than single characters; a pair counts twice. */
  function charactersShared(): number {
    const characters = [...word];
    characters.forEach((character, i) => {
      const next = characters[i + 1];
      if (next !== undefined) count(character + next, 2 * i, 2);
      count(character, 2 * i + 1, 1);
    });
    return 3 * characters.length - 2;
  }

  function count(piece: string, round: number, worth: number): void {
    hay.scan(piece, (index) => {
      const item = owners[index]!;
      if (seen[item] === round) return;
      seen[item] = round;
      points[item]! += worth;
      if (text[item] === -1) text[item] = index;
    });
  }

  /** One letter less than the person typed. */
  function lettersDropped(): number {
    if (word.length < LETTERS.least || word.length > LETTERS.most) return 1;
    for (let i = 0; i < word.length; i++) {
      hay.scan(word.slice(0, i) + word.slice(i + 1), (index, _from, _to, spelling) => {
        const item = owners[index]!;
        const worth = spelling <= 1 ? 2 : 1;
        if (points[item]! >= worth) return;
        points[item] = worth;
        text[item] = index;
      });
    }
    return 2;
  }
}
