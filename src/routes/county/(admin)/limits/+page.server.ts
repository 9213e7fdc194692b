/** 时限统计: what the county's newest releases promise, against what the law allows, and how it came about. */
import { limitLists } from '#lib/server/county/limit-lists.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { limitsOverReleases } from '#lib/server/county/time-limits.ts';
import { theOffice } from '#lib/server/office.ts';
import { readLimitView } from '#lib/domain/time-limit-view.ts';
import { byDepartment, byType, slowest, timeLimits } from '#lib/domain/time-limits.ts';
import type { PageServerLoad } from './$types';

/** Releases that the trend goes back. */
const MOST_RELEASES = 12;
/** Slowest items that stand on the page; all of them are a page of their own. */
const MOST_SLOW = 10;

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const { store } = theOffice();
  const asked = readLimitView(event.url.searchParams);
  const lists = await limitLists(store, { county: county.id, list: asked.list });
  const view = { ...asked, list: lists.is };
  const published = lists.is === 'county' ? lists.levels.map(({ level }) => level) : [];
  const level = published.find((one) => one === view.trend) ?? published[0];
  const releases = level
    ? await limitsOverReleases(store, { county: county.id, level, most: MOST_RELEASES })
    : [];
  return {
    view,
    exampleItems: lists.exampleItems,
    whole: timeLimits(lists.items),
    differing: lists.differing.length,
    levels: lists.levels.map(({ level, items, release }) => ({ level, release, limits: timeLimits(items) })),
    groups: {
      department: byDepartment(lists.items),
      level: lists.levels.map(({ level, items }) => ({ key: level as string, limits: timeLimits(items) })),
      type: byType(lists.items),
    },
    slow: slowest(lists.items).slice(0, MOST_SLOW),
    trend: level && {
      level,
      levels: published,
      points: releases.map(({ number, publishedAt, items }) => ({
        number,
        publishedAt,
        limits: timeLimits(items),
      })),
    },
  };
};
