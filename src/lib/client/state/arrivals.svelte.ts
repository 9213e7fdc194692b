/** 结果到站 on pages: which results lie at this station, and since when. */
import { chineseDay } from '#lib/domain/day.ts';
import { arrivalsWatch, forgetArrival, noteArrival, tidyArrivals } from '../store/arrivals.ts';
import { Live } from './live.svelte.ts';
import { now } from './now.svelte.ts';
import { openedStore } from './opened-store.ts';

export const arrivals = new Live(arrivalsWatch);

/** `by`: name of whoever took it in. */
export const resultArrived = async (id: string, by: string) =>
  noteArrival(await openedStore(), id, { on: chineseDay(now()), by });
export const resultNotArrived = async (id: string) => forgetArrival(await openedStore(), id);
export const tidyResults = async () => tidyArrivals(await openedStore());
