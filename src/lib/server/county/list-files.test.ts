import { expect, test } from 'vitest';
import { guessMapping } from '#lib/catalogue/book-mapping.ts';
import { ITEM_BOOK } from '#lib/catalogue/sheet-book.ts';
import { readItems } from '../seed/read-data.ts';
import { sheetsOfCounty } from '../seed/task-codes.ts';
import { readWorkbook, writeWorkbook } from '../workbook/run-worker.ts';
import { readBasis } from './basis.ts';
import { digitsBook, listBook } from './list-files.ts';

const SHEETS = sheetsOfCounty(readItems(), '410526000000').slice(0, 3);

test('the template has every sheet, recognised when it comes back, and the explanation is none of them', async () => {
  const book = await readWorkbook(await writeWorkbook(listBook([])), '模板.xlsx');
  expect(book.ok && guessMapping(ITEM_BOOK, book.sheets, {}).map(({ kind }) => kind)).toEqual([
    'items',
    'materials',
    'form',
    'links',
    'feeItems',
    'faq',
    null,
  ]);
});

test('a text that a table program would run is guarded in the file and itself again when read', async () => {
  const [first] = SHEETS;
  const evil = { ...first!, item: { ...first!.item, name: '=HYPERLINK("http://example.invalid")' } };
  const file = await writeWorkbook(listBook([evil]));
  const book = await readWorkbook(file, 'a.xlsx');
  expect(book.ok && book.sheets[0]!.rows[1]![1]).toBe(evil.item.name);
  const [items] = listBook([evil]);
  expect(items!.rows[1]![1]).toBe(evil.item.name);
});

test('for exchange words become digits, 服务对象 by the numbering that is asked for', () => {
  const [first] = SHEETS;
  const body = {
    ...first!,
    standard: { ...first!.standard, serverTypes: ['自然人', '其他组织'] as ('自然人' | '其他组织')[] },
  };
  const cell = (numbering: 'standard' | 'national', heading: string): string | undefined => {
    const [items] = digitsBook([body], numbering);
    return items!.rows[1]![items!.rows[0]!.indexOf(heading)];
  };
  expect([cell('national', '服务对象'), cell('standard', '服务对象')]).toEqual(['1,9', '1,6']);
  expect(cell('national', '事项类型')).toBe('20');
  expect(cell('national', '办理形式')).toBe('1,4');
  expect(cell('national', '事项名称')).toBe(first!.item.name);
  const materials = digitsBook([body], 'national').find(({ name }) => name === '材料')!;
  const source = materials.rows[0]!.indexOf('来源渠道');
  expect(materials.rows.slice(1).map((row) => row[source])).toEqual(['20', '20', '20']);
});

test.each([
  [' 安政数〔2026〕8号 ', '安政数〔2026〕8号', undefined],
  ['', '', undefined],
  ['电话13800000000', '电话13800000000', /只写文号/],
  ['１３８０００００００１', '１３８０００００００１', /只写文号/],
  ['长'.repeat(61), '长'.repeat(61), /最多 60 个字/],
])('依据 %j', (said, basis, problem) => {
  const read = readBasis(said);
  expect(read.basis).toBe(basis);
  if (problem) expect(read.problem).toMatch(problem);
  else expect(read.problem).toBeUndefined();
});
