/**
 * Looking for an item in one or several lists: by words (汉字、拼音、首字母、俗话), by topic, department or the people it is for.
 * Pure. Invariants: an item is listed once, from the first list that has it; what is typed is never part of a query.
 */
import type { ListEntry } from '#lib/catalogue/release.ts';
import type { SearchHit } from '#lib/catalogue/search.ts';
import type { Shelf } from './offers.ts';

/** What was asked for; at most one of them, words first. */
export interface Wanted {
  query: string;
  topic: string | null;
  department: string | null;
  audience: string | null;
}

export interface Group {
  name: string;
  count: number;
}

export interface Groups {
  topics: Group[];
  departments: Group[];
  audiences: Group[];
}

export interface Line {
  entry: ListEntry;
  hit: SearchHit | undefined;
}

const LONGEST_QUERY = 60;
const LONGEST_GROUP = 40;
/** More hits than these nobody reads; the best come first. */
const MOST_HITS = 60;

/** What an address asks for. */
export function wantedOf(params: URLSearchParams): Wanted {
  const group = (name: string) => params.get(name)?.slice(0, LONGEST_GROUP) || null;
  const query = (params.get('q') ?? '').slice(0, LONGEST_QUERY).trim();
  const topic = query ? null : group('topic');
  const department = query || topic ? null : group('department');
  const audience = query || topic || department ? null : group('audience');
  return { query, topic, department, audience };
}

/** Whether anything was asked for. */
export const isAsked = ({ query, topic, department, audience }: Wanted): boolean =>
  query !== '' || topic !== null || department !== null || audience !== null;

/** Items of the lists, each once. */
export function entriesOf(shelves: readonly Shelf[]): ListEntry[] {
  const entries = new Map<string, ListEntry>();
  for (const { list } of shelves) {
    for (const entry of list.entries) if (!entries.has(entry.code)) entries.set(entry.code, entry);
  }
  return [...entries.values()];
}

/** How many items there are of each topic, department and kind of people; the fullest first. */
export function groupsOf(entries: readonly ListEntry[]): Groups {
  const count = (namesOf: (entry: ListEntry) => readonly string[]): Group[] => {
    const counts = new Map<string, number>();
    for (const entry of entries)
      for (const name of namesOf(entry)) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
  };
  return {
    topics: count((entry) => entry.topics),
    departments: count((entry) => [entry.department]),
    audiences: count((entry) => entry.audience),
  };
}

/** The lines that are asked for; everything when nothing is. */
export function linesOf(shelves: readonly Shelf[], wanted: Wanted): Line[] {
  if (wanted.query !== '') return search(shelves, wanted.query);
  const { topic, department, audience } = wanted;
  return entriesOf(shelves)
    .filter((entry) => topic === null || entry.topics.includes(topic))
    .filter((entry) => department === null || entry.department === department)
    .filter((entry) => audience === null || entry.audience.includes(audience))
    .map((entry) => ({ entry, hit: undefined }));
}

/**
 * Best first within a list; scores of two lists cannot be compared, so the hits of the next come behind. Loose hits count
 * only where no list has a true one.
 */
function search(shelves: readonly Shelf[], query: string): Line[] {
  const results = [...new Set(shelves)].map(({ list, search: searching }) => ({
    entries: new Map(list.entries.map((entry) => [entry.code, entry])),
    hits: searching.search(query, MOST_HITS),
  }));
  const isTrue = (hit: SearchHit): boolean => hit.matched.where !== 'loose';
  const some = results.some(({ hits }) => hits.some(isTrue));
  const found = new Map<string, Line>();
  for (const { entries, hits } of results) {
    for (const hit of hits) {
      const entry = entries.get(hit.code);
      if (entry && !found.has(hit.code) && (!some || isTrue(hit))) found.set(hit.code, { entry, hit });
    }
  }
  return [...found.values()].slice(0, MOST_HITS);
}
