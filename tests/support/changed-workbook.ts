/**
 * A workbook as LibreOffice saved it, with another text in some cells of one column, as if somebody had typed it there and
 * saved again: a shared string more, to which those cells point. Nothing else in the file is touched.
 */
import { letters } from '#lib/server/workbook/write-book.ts';
import { readWorkbook } from '#lib/server/workbook/run-worker.ts';
import { unpackEntry, zipEntries } from '#lib/server/workbook/zip-entries.ts';
import { zipFile, type Packed } from './zip-files.ts';

const STRINGS = 'xl/sharedStrings.xml';

async function partsOf(file: Buffer): Promise<Packed[]> {
  const parts: Packed[] = [];
  for (const entry of zipEntries(file)) {
    const pieces: Buffer[] = [];
    await unpackEntry(entry, (piece) => void pieces.push(piece));
    parts.push({ name: entry.name, data: Buffer.concat(pieces) });
  }
  return parts;
}

/** @param rows which rows of the first sheet, by its headings; the sheet's own order */
export async function changedWorkbook(
  file: Buffer,
  column: string,
  text: string,
  rows: (cells: ReadonlyMap<string, string>, index: number) => boolean,
): Promise<Buffer> {
  const book = await readWorkbook(file, 'list.xlsx');
  if (!book.ok) throw new Error(book.text);
  const [headings, ...body] = book.sheets[0]!.rows;
  const place = letters(headings!.indexOf(column));
  // the first line is the headings', and lines are counted from one
  const cells = body.flatMap((row, index) =>
    rows(new Map(headings!.map((heading, at) => [heading, row[at] ?? ''])), index)
      ? [`${place}${index + 2}`]
      : [],
  );

  const parts = await partsOf(file);
  const change = (name: string, made: (xml: string) => string): void => {
    const part = parts.find((one) => one.name === name)!;
    part.data = Buffer.from(made(part.data.toString('utf8')));
  };
  let fresh = 0;
  change(STRINGS, (xml) => {
    fresh = xml.split('<si>').length - 1;
    return xml.replace('</sst>', `<si><t xml:space="preserve">${text}</t></si></sst>`);
  });
  change('xl/worksheets/sheet1.xml', (xml) =>
    cells.reduce((changed, cell) => {
      const pointed = new RegExp(`(<c r="${cell}"[^>]*><v>)\\d+(</v>)`);
      if (!pointed.test(changed)) throw new Error(`no text stands in ${cell}`);
      return changed.replace(pointed, `$1${fresh}$2`);
    }, xml),
  );
  return zipFile(parts);
}
