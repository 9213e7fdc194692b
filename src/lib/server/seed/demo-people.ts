/**
 * Who works in the demo city: two townships of 滑县 with all their villages, and the county's two administrators. The
 * names are made so that nobody can take them for a person's: a surname and a word for "example".
 */
import type { Role } from '#lib/domain/roles.ts';
import type { SiteRow } from './city-sites.ts';
import type { Person } from './staff-row.ts';

export const DEMO_COUNTY = '410526000000';
export const DEMO_TOWNSHIPS = ['410526102000', '410526103000'] as const;

interface Post {
  roles: readonly Role[];
  department: string | null;
}

/** The counter of a township: two a role where two must not be the same person, and one who stands in for others. */
const TOWNSHIP_POSTS: readonly Post[] = [
  { roles: ['clerk'], department: null },
  { roles: ['clerk'], department: null },
  { roles: ['reviewer'], department: '民政局' },
  { roles: ['reviewer'], department: '人力资源和社会保障局' },
  { roles: ['head'], department: null },
  { roles: ['clerk', 'reviewer'], department: '民政局' },
];

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许';
const WORDS = ['示范', '样本', '示例', '样例', '演示', '模拟', '虚构', '试用'];

/** The `n`th name; the first are 赵示范, 钱样本, 孙示例, 李样例. Names repeat after 160. */
const nameOf = (n: number): string => {
  const turn = Math.floor(n / SURNAMES.length);
  return `${SURNAMES[n % SURNAMES.length]}${WORDS[(n + turn) % WORDS.length]}`;
};

/** Everybody, in a fixed order: ids and names are the same in every demo city. `sites` need not be complete. */
export function demoPeople(sites: readonly SiteRow[]): Person[] {
  const people: Person[] = [];
  const add = (site: SiteRow, post: Post, place: number, login: string | null = null): void => {
    people.push({
      id: `P${site.code}-${place}`,
      site: site.id,
      path: site.path,
      county: site.county ?? null,
      name: nameOf(people.length),
      ...post,
      login,
    });
  };

  const county = sites.find((site) => site.code === DEMO_COUNTY);
  const townships = sites.filter((site) => (DEMO_TOWNSHIPS as readonly string[]).includes(site.code));
  for (const township of townships) TOWNSHIP_POSTS.forEach((post, i) => add(township, post, i + 1));
  for (const township of townships) {
    const villages = sites.filter((site) => site.parent === township.id);
    for (const village of villages) add(village, { roles: ['agent'], department: null }, 1);
  }
  if (county) {
    add(county, { roles: ['admin'], department: null }, 1, 'huaxian');
    add(county, { roles: ['admin', 'releaser'], department: null }, 2, 'huaxian2');
  }
  return people;
}
