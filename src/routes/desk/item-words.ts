/** How an item is described in one line, in lists and guides. */
import type { ListEntry } from '#lib/catalogue/release.ts';
import type { SearchHit } from '#lib/catalogue/search.ts';
import type { MarkedText } from '#lib/ui/Marked.svelte';

/** 承诺 10 个工作日 · 当场办结 */
export const promiseText = (item: { handling: string; promisedDays: number }): string =>
  item.handling === '即办件' || item.promisedDays === 0 ? '当场办结' : `承诺 ${item.promisedDays} 个工作日`;

export interface ItemLine {
  code: string;
  name: MarkedText;
  meta: (string | MarkedText)[];
  why: MarkedText | undefined;
}

/** A row of a list; with a hit, what was found is marked. */
export function itemLine(entry: ListEntry, hit?: SearchHit): ItemLine {
  const found = hit?.matched;
  const department =
    found?.where === 'department' ? { text: entry.department, ranges: found.ranges } : entry.department;
  const others = entry.words.filter((word) => word !== found?.text).slice(0, 2);
  const why =
    found?.where === 'word'
      ? { text: `俗称：${found.text}`, ranges: found.ranges.map(([from, to]) => [from + 3, to + 3] as const) }
      : found?.where === 'topic'
        ? {
            text: `主题：${found.text}`,
            ranges: found.ranges.map(([from, to]) => [from + 3, to + 3] as const),
          }
        : others.length > 0
          ? { text: `俗称：${others.join('、')}` }
          : undefined;
  return {
    code: entry.code,
    name: { text: entry.name, ranges: hit?.nameRanges },
    meta: [department, promiseText(entry), `跑 ${entry.visits} 次`],
    why,
  };
}
