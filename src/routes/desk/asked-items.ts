/** Which items of the list typed words are about: by name, by the everyday words for them, by pinyin. */
import { catalogue } from '#lib/client/state/catalogue.svelte.ts';

/** Item codes; none for an empty query. */
export function askedItems(query: string): ReadonlySet<string> {
  const words = query.trim().toLowerCase();
  if (words === '') return new Set();
  const named = catalogue.entries
    .filter((entry) => [entry.name, ...entry.words].some((text) => text.toLowerCase().includes(words)))
    .map(({ code }) => code);
  // Latin letters are pinyin; Han characters here must be in the name, or a surname would find half the list
  const typed = /^[a-z ]+$/.test(words) ? catalogue.search(words).map(({ code }) => code) : [];
  return new Set([...named, ...typed]);
}
