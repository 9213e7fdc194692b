/**
 * Who works in the demo city: two townships of 滑县 with all their villages, and the county's two administrators; in a
 * living city everywhere in the county. The names are made so that nobody can take them for a person's: a surname and a
 * word for "example".
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
/** For a whole county. */
const MORE_SURNAMES = '何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳';
const WORDS = ['示范', '样本', '示例', '样例', '演示', '模拟', '虚构', '试用'];

const FIRST_NAMES = SURNAMES.length * WORDS.length;

/** The `n`th name; the first are 赵示范, 钱样本, 孙示例, 李样例. Names repeat after 480. */
const nameOf = (n: number): string => {
  const surnames = n < FIRST_NAMES ? SURNAMES : MORE_SURNAMES;
  const at = n < FIRST_NAMES ? n : n - FIRST_NAMES;
  const turn = Math.floor(at / surnames.length);
  return `${surnames[at % surnames.length]}${WORDS[(at + turn) % WORDS.length]}`;
};

/**
 * Everybody, in a fixed order: ids and names are the same in every demo city, and those of a quiet one come first.
 * `sites` need not be complete. `everywhere`: also in the county's other townships and subdistricts.
 */
export function demoPeople(sites: readonly SiteRow[], { everywhere = false } = {}): Person[] {
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
  const isDemo = ({ code }: SiteRow): boolean => (DEMO_TOWNSHIPS as readonly string[]).includes(code);
  const addTownships = (townships: readonly SiteRow[]): void => {
    for (const township of townships) TOWNSHIP_POSTS.forEach((post, i) => add(township, post, i + 1));
    for (const township of townships) {
      const stations = sites.filter((site) => site.parent === township.id);
      for (const station of stations) add(station, { roles: ['agent'], department: null }, 1);
    }
  };
  addTownships(sites.filter(isDemo));
  if (county) {
    add(county, { roles: ['admin'], department: null }, 1, 'huaxian');
    add(county, { roles: ['admin', 'releaser'], department: null }, 2, 'huaxian2');
    if (everywhere) addTownships(sites.filter((site) => site.parent === county.id && !isDemo(site)));
  }
  return people;
}
