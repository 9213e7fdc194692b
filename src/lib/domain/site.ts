/**
 * Sites (站点): the city, its counties, their townships and subdistricts, and the stations in villages and communities.
 *
 * A site's id is permanent; its 12-digit statistical code, name and managing path may change (villages merge, and the
 * statistical parent is not always the managing government). Scope is a prefix test on the managing path, whose every
 * part ends in `/`, so that no id can match another by its beginning. An empty scope contains nothing.
 */
import type { Level } from './item.ts';

export const SITE_LEVELS = ['city', 'county', 'township', 'subdistrict', 'village', 'community'] as const;
export type SiteLevel = (typeof SITE_LEVELS)[number];

/**
 * Training sites (练习站) and their county have ids that begin with L, for ever: whoever holds an application, an event or a
 * feed can tell by its site that it is practice, on a device without a network too. No figure, list or export counts it.
 */
export const TRAINING_PREFIX = 'L';
export const isTraining = (siteId: string): boolean => siteId.startsWith(TRAINING_PREFIX);

export interface Site {
  /** Permanent, e.g. `S410526102201`; says nothing about today's code. */
  id: string;
  /** 12-digit statistical code (统计用区划代码) of today. */
  code: string;
  name: string;
  level: SiteLevel;
  /** Ids from the city down to this site: `S410500000000/S410526000000/S410526102000/S410526102201/`. */
  path: string;
  /** `paused`: not open for now; `closed`: merged or dissolved, kept for its old applications. */
  status: 'open' | 'paused' | 'closed';
  /** Printed on receipts. */
  address?: string;
  phone?: string;
}

/** City, county, township, station; and a station that was merged into another lies below that one. */
const PATH_SHAPE = /^(?:[A-Za-z0-9-]+\/){1,5}$/;

/** Whether a path is well formed: one to five ids, each followed by `/`. */
export function isSitePath(text: unknown): text is string {
  return typeof text === 'string' && PATH_SHAPE.test(text);
}

/** Whether something at `path` lies in the scope, the scope's own site included. Malformed paths are in no scope. */
export function isWithin(scopePath: string, path: string): boolean {
  return isSitePath(scopePath) && isSitePath(path) && path.startsWith(scopePath);
}

/** The path of a site below another. */
export function childPath(parentPath: string, id: string): string {
  const path = `${parentPath}${id}/`;
  if (!isSitePath(path) || id.includes('/')) throw new RangeError(`not a path of sites: ${path}`);
  return path;
}

/** The path of the site that manages this one; null for the city. */
export function parentPath(path: string): string | null {
  const ids = idsOf(path);
  return ids.length > 1 ? pathOf(ids.slice(0, -1)) : null;
}

/** Id of the managing county; null for the city. */
export function countyOf(path: string): string | null {
  return idsOf(path)[1] ?? null;
}

/** Id of the managing township or subdistrict, whose feed carries this site's events; null above townships. */
export function townshipOf(path: string): string | null {
  return idsOf(path)[2] ?? null;
}

/** Path of the managing county, as a scope; null for the city. */
export function countyPathOf(path: string): string | null {
  const ids = idsOf(path);
  return ids.length >= 2 ? pathOf(ids.slice(0, 2)) : null;
}

/** Path of the managing township or subdistrict, as a scope; null above townships. */
export function townshipPathOf(path: string): string | null {
  const ids = idsOf(path);
  return ids.length >= 3 ? pathOf(ids.slice(0, 3)) : null;
}

/** The level at which items are offered there; null for cities and counties, which have no counter here. */
export function itemLevelOf(level: SiteLevel): Level | null {
  switch (level) {
    case 'township':
    case 'subdistrict':
      return level;
    case 'village':
    case 'community':
      return 'village';
    case 'city':
    case 'county':
      return null;
  }
}

/** The place that a name over a door is of: 白道口镇便民服务中心 is 白道口镇's, 许村便民服务站 is 许村's. */
const placeName = (name: string): string => name.replace(/(?!^)便民服务(?:中心|站)$/, '');

/** The place's name: a station's is led by its township's (白道口镇许村). */
export function fullName(site: Pick<Site, 'level' | 'name'>, township: Pick<Site, 'name'> | null): string {
  const isStation = site.level === 'village' || site.level === 'community';
  return isStation && township ? `${placeName(township.name)}${placeName(site.name)}` : placeName(site.name);
}

function idsOf(path: string): string[] {
  if (!isSitePath(path)) throw new RangeError(`not a path of sites: ${path}`);
  return path.slice(0, -1).split('/');
}

function pathOf(ids: readonly string[]): string {
  return `${ids.join('/')}/`;
}
