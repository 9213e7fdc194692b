/**
 * A site's own choice (本站不办的事项): items of its release that it does not offer. Said as what is left out, so that what a
 * later release adds is offered until somebody decides otherwise. Invariant: what is left is never fewer than the county's
 * minimum for its level, when the choice is made.
 */
import { sha256Hex } from './hash.ts';
import type { CatalogueList } from './release.ts';

/** Digits of a mark; '' stands for no choice. */
const DIGITS = 12;

/** The choice as it is kept: every code once, in order. */
export const sortedCodes = (codes: Iterable<string>): string[] => [...new Set(codes)].sort();

/** Names a choice to devices. */
export async function choiceMark(leftOut: readonly string[]): Promise<string> {
  if (leftOut.length === 0) return '';
  const bytes = new TextEncoder().encode(sortedCodes(leftOut).join());
  return (await sha256Hex(bytes)).slice(0, DIGITS);
}

/** The list without what the site does not offer. */
export const withoutLeftOut = (list: CatalogueList, leftOut: ReadonlySet<string>): CatalogueList =>
  leftOut.size === 0 ? list : { ...list, entries: list.entries.filter(({ code }) => !leftOut.has(code)) };

/** How many items of a release remain. */
export const offeredCount = (codes: readonly string[], leftOut: ReadonlySet<string>): number =>
  codes.filter((code) => !leftOut.has(code)).length;

/**
 * How many items are lacking to the minimum, were the choice made like this; 0 where it may be made. Leaving nothing out
 * is always allowed: what a release lacks is no site's choice.
 */
export const lackingTo = (
  minimum: number,
  codes: readonly string[],
  leftOut: ReadonlySet<string>,
): number => {
  const offered = offeredCount(codes, leftOut);
  return offered === codes.length ? 0 : Math.max(0, minimum - offered);
};
