/**
 * The order in which a release lists its items: that of the release before, and what is new at the end. Pure. A patch names
 * places in a list, so an order of its own would make every patch as long as the list.
 */
import type { Item, Level } from '#lib/domain/item.ts';
import type { Offering } from './release-changes.ts';

type Items = Offering['items'];

/** @param before what is in force; null before the first release */
export function inReleaseOrder(items: Items, before: Items | null): Items {
  const at = (level: Level): readonly Item[] => ordered(items[level], before?.[level] ?? []);
  return { township: at('township'), subdistrict: at('subdistrict'), village: at('village') };
}

function ordered(items: readonly Item[], before: readonly Item[]): Item[] {
  const place = new Map(before.map(({ code }, at) => [code, at]));
  const placeOf = ({ code }: Item): number => place.get(code) ?? before.length;
  // sorting is stable: what is new stays in the order of the list
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}
