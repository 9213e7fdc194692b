/**
 * What the catalogue costs a site: bytes of the first load, time until it can be searched, time of a key press.
 * Runs on the demo city's items for 滑县, village and township, through the modules that the product uses.
 */
import { readFileSync } from 'node:fs';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import { buildRelease } from '#lib/catalogue/publish/build.ts';
import { packBrotli } from '#lib/catalogue/publish/brotli.ts';
import { syllablesOf } from '#lib/catalogue/publish/pinyin.ts';
import { unpackItems, unpackList } from '#lib/catalogue/release.ts';
import type { CatalogueList } from '#lib/catalogue/release.ts';
import { createSearch } from '#lib/catalogue/search.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Row } from '../../scripts/bench-row.ts';

const ROUNDS = 40;
const COUNTY = '410526000000';

const data = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../src/lib/server/seed/data/${file}`, import.meta.url), 'utf8'));

export async function run(): Promise<Row[]> {
  const items = data('items.json') as Item[];
  const calendar = data('calendar.json') as Calendar;
  const measures: Row[] = [];
  for (const level of ['village', 'township'] as const) {
    const at = `滑县 ${level}`;
    const { parts, manifestRaw } = await buildRelease({
      county: COUNTY,
      level,
      previous: 0,
      publishedAt: '2026-09-22T01:30:00.000Z',
      items,
      calendar,
      policy: DEFAULT_COUNTY_POLICY,
    });
    for (const [part, { raw, packed }] of Object.entries(parts)) {
      measures.push({ measure: `${at}: ${part} raw`, value: raw.length, unit: 'B' });
      measures.push({ measure: `${at}: ${part} brotli-11`, value: packed.length, unit: 'B' });
    }
    const load = Object.values(parts).reduce((sum, { packed }) => sum + packed.length, manifestRaw.length);
    measures.push({ measure: `${at}: first load`, value: load, unit: 'B', atMost: 107_500 });

    const list = unpackList(parts.list.raw);
    measures.push(...(await searchMeasures(at, list)));
    measures.push({
      measure: `${at}: unpack items`,
      value: best(() => unpackItems(parts.items.raw)),
      unit: 'ms',
    });
  }
  return measures;
}

async function searchMeasures(at: string, list: CatalogueList): Promise<Row[]> {
  // what search needs of a list: its texts, and how they are read
  const texts = list.entries.flatMap((entry) => [entry.name, ...entry.words]).join('\n');
  const index = new TextEncoder().encode(texts + canonicalJson(list.readings));
  const words = list.entries.flatMap((entry) => entry.words);
  const { search } = createSearch(list);
  const spelt = (part: (syllable: string) => string) => (text: string) =>
    syllablesOf(text)
      .map((syllable, i) => (syllable ? part(syllable) : [...text][i]!))
      .join('');
  const queries: [string, string[]][] = [
    ['words', words],
    ['pinyin', words.map(spelt((syllable) => syllable))],
    ['initials', words.map(spelt((syllable) => syllable.charAt(0)))],
    [
      'mistyped',
      words.filter((word) => word.length > 3).map((word) => word.slice(0, 1) + '某' + word.slice(2)),
    ],
  ];
  return [
    { measure: `${at}: search index raw`, value: index.length, unit: 'B', atMost: 31_000 },
    { measure: `${at}: search index brotli-11`, value: (await packBrotli(index)).length, unit: 'B' },
    { measure: `${at}: prepare search`, value: best(() => createSearch(list)), unit: 'ms', atMost: 1 },
    ...queries.flatMap(([kind, asked]): Row[] => {
      const times = timesOf(asked, (query) => search(query, 10));
      const budget = kind === 'mistyped' ? {} : { atMost: 60 };
      return [
        { measure: `${at}: search by ${kind} p50`, value: quantile(times, 0.5), unit: 'µs' },
        { measure: `${at}: search by ${kind} p99`, value: quantile(times, 0.99), unit: 'µs', ...budget },
      ];
    }),
  ];
}

/** µs of each query, sorted: the best of several rounds, because other processes share the machine. */
function timesOf(queries: readonly string[], search: (query: string) => unknown): Float64Array {
  const least = new Float64Array(queries.length).fill(Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    queries.forEach((query, i) => {
      const start = process.hrtime.bigint();
      search(query);
      least[i] = Math.min(least[i]!, Number(process.hrtime.bigint() - start) / 1000);
    });
  }
  return least.sort();
}

function quantile(sorted: Float64Array, share: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

/** Milliseconds, the best of several runs, likewise. */
function best(work: () => unknown): number {
  const times = Float64Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return round(Math.min(...times));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
