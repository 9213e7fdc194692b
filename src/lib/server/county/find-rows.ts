/**
 * Looking for rows as the desk looks for items: by characters, code, pinyin (xucun) or initials (xc), wide or narrow, several
 * words in any order. Texts are read as pinyin when somebody first types letters, and kept: they hardly change.
 */
import { createHaystack, type Haystack } from '#lib/catalogue/haystack.ts';
import { readingsOf } from '#lib/catalogue/publish/pinyin.ts';
import { hasLetters, queryWords } from '#lib/catalogue/search-words.ts';
import { hasWords, wordsOf } from '#lib/domain/query-words.ts';

/** Lists whose readings are kept; one of 1,688 sites has 60 KB. */
const KEPT = 12;
const read = new Map<string, Haystack>();

function haystackOf(texts: readonly string[]): Haystack {
  const key = texts.join('\n');
  const known = read.get(key);
  if (known) return known;
  const made = createHaystack(texts, readingsOf(texts));
  if (read.size >= KEPT) read.delete(read.keys().next().value!);
  read.set(key, made);
  return made;
}

/** Rows whose text has every word of the query, in their order; all without one. */
export function findRows<Row>(rows: readonly Row[], query: string, textOf: (row: Row) => string): Row[] {
  const words = wordsOf(query);
  if (words.length === 0) return [...rows];
  if (!hasLetters(queryWords(query).join(''))) return rows.filter((row) => hasWords(textOf(row), words));
  const texts = rows.map((row) => textOf(row).replaceAll('\n', ' '));
  const hay = haystackOf(texts);
  const found = queryWords(query).map((word) => {
    const holds = new Set<number>();
    hay.scan(word, (index) => holds.add(index));
    return holds;
  });
  return rows.filter((_, index) => found.every((holds) => holds.has(index)));
}
