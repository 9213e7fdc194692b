/** Rows of a difference. */
import { expect, test } from 'vitest';
import { calendar, item } from '../../../tests/support/builders.ts';
import { changeRows, pageOf } from './change-rows.ts';
import { DEFAULT_COUNTY_POLICY } from './policy.ts';
import { compareOfferings } from './release-changes.ts';
import type { Item } from '#lib/domain/item.ts';

const of = (village: readonly Item[]) => ({
  items: { township: [], subdistrict: [], village },
  calendar,
  policy: DEFAULT_COUNTY_POLICY,
});
const added = item({ code: '410511005009', name: '示例新增事项' });

test('what goes, what comes and what changes has a row each; what is long is cut', () => {
  const gone = item({ code: '410511005008', name: '示例停用事项' });
  const long = '长'.repeat(500);
  const rows = changeRows(compareOfferings(of([item(), gone]), of([item({ conditions: long }), added])));
  expect(rows.map(({ item: name, kind }) => [name, kind])).toEqual([
    ['示例停用事项', '停用'],
    ['示例新增事项', '新增'],
    [item().name, '内容'],
  ]);
  expect(rows[2]!.to).toBe(`${'长'.repeat(160)}…`);
  expect(rows[0]!.where).toBe('村（社区）');
});

test('a page that is not there is the nearest one', () => {
  expect(pageOf([1, 2, 3], '9', 2)).toEqual({ page: 2, pages: 2, rows: [3], total: 3 });
  expect(pageOf([1, 2, 3], 'x', 2).rows).toEqual([1, 2]);
  expect(pageOf([], '-1', 2)).toEqual({ page: 1, pages: 1, rows: [], total: 0 });
});
