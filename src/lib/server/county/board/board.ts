/**
 * A county's board (看板), or that of one of its townships: what needs somebody first, then the figures. Computed from the
 * rows at each call, so it is as fresh as they are: a device's contact is noted once a minute. Pure but for reading.
 */
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import { tileKind, type TileKind } from '#lib/domain/board.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Level } from '#lib/domain/item.ts';
import { isWithin } from '#lib/domain/site.ts';
import { viewNewest, type PlanView } from '../../catalogue/plan-views.ts';
import type { Trx } from '../../db/dialect.ts';
import { boardSites, type BoardRelease, type BoardSite } from './site-rows.ts';

export interface LevelFigures {
  level: Level;
  minimum: number;
  sites: number;
  low: number;
  thin: number;
  /** Nothing was published for them. */
  none: number;
  /** Number of sites by how many items they offer, fewest first. */
  spread: { items: number; sites: number }[];
}

export interface Adoption extends BoardRelease {
  devices: number;
  current: number;
}

export interface Tile {
  id: string;
  name: string;
  street: boolean;
  is: TileKind;
  items: number | null;
  missing: number;
  stations: number;
  shortStations: number;
  silentStations: number;
  late: number;
}

export interface Board {
  at: Instant;
  /** The township of a drill-down; null: the whole county. */
  township: { id: string; name: string } | null;
  sites: BoardSite[];
  levels: LevelFigures[];
  adoption: Adoption[];
  /** The county's newest release and how far it has come, ring by ring; null before the first from its pages. */
  newest: PlanView | null;
  tiles: Tile[];
  totals: {
    open: number;
    late: number;
    devices: number;
    /** Devices that have told nothing of themselves. */
    untold: number;
    withoutDevice: number;
  };
}

const LEVELS: readonly Level[] = ['township', 'subdistrict', 'village'];

const isSilent = ({ silence }: BoardSite): boolean => silence === 'silent' || silence === 'never';
const isShort = ({ offer }: BoardSite): boolean => offer === 'low';

const sum = (
  sites: readonly BoardSite[],
  key: 'open' | 'late' | 'devices' | 'current' | 'reported',
): number => sites.reduce((total, site) => total + site[key], 0);

function figuresOf(level: Level, all: readonly BoardSite[]): LevelFigures[] {
  const sites = all.filter((site) => site.itemLevel === level);
  const [first] = sites;
  if (!first) return [];
  const spread = new Map<number, number>();
  for (const { items } of sites) if (items !== null) spread.set(items, (spread.get(items) ?? 0) + 1);
  const count = (offer: BoardSite['offer']): number => sites.filter((site) => site.offer === offer).length;
  return [
    {
      level,
      minimum: first.minimum,
      sites: sites.length,
      low: count('low'),
      thin: count('thin'),
      none: count('none'),
      spread: [...spread].map(([items, of]) => ({ items, sites: of })).sort((a, b) => a.items - b.items),
    },
  ];
}

function tileOf(township: BoardSite, all: readonly BoardSite[]): Tile {
  const stations = all.filter((site) => site.township === township.id && site.id !== township.id);
  const shortStations = stations.filter(isShort).length;
  const late = township.late + sum(stations, 'late');
  const { id, fullName: name, items, missing } = township;
  return {
    id,
    name,
    street: township.level === 'subdistrict',
    is: tileKind({ ...township, shortStations, late }),
    items,
    missing,
    stations: stations.length,
    shortStations,
    silentStations: stations.filter(isSilent).length,
    late,
  };
}

/** @param township only what it manages; undefined: the whole county. null: the county has no such township */
export async function boardOf(
  trx: Trx,
  { county, township, now }: { county: string; township?: string; now: Instant },
): Promise<Board | null> {
  const { policy } = await trx
    .selectFrom('county')
    .select('policy')
    .where('id', '=', county)
    .executeTakeFirstOrThrow();
  const found = await boardSites(trx, { county, policy: JSON.parse(policy) as CountyPolicy, now });
  const head = township === undefined ? null : found.sites.find((site) => site.id === township);
  if (head === undefined || (head && head.id !== head.township)) return null;
  const sites = head ? found.sites.filter((site) => isWithin(head.path, site.path)) : found.sites;
  const devices = sum(sites, 'devices');
  return {
    at: now,
    township: head ? { id: head.id, name: head.fullName } : null,
    sites,
    levels: LEVELS.flatMap((level) => figuresOf(level, sites)),
    adoption: found.releases.flatMap((release) => {
      const own = sites.filter((site) => site.itemLevel === release.level);
      return own.length === 0
        ? []
        : [{ ...release, devices: sum(own, 'devices'), current: sum(own, 'current') }];
    }),
    newest: await viewNewest(trx, county, head ? head.id : null),
    tiles: sites.filter((site) => site.id === site.township).map((one) => tileOf(one, sites)),
    totals: {
      open: sum(sites, 'open'),
      late: sum(sites, 'late'),
      devices,
      untold: devices - sum(sites, 'reported'),
      withoutDevice: sites.filter((site) => site.devices === 0).length,
    },
  };
}
