/** Sites by their 12-digit code, and those that somebody may have meant who typed another. */
import type { Trx } from '../db/dialect.ts';
import type { SiteLevel } from '#lib/domain/site.ts';

export interface FoundSite {
  id: string;
  code: string;
  name: string;
  fullName: string;
  level: SiteLevel;
}

/** The site of that code; when there is none, those with the fewest wrong digits, and among them the right beginning. */
export async function findSite(
  trx: Trx,
  code: string,
): Promise<{ site: FoundSite } | { site: null; near: FoundSite[] }> {
  const rows = await trx
    .selectFrom('site')
    .select(['id', 'code', 'name', 'full_name as fullName', 'level'])
    .where('level', '!=', 'city')
    .orderBy('code')
    .execute();
  const site = rows.find((row) => row.code === code);
  if (site) return { site };
  const near = rows
    .map((row) => ({ row, wrong: distance(row.code, code), right: sharedStart(row.code, code) }))
    .sort((a, b) => a.wrong - b.wrong || b.right - a.right)
    .slice(0, 3)
    .map(({ row }) => row);
  return { site: null, near };
}

/** Digits that must be changed, added or left out to get from one code to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(
        Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1)),
      );
    }
    row = next;
  }
  return row[b.length]!;
}

/** Digits from the left that are the same. */
function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a.charAt(length) === b.charAt(length)) length++;
  return length;
}
