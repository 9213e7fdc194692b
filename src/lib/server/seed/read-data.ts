/** The data files beside this module (data/README.md says where each comes from), read as they are. */
import { readFileSync } from 'node:fs';
import { extendCalendar } from '#lib/catalogue/extend-calendar.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Item } from '#lib/domain/item.ts';

const readText = (name: string): string => readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8');

/** Items of all levels; `taskCode` is given per office (task-codes.ts). */
export type ListedItem = Omit<Item, 'taskCode'>;

export const readItems = (): ListedItem[] => JSON.parse(readText('items.json')) as ListedItem[];

export const readSitesCsv = (): { sites: string; managing: string } => ({
  sites: readText('sites.csv'),
  managing: readText('managing.csv'),
});

const pick = ({ validFrom, validThrough, off, work, simulatedFrom }: Calendar): Calendar => ({
  validFrom,
  validThrough,
  off,
  work,
  ...(simulatedFrom === undefined ? {} : { simulatedFrom }),
});

/** The working-day calendar as announced so far: 2024–2026. */
export const readRealCalendar = (): Calendar => pick(JSON.parse(readText('calendar.json')) as Calendar);

/** The same with a made-up 2027 behind it, marked 模拟: for the demo city only. */
export const readDemoCalendar = (): Calendar =>
  extendCalendar(readRealCalendar(), pick(JSON.parse(readText('calendar-2027-simulated.json')) as Calendar));
