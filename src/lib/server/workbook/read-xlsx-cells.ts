/**
 * The cells of a workbook that guard-xlsx.ts let through, as a person sees them: days as days whichever century the file
 * counts from, yes and no in words, a formula as what it last gave and never as something to run, the cells of a merged
 * area each with what stands in it.
 */
import { readXlsx, type Cell, type CellValue, type Sheet } from 'hucre/xlsx';
import { BOOK_LIMITS, BookRefused, type BookSheet } from './book.ts';
import { cleanText } from './clean-text.ts';

/** @throws BookRefused */
export async function readXlsxCells(file: Buffer): Promise<BookSheet[]> {
  const { sheets } = await readXlsx(new Uint8Array(file)).catch((): never => {
    throw new BookRefused('damaged', '这个工作簿坏了，读不出来。请用 Excel 或 WPS 打开，另存一份再上传');
  });
  return sheets.filter(({ hidden, veryHidden }) => !hidden && !veryHidden).map(readSheet);
}

/** Beyond 15 digits a table program has made zeros of the rest. */
const EXACT = 1e15;

function readSheet({ name, rows, cells, merges = [] }: Sheet): BookSheet {
  const sheet: BookSheet = { name: cleanText(name), rows: [], bad: [], notes: [] };
  sheet.rows = rows.map((values, row) =>
    values.map((value, column) => {
      const read = readValue(value, cells?.get(`${row},${column}`));
      if (read.ok) return read.text;
      sheet.bad.push({ row, column, text: read.why });
      return '';
    }),
  );
  let [spread, filled] = [0, 0];
  for (const { startRow, endRow, startCol, endCol } of merges) {
    const text = sheet.rows[startRow]?.[startCol] ?? '';
    // a title over the headings, and empty areas, say nothing of other cells
    if (text === '' || startRow === 0) continue;
    spread += 1;
    const lastRow = Math.min(endRow, sheet.rows.length - 1);
    const lastColumn = Math.min(endCol, BOOK_LIMITS.columns - 1);
    filled += (lastRow - startRow + 1) * (lastColumn - startCol + 1);
    if (filled > BOOK_LIMITS.cells) {
      throw new BookRefused('tooManyCells', '合并的单元格太多、太大，没有读。请取消合并，每一格都填上再上传');
    }
    for (let row = startRow; row <= lastRow; row++) {
      const cellsOfRow = sheet.rows[row]!;
      for (let column = startCol; column <= lastColumn; column++) cellsOfRow[column] = text;
      for (let column = 0; column < cellsOfRow.length; column++) cellsOfRow[column] ??= '';
    }
  }
  if (spread > 0) sheet.notes.push(`有 ${spread} 处合并单元格，按每一格都写着同样的内容读的。`);
  while (sheet.rows.length > 0 && sheet.rows.at(-1)!.every((text) => text === '')) sheet.rows.pop();
  return sheet;
}

type Read = { ok: true; text: string } | { ok: false; why: string };
const good = (text: string): Read => ({ ok: true, text });

function readValue(value: CellValue | undefined, cell: Cell | undefined): Read {
  const formula = cell?.type === 'formula' || cell?.formula !== undefined;
  if (
    cell?.type === 'error' ||
    (typeof value === 'string' && /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)$/.test(value))
  ) {
    return { ok: false, why: `公式出错（${String(value)}），请改成要填的内容` };
  }
  if (value === null || value === undefined || value === '') {
    return formula ? { ok: false, why: '这里是公式，但文件里没有它的结果，请改成要填的内容' } : good('');
  }
  if (value instanceof Date) return good(dayText(value));
  switch (typeof value) {
    case 'boolean':
      return good(value ? '是' : '否');
    case 'number':
      if (Math.abs(value) >= EXACT) {
        return { ok: false, why: '这个号码被当成数字，后几位已经丢了。请先把这一列设成“文本”，再重新填' };
      }
      // what 0.1 + 0.2 gives is shown as 0.3
      return good(String(Number(value.toPrecision(15))));
    case 'string':
      return good(cleanText(value));
  }
}

/** A day, with its time where there is one. The library gives days of both systems in UTC. */
function dayText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const [day, time] = date.toISOString().split('T');
  return time!.startsWith('00:00:00') ? day! : `${day} ${time!.slice(0, 5)}`;
}
