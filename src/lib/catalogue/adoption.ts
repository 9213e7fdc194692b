/**
 * How far a release has come among the devices it reaches (用上情况), ring by ring. Pure. Invariant: a site counts once, in
 * the narrowest ring that reaches it; a device counts as having a release when it said that one or a newer.
 */
import { RINGS, type Ring } from './rollout.ts';

/** A site by itself, or everything under a township or the county. */
export interface Reach {
  kind: 'site' | 'under';
  scope: string;
}

export interface ReachedSite {
  id: string;
  township: string;
  county: string;
  /** What each device in use said it has, when it last called; null: it has not said anything yet. */
  devices: readonly (number | null)[];
}

export interface RingAdoption {
  ring: Ring;
  sites: number;
  /** Sites without a device in use: nothing can come there. */
  bare: number;
  /** Devices. */
  has: number;
  behind: number;
  unknown: number;
}

/** Rings that the release has reached, in their order. */
export function adoptionByRing(
  number: number,
  reach: readonly Reach[],
  sites: readonly ReachedSite[],
): RingAdoption[] {
  const scopes = (kind: Reach['kind']): Set<string> =>
    new Set(reach.filter((one) => one.kind === kind).map(({ scope }) => scope));
  const [own, under] = [scopes('site'), scopes('under')];
  const ringOf = ({ id, township, county }: ReachedSite): Ring | null => {
    if (own.has(id)) return 'pilot';
    if (under.has(township)) return 'township';
    return under.has(county) ? 'all' : null;
  };
  return RINGS.flatMap((ring) => {
    const reached = sites.filter((site) => ringOf(site) === ring);
    if (reached.length === 0) return [];
    const said = reached.flatMap(({ devices }) => devices);
    const count = (test: (held: number | null) => boolean): number => said.filter(test).length;
    return [
      {
        ring,
        sites: reached.length,
        bare: reached.filter(({ devices }) => devices.length === 0).length,
        has: count((held) => held !== null && held >= number),
        behind: count((held) => held !== null && held < number),
        unknown: count((held) => held === null),
      },
    ];
  });
}
