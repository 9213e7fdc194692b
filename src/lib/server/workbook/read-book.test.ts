import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workbookParts, zipFile, type Packed } from '../../../../tests/support/zip-files.ts';
import { BOOK_LIMITS } from './book.ts';
import { readWorkbook } from './run-worker.ts';

const WORKBOOKS = join(import.meta.dirname, '../../../../tests/support/workbooks');
const file = (name: string): Buffer => readFileSync(join(WORKBOOKS, name));
const read = async (name: string) => {
  const book = await readWorkbook(file(name), name);
  if (!book.ok) throw new Error(book.text);
  return book.sheets;
};
const refused = async (bytes: Uint8Array, name = '清单.xlsx') => {
  const book = await readWorkbook(bytes, name);
  return book.ok ? book.sheets : [book.fault, book.text];
};
const SMALL = workbookParts(['<row r="1"><c r="A1" t="inlineStr"><is><t>基本编码</t></is></c></row>']);
const replaced = (name: string, part: Partial<Packed>): Packed[] =>
  SMALL.map((one) => (one.name === name ? { ...one, ...part } : one));

describe('real workbooks', () => {
  test('of LibreOffice with 298 items: six sheets, every row', async () => {
    const sheets = await read('list-298.xlsx');
    expect(sheets.map(({ name, rows, bad }) => [name, rows.length, bad.length])).toEqual([
      ['事项', 299, 0],
      ['材料', 1081, 0],
      ['表单', 2273, 0],
      ['环节', 885, 0],
      ['收费', 10, 0],
      ['常见问题', 34, 0],
    ]);
    expect(sheets[0]!.rows[1]!.slice(0, 2)).toEqual(['412014001001', '城乡居民基本养老保险参保登记']);
  });

  test.each(['odd-cells.xlsx', 'odd-cells-1904.xlsx'])(
    '%s: days of either century, merged cells in each cell, formulas as what they gave, hidden sheets left out',
    async (name) => {
      const [sheet, ...others] = await read(name);
      expect(others).toEqual([]);
      expect(sheet!.rows).toEqual([
        ['基本编码', '事项名称', '计划生效日期', '法定办结时限', '网上办理', '备注'],
        ['412014001001', '城乡居民基本养老保险参保登记', '2026-09-01', '20', '是', '点我'],
        ['412014001001', '同一编码的第二行', '2026-02-28', '0.3', '否', ''],
        ['412014001002', '数字编码', '', '', '', ''],
      ]);
      expect(sheet!.bad).toEqual([
        { row: 3, column: 3, text: '这个号码被当成数字，后几位已经丢了。请先把这一列设成“文本”，再重新填' },
        { row: 3, column: 5, text: '公式出错（#DIV/0!），请改成要填的内容' },
      ]);
      expect(sheet!.notes).toEqual(['有 1 处合并单元格，按每一格都写着同样的内容读的。']);
    },
  );

  test('a table of text in GB18030, with cells of several lines', async () => {
    const [sheet] = await read('items-gb18030.csv');
    expect(sheet!.name).toBe('items-gb18030');
    expect(sheet!.notes).toEqual(['按 GB18030 编码读的。']);
    expect(sheet!.rows.map((row) => row.slice(0, 2))).toEqual([
      ['基本编码', '事项名称'],
      ['412014001001', '城乡居民基本养老保险参保登记'],
      ['412014001002', expect.any(String)],
    ]);
    expect(sheet!.rows[1]![7]).toContain('\n');
  });

  test.each([
    ['UTF-8', '\ufeff编码,名称\n1,𬱖\n'],
    ['UTF-16', Buffer.from('\ufeff编码\t名称\n1\t𬱖\n', 'utf16le')],
  ])('a table of text in %s', async (_, text) => {
    const book = await readWorkbook(Buffer.from(text as string), '清单.csv');
    expect(book.ok && book.sheets[0]!.rows).toEqual([
      ['编码', '名称'],
      ['1', '𬱖'],
    ]);
  });
});

describe('texts of cells', () => {
  const text = async (raw: string) => {
    const book = await readWorkbook(Buffer.from(`名称\n"${raw}"\n`), 'a.csv');
    return book.ok ? book.sheets[0]!.rows[1]?.[0] : book.text;
  };
  test.each([
    ['a formula is a text', '=HYPERLINK(1)', '=HYPERLINK(1)'],
    ['a guarded formula is what was meant', "'=1+1", '=1+1'],
    ['a guarded long number too', "'410526199003071232", '410526199003071232'],
    ['an apostrophe of its own stays', "'tis", "'tis"],
    ['what cannot be seen goes', '高\u200b龄\u202e津\u0007贴', '高龄津贴'],
    ['spaces round it go', ' 　高龄  ', '高龄'],
  ])('%s', async (_, raw, meant) => expect(await text(raw)).toBe(meant));
});

describe('files that are not read say why and what to do', () => {
  const nothing = Buffer.alloc(0);
  test.each<[string, Uint8Array, string, string, RegExp]>([
    ['nothing', nothing, 'a.xlsx', 'empty', /空的/],
    ['old Excel', file('old-excel.xls'), 'a.xls', 'oldExcel', /旧版 Excel（.xls）.*另存为.*xlsx/],
    ['old Excel under another name', file('old-excel.xls'), 'a.xlsx', 'oldExcel', /旧版 Excel/],
    ['WPS', file('old-excel.xls'), '清单.ET', 'wpsTable', /WPS 表格（.et）.*另存为/],
    ['a password', file('password.xlsx'), 'a.xlsx', 'password', /加了密码.*取消密码/],
    ['OpenDocument', file('open-document.ods'), 'a.ods', 'otherFormat', /\.ods.*另存为/],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'a.xlsx', 'otherFormat', /这是 PDF 文件/],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10]), 'a.xlsx', 'otherFormat', /这是图片/],
    ['a page', Buffer.from('<!DOCTYPE html><html>'), 'a.csv', 'otherFormat', /这是网页/],
    ['bytes', Buffer.from([1, 0, 2, 0, 3]), 'a.csv', 'otherFormat', /不是表格/],
    ['no encoding', Buffer.from([0x61, 0xff, 0xff, 0x0a]), 'a.csv', 'encoding', /文字编码.*UTF-8/],
    [
      'another zip',
      zipFile([{ name: 'a.txt', data: Buffer.from('a') }]),
      'a.xlsx',
      'noWorkbook',
      /没有工作簿/,
    ],
    [
      'Word',
      zipFile([{ name: 'word/document.xml', data: Buffer.from('<a/>') }]),
      'a.xlsx',
      'noWorkbook',
      /Word/,
    ],
    ['half a file', file('list-298.xlsx').subarray(0, 200_000), 'a.xlsx', 'damaged', /坏了，或者没有传完/],
    [
      'no XML in it',
      zipFile(replaced('xl/workbook.xml', { data: Buffer.from('not xml') })),
      'a.xlsx',
      'damaged',
      /坏了/,
    ],
    ['too large', Buffer.alloc(BOOK_LIMITS.file + 1), 'a.xlsx', 'tooLarge', /超过 4.5 MB/],
  ])('%s', async (_, bytes, name, fault, words) => {
    expect(await refused(bytes, name)).toEqual([fault, expect.stringMatching(words)]);
  });
});

/** Memory of this process at its most while something runs. */
async function mostMemory<T>(work: () => Promise<T>): Promise<{ result: T; bytes: number }> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
  try {
    return { result: await work(), bytes: most - before };
  } finally {
    clearInterval(watch);
  }
}

describe('hostile workbooks are refused before they are opened, in little memory', () => {
  const row = (r: number, columns: number): string =>
    `<row r="${r}">${Array.from({ length: columns }, (_, i) => `<c r="${String.fromCharCode(65 + i)}${r}"><v>1</v></c>`).join('')}</row>`;
  const rows = (n: number, columns: number): string =>
    Array.from({ length: n }, (_, i) => row(i + 1, columns)).join('');
  const spaces = Buffer.alloc(300_000_000, ' ');
  const bomb = zipFile(replaced('xl/worksheets/sheet1.xml', { data: spaces }));
  const lying = zipFile(replaced('xl/worksheets/sheet1.xml', { data: spaces, size: 1000 }));
  const shrunk = zipFile(replaced('xl/worksheets/sheet1.xml', { size: 50_000 }));
  const manyCells = zipFile(workbookParts(Array.from({ length: 4 }, () => rows(20_000, 26))));
  const entities = `<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook><sheets/></workbook>`;
  const merged = (data: string, areas: readonly string[]): Buffer => {
    const [sheet] = workbookParts([data]).slice(-1);
    const text = `</sheetData><mergeCells>${areas.map((area) => `<mergeCell ref="${area}"/>`).join('')}</mergeCells>`;
    const xml = sheet!.data.toString().replace('</sheetData>', text);
    return zipFile(replaced('xl/worksheets/sheet1.xml', { data: Buffer.from(xml) }));
  };
  const cases: readonly (readonly [string, Buffer, string, RegExp])[] = [
    ['300 KB that become 300 MB', bomb, 'bomb', /展开以后有 300 MB，最多 80 MB/],
    ['a size that is smaller than the truth', lying, 'lyingSize', /大小和实际不一样/],
    ['a size that is larger than the truth', shrunk, 'lyingSize', /大小和实际不一样/],
    ['two million cells', manyCells, 'tooManyCells', /不止 60 万格/],
    [
      'a hundred sheets',
      zipFile(workbookParts(Array.from({ length: 100 }, () => row(1, 2)))),
      'tooManySheets',
      /不止 20 张表/,
    ],
    [
      'a cell in the last row',
      zipFile(workbookParts([`${row(1, 2)}<row r="1048576"><c r="A1048576"><v>1</v></c></row>`])),
      'tooManyRows',
      /第 1048576 行，最多 30000 行/,
    ],
    [
      'a cell in the last column',
      zipFile(workbookParts(['<row r="1"><c s="1" r="XFD1"><v>1</v></c></row>'])),
      'tooManyColumns',
      /第 16384 列，最多 200 列/,
    ],
    [
      'merged areas that would fill each other for ever',
      merged(
        rows(2000, 2),
        Array.from({ length: 2000 }, () => 'A2:B2000'),
      ),
      'tooManyCells',
      /取消合并/,
    ],
    [
      'entities that grow',
      zipFile(replaced('xl/workbook.xml', { data: Buffer.from(entities) })),
      'bomb',
      /不会写的内容/,
    ],
    [
      'six hundred parts',
      zipFile([
        ...SMALL,
        ...Array.from({ length: 600 }, (_, i) => ({ name: `x${i}`, data: Buffer.from('a') })),
      ]),
      'bomb',
      /60\d 个部分/,
    ],
  ];
  test.each(cases)('%s', async (_, bytes, fault, words) => {
    expect(bytes.length).toBeLessThan(BOOK_LIMITS.file);
    const { result, bytes: memory } = await mostMemory(() => refused(bytes));
    expect(result).toEqual([fault, expect.stringMatching(words)]);
    expect(memory).toBeLessThan(100_000_000);
  });

  test('a merged area as large as a sheet can be fills no more than the rows that are there', async () => {
    const sheets = await refused(merged(`${row(1, 1)}${row(2, 1)}${row(3, 1)}`, ['A2:XFD1048576']));
    expect((sheets[0] as { rows: string[][] }).rows.map((one) => one.length)).toEqual([1, 200, 200]);
  });

  test('a list in the last row of which there is nothing but a format, as LibreOffice writes it, is read', async () => {
    const empty = zipFile(workbookParts([`${row(1, 2)}<row r="1048576" customHeight="1"></row>`]));
    expect(await refused(empty)).toMatchObject([{ rows: [['1', '1']] }]);
  });
});

describe('the thread is stopped', () => {
  const bounds = {
    seconds: 30,
    memory: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  };
  test('no time left → it is ended and the person told', async () => {
    const book = await readWorkbook(file('list-298.xlsx'), 'a.xlsx', { ...bounds, seconds: 0 });
    expect(book).toMatchObject({
      ok: false,
      fault: 'tooSlow',
      text: expect.stringContaining('分几次导入') as string,
    });
  });

  test('no memory left → the office lives on and the person is told', async () => {
    const memory = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 4 };
    const book = await readWorkbook(file('list-298.xlsx'), 'a.xlsx', { ...bounds, memory });
    expect(book).toMatchObject({ ok: false, fault: 'tooMuchMemory' });
    expect((await read('odd-cells.xlsx')).length).toBe(1);
  });
});
