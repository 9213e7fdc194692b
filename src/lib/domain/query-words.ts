/** Looking for rows by a few words: every word must be somewhere in the row's text, however wide or large it was typed. */

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** None for an empty query: then every row has them all. */
export const wordsOf = (query: string): string[] => plain(query).split(/\s+/).filter(Boolean);

export function hasWords(text: string, words: readonly string[]): boolean {
  const hay = plain(text);
  return words.every((word) => hay.includes(word));
}
