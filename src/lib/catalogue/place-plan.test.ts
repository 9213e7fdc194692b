import { expect, test } from 'vitest';
import { guessMapping, mappedBook } from './book-mapping.ts';
import { placeBook } from './place-book.ts';
import { PLACE_BOOK } from './place-columns.ts';
import { planPlaces } from './place-plan.ts';
import type { KnownPlaces } from './place-rows.ts';

const site = (id: string, code: string, name: string, parent: string) => ({
  id,
  level: parent === '' ? ('township' as const) : ('village' as const),
  parent,
  form: { name, code, address: '', phone: '0372-8123456', supervisionPhone: '', hours: '' },
});
const TOWNSHIP = '410526102000';
const VILLAGE = '410526102201';
const KNOWN: KnownPlaces = {
  county: '410526000000',
  sites: [
    { ...site('C', '410526000000', '滑县', ''), level: 'county' },
    site('T', TOWNSHIP, '示例镇便民服务中心', ''),
    site('V', VILLAGE, '示例村便民服务站', TOWNSHIP),
  ],
  people: [
    { id: 'P1', site: VILLAGE, form: { name: '张样本', roles: ['agent'], department: '', login: '' } },
    {
      id: 'P2',
      site: '410526000000',
      form: { name: '杨样本', roles: ['admin'], department: '', login: 'yang' },
    },
  ],
  gone: new Map([['410526102209', { is: 'closed', id: 'G', fullName: '示例镇旧村' }]]),
};
const SITES = ['12 位代码', '名称', '级别', '归哪个乡镇（代码）', '电话'];
const STAFF = ['姓名', '站点代码', '角色', '登录名', '人员编号'];

function planOf(sites: string[][], staff: string[][]) {
  const raw = (name: string, ...rows: string[][]) => ({ name, rows, bad: [], notes: [] });
  const sheets = [raw('站点', SITES, ...sites), raw('人员', STAFF, ...staff)];
  const { book, problems } = mappedBook(sheets, guessMapping(PLACE_BOOK, sheets, {}));
  return planPlaces(book, KNOWN, problems);
}
const problemsOf = (sites: string[][], staff: string[][] = []) =>
  planOf(sites, staff).problems.map(({ kind, row, column, text }) => [kind, row, column, text]);

test('what was exported changes nothing when it is imported, and the county’s own counter is not in it', () => {
  const sheets = placeBook(KNOWN.sites, KNOWN.people).map(({ kind, rows }) => ({
    name: PLACE_BOOK.titleOf(kind),
    rows,
    bad: [],
  }));
  const mappings = guessMapping(PLACE_BOOK, sheets, {});
  expect(mappings.map(({ kind }) => kind)).toEqual(['sites', 'staff']);
  expect(planPlaces(mappedBook(sheets, mappings).book, KNOWN)).toEqual({
    sites: [],
    staff: [],
    same: 4,
    withProblems: 0,
    problems: [],
  });
});

test('a new township, a village in it and its agent come in one workbook; what is not said stays', () => {
  const plan = planOf(
    [
      ['410526104201', '新村便民服务站', '村', '410526104000', ''],
      ['410526104000', '新镇便民服务中心', '乡镇', '', ''],
      [VILLAGE, '改名村便民服务站', '村', TOWNSHIP, '0372-8123456'],
    ],
    [
      ['李样本', '410526104201', '代办员', '', ''],
      ['张改名', VILLAGE, '代办员', '', 'P1'],
    ],
  );
  expect(plan.problems).toEqual([]);
  // townships first, whatever the order of the rows
  expect(plan.sites.map(({ id, level, parent }) => [id, level, parent])).toEqual([
    [null, 'township', ''],
    [null, 'village', '410526104000'],
    ['V', 'village', TOWNSHIP],
  ]);
  expect(plan.sites.find(({ id }) => id === 'V')?.differences).toEqual([
    { what: '名称', from: '示例村便民服务站', to: '改名村便民服务站' },
  ]);
  expect(plan.staff.map(({ id, form }) => [id, form.name])).toEqual([
    [null, '李样本'],
    ['P1', '张改名'],
  ]);
});

test('a site’s row says what is wrong with it at its cell, and does nothing', () => {
  const good = ['410526102205', '新村便民服务站', '村', TOWNSHIP, ''];
  const with_ = (change: Record<number, string>) => good.map((text, at) => change[at] ?? text);
  const one = (change: Record<number, string>) => problemsOf([with_(change)])[0]?.slice(2);
  expect(problemsOf([good])).toEqual([]);
  expect(one({ 0: '41052610220' })).toEqual(['code', '代码是 12 位数字，现在 11 位']);
  expect(one({ 1: '' })?.[0]).toBe('name');
  expect(one({ 2: '小区' })?.[0]).toBe('level');
  expect(one({ 3: '' })).toEqual(['parent', '村、社区要写归哪个乡镇']);
  expect(one({ 3: '410526199000' })).toEqual(['parent', '本县没有 410526199000 这个乡镇、街道']);
  expect(one({ 4: '1' })?.[0]).toBe('phone');
  expect(one({ 0: '410526102209' })?.[1]).toContain('示例镇旧村已关闭');
  expect(one({ 0: VILLAGE, 2: '社区' })).toEqual(['level', '现在是村，级别不能改']);
  expect(problemsOf([good, good]).map(([, row, column]) => [row, column])).toEqual([[3, 'code']]);
});

test('a person’s row says what is wrong with it at its cell, and does nothing', () => {
  const good = ['李样本', VILLAGE, '代办员', '', ''];
  const with_ = (change: Record<number, string>) => good.map((text, at) => change[at] ?? text);
  const one = (change: Record<number, string>) => problemsOf([], [with_(change)])[0]?.slice(2);
  expect(problemsOf([], [good])).toEqual([]);
  expect(one({ 0: '张样本' })?.[1]).toContain('已经有这个姓名的人（P1）');
  expect(one({ 1: '410526102299' })?.[0]).toBe('site');
  expect(one({ 2: '窗口人员' })).toEqual(['roles', '这个站点不能有这个角色']);
  expect(one({ 2: '村长' })?.[1]).toContain('没有“村长”');
  expect(one({ 4: 'P9' })).toEqual(['id', '本县没有这个人员编号；新添的人不要填']);
  expect(one({ 0: '张样本', 1: TOWNSHIP, 2: '窗口人员', 4: 'P1' })).toEqual(['site', '换站点请在“人员”里调']);
  expect(one({ 1: '410526000000', 2: '县管理员', 3: 'yang' })).toEqual([
    'login',
    '登录名已经有人用，请换一个',
  ]);
  expect(problemsOf([], [good, good]).map(([, row, column]) => [row, column])).toEqual([[3, 'name']]);
});
