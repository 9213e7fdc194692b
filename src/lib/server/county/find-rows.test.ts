import { expect, test } from 'vitest';
import { findRows } from './find-rows.ts';

const SITES = [
  '白道口镇许村 许村便民服务站 410526102213',
  '白道口镇 白道口镇便民服务中心 410526102000',
  '留固镇单寨村 单寨村便民服务站 410526103201',
];
const found = (query: string): string[] =>
  findRows(SITES, query, (text) => text).map((text) => text.split(' ')[0]!);

test.each([
  ['许村', ['白道口镇许村']],
  ['bdkzxc', ['白道口镇许村']],
  ['xucun', ['白道口镇许村']],
  ['XUCUN', ['白道口镇许村']],
  ['ｘｕｃｕｎ', ['白道口镇许村']],
  ['白道口 xc', ['白道口镇许村']],
  ['xc 白道口', ['白道口镇许村']],
  ['bdk', ['白道口镇许村', '白道口镇']],
  ['410526103', ['留固镇单寨村']],
  ['４１０５２６１０３', ['留固镇单寨村']],
  ['liugu 寨', ['留固镇单寨村']],
  ['许村 lgz', []],
  ['', ['白道口镇许村', '白道口镇', '留固镇单寨村']],
])('“%s” finds %j', (query, names) => {
  expect(found(query)).toEqual(names);
});

test('no query throws or finds what is not there', () => {
  for (const query of ['.*+?^${}()|[]\\', '\u0000', 'x'.repeat(10_000), "xi'an", '😀'])
    expect(found(query)).toEqual([]);
});
