/**
 * Whether an .xlsx may be opened at all: counts sheets, rows, columns and cells while the parts stream by, before any of
 * them is made into values. Invariant: whatever the file says of itself, this holds no more than a piece of it.
 */
import { BOOK_LIMITS, BookRefused, SAVE_AS_XLSX } from './book.ts';
import { unpackEntry, zipEntries, type ZipEntry } from './zip-entries.ts';

/** @throws BookRefused */
export async function guardXlsx(file: Buffer): Promise<void> {
  const entries = zipEntries(file);
  const names = new Set(entries.map(({ name }) => name));
  if (!names.has('xl/workbook.xml')) refuseOther(names);
  const cells = { all: 0 };
  for (const entry of entries) {
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(entry.name)) await countSheet(entry, cells);
    else if (entry.name === 'xl/workbook.xml') await countSheets(entry);
    else if (entry.name.endsWith('.xml') || entry.name.endsWith('.rels'))
      await unpackEntry(entry, noEntities());
    else await unpackEntry(entry, () => undefined);
  }
}

function refuseOther(names: ReadonlySet<string>): never {
  if (names.has('xl/workbook.bin'))
    throw new BookRefused('otherFormat', `这是 Excel 二进制工作簿（.xlsb）。${SAVE_AS_XLSX}`);
  if (names.has('content.xml'))
    throw new BookRefused('otherFormat', `这是 OpenDocument 表格（.ods）或文档。${SAVE_AS_XLSX}`);
  if (names.has('word/document.xml'))
    throw new BookRefused('noWorkbook', '这是 Word 文档，不是表格。请把清单填在模板里再上传');
  throw new BookRefused('noWorkbook', `这个压缩文件里没有工作簿。${SAVE_AS_XLSX}`);
}

/** XML that defines words of its own could be made to grow without end; no table program writes it. */
function noEntities(): (piece: Buffer) => void {
  let tail = '';
  return (piece) => {
    const text = tail + piece.toString('latin1');
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) {
      throw new BookRefused('bomb', `这个文件里有表格程序不会写的内容，没有打开它。${SAVE_AS_XLSX}`);
    }
    tail = text.slice(-10);
  };
}

async function countSheets(entry: ZipEntry): Promise<void> {
  const check = noEntities();
  let [tail, sheets] = ['', 0];
  await unpackEntry(entry, (piece) => {
    check(piece);
    const text = tail + piece.toString('latin1');
    const end = text.lastIndexOf('>') + 1;
    sheets += text.slice(0, end).match(/<(\w+:)?sheet[\s/>]/g)?.length ?? 0;
    tail = text.slice(end).slice(-2000);
    if (sheets > BOOK_LIMITS.sheets) {
      const text = `这个文件里不止 ${BOOK_LIMITS.sheets} 张表。请只留下要导入的几张（事项、材料、表单等）再上传`;
      throw new BookRefused('tooManySheets', text);
    }
  });
}

const CELL = /<(?:\w+:)?(c|mergeCell)(?=[\s/>])([^>]*)>/g;
const PLACE = /\br(?:ef)?="([A-Z]{1,3})(\d{1,7})/;

async function countSheet(entry: ZipEntry, cells: { all: number }): Promise<void> {
  const check = noEntities();
  let tail = '';
  await unpackEntry(entry, (piece) => {
    check(piece);
    const text = tail + piece.toString('latin1');
    const end = text.lastIndexOf('>') + 1;
    for (const [, , attributes] of text.slice(0, end).matchAll(CELL)) {
      cells.all += 1;
      const place = PLACE.exec(attributes!);
      if (place) checkPlace(columnNumber(place[1]!), Number(place[2]));
    }
    // a tag of a table program is short: what is longer holds no cell
    tail = text.slice(end).slice(-2000);
    if (cells.all > BOOK_LIMITS.cells) {
      const most = BOOK_LIMITS.cells / 10_000;
      throw new BookRefused(
        'tooManyCells',
        `这个文件里不止 ${most} 万格。请删掉空行空列和多余的表，或者分几次导入`,
      );
    }
  });
}

function checkPlace(column: number, row: number): void {
  if (row > BOOK_LIMITS.rows) {
    const text = `有一张表写到了第 ${row} 行，最多 ${BOOK_LIMITS.rows} 行。下面若是空行，请选中整行删除；真有这么多，请分几次导入`;
    throw new BookRefused('tooManyRows', text);
  }
  if (column > BOOK_LIMITS.columns) {
    const text = `有一张表写到了第 ${column} 列，最多 ${BOOK_LIMITS.columns} 列。右边若是空列，请选中整列删除再上传`;
    throw new BookRefused('tooManyColumns', text);
  }
}

/** A is 1. */
export const columnNumber = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
