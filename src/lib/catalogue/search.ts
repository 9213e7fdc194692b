/**
 * Finds items as people ask for them at the counter: by name, everyday word (俗称), pinyin (gaoling), initials
 * (gljt), a mixture, or department and topic. A scored scan over the list of a release: no index to build or ship
 * beyond how its characters are read. Invariants: no query throws or takes unbounded time; equal scores keep the
 * order of the list, so results do not flicker.
 */
import { createHaystack, FULL, INITIAL } from './haystack.ts';
import type { Haystack } from './haystack.ts';
import type { CatalogueList } from './release.ts';
import { scanLoosely } from './search-loose.ts';
import { queryWords } from './search-words.ts';

/** `loose`: nothing holds the words as typed; this shares most of them (one character wrong, a whole sentence). */
export type MatchedWhere = 'name' | 'word' | 'department' | 'topic' | 'loose';
/** Places to mark, in UTF-16 units, in order, apart from each other. */
export type Ranges = [from: number, to: number][];

export interface SearchHit {
  code: string;
  /** Higher is better; comparable within one search only. */
  score: number;
  /** The best match: in the name, or in `text`, one everyday word, the department or a topic. */
  matched: { where: MatchedWhere; text: string; ranges: Ranges };
  /** What to mark in the name, also where the best match is elsewhere. */
  nameRanges: Ranges;
}

export interface Search {
  /**
   * The best hits, best first. An item must match every word of the query; when no item does, those that match
   * most words. An empty query finds nothing.
   */
  search(query: string, limit?: number): SearchHit[];
}

const NAME = { exact: 1000, start: 800, inside: 700 };
const WORD = { exact: 900, start: 650, inside: 600 };
const GROUP_SCORE = 200;
const LOOSE_SHARE = 40;

/** What keeps a benefit going is asked for less often than the benefit, and goes behind it. */
const UPKEEP = /变更|注销|年度|年审|认证|复核|换领|换发|补领|补办|补发|补换|延续|停发|终止|转移|迁移|更正/;
const UPKEEP_COST = 150;

function spellingCost(spelling: number): number {
  if (spelling === 0) return 0;
  if (spelling === FULL) return 40;
  return spelling === INITIAL ? 60 : 120;
}

/** Prepares a list for searching. */
export function createSearch({ entries, readings }: CatalogueList): Search {
  const count = entries.length;
  const texts: string[] = [];
  const owners: number[] = [];
  const nameOf: number[] = [];
  entries.forEach((entry, item) => {
    nameOf.push(texts.length);
    for (const text of [entry.name, ...entry.words]) {
      texts.push(text);
      owners.push(item);
    }
  });
  const groups: string[] = [];
  const groupIds = new Map<string, number>();
  const groupsOf = entries.map((entry) =>
    [entry.department, ...entry.topics].map((text) => {
      const known = groupIds.get(text) ?? groups.push(text) - 1;
      groupIds.set(text, known);
      return known;
    }),
  );
  const cost = Int16Array.from(entries, (entry) => (UPKEEP.test(entry.name) ? UPKEEP_COST : 0));
  const hay = createHaystack(texts, readings);
  const groupHay = createHaystack(groups, readings);

  // scratch of one search, kept so that a key press allocates next to nothing
  const best = new Int16Array(count);
  const bestText = new Int32Array(count);
  const total = new Int32Array(count);
  const totalText = new Int32Array(count);
  const matched = new Uint8Array(count);
  const groupScore = new Int16Array(groups.length);

  const scoreText = (index: number, from: number, to: number, spelling: number): void => {
    const item = owners[index]!;
    const length = hay.lengthOf(index);
    const base = index === nameOf[item] ? NAME : WORD;
    const exact = from === 0 && to === length;
    const level = exact ? base.exact : from === 0 ? base.start : base.inside;
    const score =
      level -
      spellingCost(spelling) -
      (exact ? 0 : cost[item]!) -
      Math.min(from, 20) +
      Math.round((30 * (to - from)) / length);
    if (score > best[item]!) {
      best[item] = score;
      bestText[item] = index;
    }
  };
  const scoreGroup = (group: number, from: number, _to: number, spelling: number): void => {
    const score = GROUP_SCORE - spellingCost(spelling) - Math.min(from, 20);
    if (spelling <= INITIAL && score > groupScore[group]!) groupScore[group] = score;
  };

  function scoreWord(word: string): void {
    best.fill(0);
    hay.scan(word, scoreText);
    groupScore.fill(0);
    // a single letter begins some department's name almost always
    if (word.length > 1 || word > '\x7f') groupHay.scan(word, scoreGroup);
    for (let item = 0; item < count; item++) {
      if (best[item] === 0) {
        for (const group of groupsOf[item]!) {
          if (groupScore[group]! <= best[item]!) continue;
          best[item] = groupScore[group]!;
          bestText[item] = -1 - group;
        }
      }
      addWord(item);
    }
  }

  function addWord(item: number): void {
    if (best[item] === 0) return;
    if (matched[item] === 0 || best[item]! > total[item]! / matched[item]!) totalText[item] = bestText[item]!;
    total[item]! += best[item]!;
    matched[item]!++;
  }

  function scoreLoosely(words: readonly string[]): void {
    for (const word of words) {
      best.fill(0);
      scanLoosely(hay, word, owners, count, (item, index, share) => {
        best[item] = share < LOOSE_SHARE ? 0 : share;
        bestText[item] = index;
      });
      for (let item = 0; item < count; item++) addWord(item);
    }
  }

  function search(query: string, limit = 20): SearchHit[] {
    const words = queryWords(query);
    total.fill(0);
    matched.fill(0);
    for (const word of words) scoreWord(word);
    let most = matched.reduce((a, b) => Math.max(a, b), 0);
    const loose = most === 0;
    if (loose) {
      scoreLoosely(words);
      most = matched.reduce((a, b) => Math.max(a, b), 0);
    }
    if (most === 0) return [];
    return topItems(total, matched, most, limit).map((item) => {
      const index = totalText[item]!;
      const entry = entries[item]!;
      const name = nameOf[item]!;
      const where = loose
        ? 'loose'
        : index === name
          ? 'name'
          : index >= 0
            ? 'word'
            : groups[-1 - index] === entry.department
              ? 'department'
              : 'topic';
      const nameRanges = rangesOf(hay, name, words);
      const ranges =
        index === name
          ? nameRanges
          : index >= 0
            ? rangesOf(hay, index, words)
            : rangesOf(groupHay, -1 - index, words);
      const text = index >= 0 ? texts[index]! : groups[-1 - index]!;
      return { code: entry.code, score: total[item]!, matched: { where, text, ranges }, nameRanges };
    });
  }

  return { search };
}

/** The best `limit` items that match `most` words, best first; equal ones in their order. */
function topItems(total: Int32Array, matched: Uint8Array, most: number, limit: number): number[] {
  const top: number[] = [];
  for (let item = 0; item < total.length; item++) {
    if (matched[item] !== most) continue;
    const score = total[item]!;
    if (top.length >= limit && score <= total[top.at(-1)!]!) continue;
    let at = top.length;
    while (at > 0 && total[top[at - 1]!]! < score) at--;
    top.splice(at, 0, item);
    if (top.length > limit) top.pop();
  }
  return top;
}

/** Where the words are in one text, sorted, those that touch or overlap joined. */
function rangesOf(hay: Haystack, index: number, words: readonly string[]): Ranges {
  const found = words.map((word) => hay.locate(index, word)).filter((range) => range !== null);
  if (found.length < 2) return found;
  found.sort((a, b) => a[0] - b[0]);
  const joined: Ranges = [];
  for (const [from, to] of found) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
