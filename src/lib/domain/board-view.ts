/** Which stations of a board are listed, and in which order: those that need somebody, the worst first. Pure. */
import { LOW_ROOM_MB, STUCK_MS, type Offer, type Silence } from './board.ts';
import { instantMs, type Instant } from './day.ts';
import { pageNumber } from './page-number.ts';

/** `short`: too few items, or hardly enough. `call`: silent, stuck or short of room. `bare`: no device was ever enrolled. */
export const NEEDS = ['short', 'call', 'late', 'bare'] as const;
export type Need = (typeof NEEDS)[number];

export interface BoardView {
  query: string;
  /** '' is all of them. */
  need: Need | '';
  /** Id of a township; '' is the whole county. */
  township: string;
  page: number;
}

const LONGEST = 60;

export function readBoardView(params: URLSearchParams): BoardView {
  const text = (key: string): string => (params.get(key) ?? '').slice(0, LONGEST);
  return {
    query: text('q'),
    need: NEEDS.find((one) => one === params.get('is')) ?? '',
    township: text('in'),
    page: pageNumber(params),
  };
}

/** The address of a view; a change of it begins at the first page. */
export function boardQuery(view: Partial<BoardView>, change: Partial<BoardView> = {}): string {
  const { query = '', need = '', township = '', page } = { ...view, page: 1, ...change };
  const said = Object.entries({ q: query, is: need, in: township, page: page > 1 ? String(page) : '' });
  const params = new URLSearchParams(said.filter(([, value]) => value !== ''));
  return params.size > 0 ? `?${params.toString()}` : '';
}

/** What is told of a station. */
export interface Standing {
  code: string;
  offer: Offer;
  missing: number;
  silence: Silence;
  devices: number;
  lastContact: Instant | null;
  waitingSince: Instant | null;
  roomMb: number | null;
  late: number;
}

const RANK: Readonly<Record<Offer, number>> = { low: 0, none: 1, thin: 2, ok: 3 };

const since = (time: Instant | null, at: Instant): number =>
  time === null ? 0 : instantMs(at) - instantMs(time);

export const isSilent = ({ silence }: Pick<Standing, 'silence'>): boolean =>
  silence === 'silent' || silence === 'never';
export const isQuiet = (site: Pick<Standing, 'silence'>): boolean =>
  site.silence === 'quiet' || isSilent(site);
export const isLowOnRoom = ({ roomMb }: Pick<Standing, 'roomMb'>): boolean =>
  roomMb !== null && roomMb < LOW_ROOM_MB;
export const isStuck = ({ waitingSince }: Pick<Standing, 'waitingSince'>, at: Instant): boolean =>
  since(waitingSince, at) > STUCK_MS;

function isIn(site: Standing, need: Need, at: Instant): boolean {
  switch (need) {
    case 'short':
      return site.offer !== 'ok';
    case 'call':
      return isQuiet(site) || isLowOnRoom(site) || isStuck(site, at);
    case 'late':
      return site.late > 0;
    case 'bare':
      return site.devices === 0;
  }
}

/** How long nothing has been heard, or got away. */
const age = (site: Standing, at: Instant): number =>
  Math.max(
    site.silence === 'never' ? Number.MAX_SAFE_INTEGER : since(site.lastContact, at),
    since(site.waitingSince, at),
  );

/** Stations in that need, the worst first; all, in the order of their codes, without one. */
export function inNeed<Site extends Standing>(sites: readonly Site[], need: Need | '', at: Instant): Site[] {
  if (need === '') return [...sites];
  const found = sites.filter((site) => isIn(site, need, at));
  const worst: Record<Need, (a: Site, b: Site) => number> = {
    short: (a, b) => RANK[a.offer] - RANK[b.offer] || b.missing - a.missing || a.code.localeCompare(b.code),
    call: (a, b) => age(b, at) - age(a, at),
    late: (a, b) => b.late - a.late,
    bare: (a, b) => a.code.localeCompare(b.code),
  };
  return found.sort(worst[need]);
}
