/**
 * The minimum counts (数量底线): how many items a site of its level must offer at least. Which sites would fall short with a
 * release, and which were short before. Pure.
 */
import type { Level } from '#lib/domain/item.ts';
import { missingItems, type CountyPolicy } from './policy.ts';

/** A site that handles items, with how many it offers now and with the release. */
export interface CountedSite {
  id: string;
  name: string;
  level: Level;
  now: number;
  after: number;
}

export interface ShortSite extends CountedSite {
  /** Items it would lack. */
  lacks: number;
  /** It lacks as many now, or more. */
  before: boolean;
}

/** Of one level: the minimum, and the sites that would fall below it, the worst first. */
export interface LevelCounts {
  level: Level;
  minimum: number;
  sites: number;
  /** The site with the fewest items after the release; null without sites. */
  fewest: CountedSite | null;
  short: ShortSite[];
}

export function countByLevel(
  sites: readonly CountedSite[],
  levels: readonly Level[],
  now: CountyPolicy,
  next: CountyPolicy,
): LevelCounts[] {
  return levels.map((level) => {
    const own = sites.filter((site) => site.level === level).sort((a, b) => a.after - b.after);
    const short = own.flatMap((site) => {
      const lacks = missingItems(next, level, site.after);
      return lacks > 0 ? [{ ...site, lacks, before: missingItems(now, level, site.now) >= lacks }] : [];
    });
    return { level, minimum: next.minimumItems[level], sites: own.length, fewest: own[0] ?? null, short };
  });
}

/** Sites that would fall below the minimum, whether or not they are there now: each needs the written reason. */
export const shortSites = (levels: readonly LevelCounts[]): number =>
  levels.reduce((sum, { short }) => sum + short.length, 0);
