/**
 * A workbook as LibreOffice saved it, with another text in some cells of one column of its first sheet, as if somebody had
 * typed it there and saved again: a shared string more, to which those cells point. Nothing else in the file is touched.
 */
import { unpackEntry, zipEntries } from '#lib/server/workbook/zip-entries.ts';
import { zipFile, type Packed } from './zip-files.ts';

const STRINGS = 'xl/sharedStrings.xml';
const FIRST_SHEET = 'xl/worksheets/sheet1.xml';

async function partsOf(file: Buffer): Promise<Packed[]> {
  const parts: Packed[] = [];
  for (const entry of zipEntries(file)) {
    const pieces: Buffer[] = [];
    await unpackEntry(entry, (piece) => void pieces.push(piece));
    parts.push({ name: entry.name, data: Buffer.concat(pieces) });
  }
  return parts;
}

/** @param rows which rows below the headings, counted from 0; each must have a text in that column */
export async function changedWorkbook(
  file: Buffer,
  column: string,
  text: string,
  rows: (index: number) => boolean,
): Promise<Buffer> {
  const parts = await partsOf(file);
  const [strings, sheet] = [STRINGS, FIRST_SHEET].map((name) => parts.find((one) => one.name === name)!);
  const shared = strings!.data.toString('utf8');
  const known = shared.split('<si>').slice(1);
  const heading = known.findIndex((one) => one.replace(/<[^>]+>/g, '') === column);
  let xml = sheet!.data.toString('utf8');
  const letters = new RegExp(`<c r="([A-Z]+)1"[^>]*><v>${heading}</v>`).exec(xml)?.[1];
  if (letters === undefined) throw new Error(`no column is headed ${column}`);

  // the headings are row 1 of the file
  xml = xml.replace(new RegExp(`(<c r="${letters}(\\d+)"[^>]*t="s"[^>]*><v>)\\d+(</v>)`, 'g'), (...found) => {
    const [cell, before, row, after] = found as string[];
    return Number(row) > 1 && rows(Number(row) - 2) ? `${before}${known.length}${after}` : cell!;
  });
  const added = `<si><t xml:space="preserve">${text}</t></si></sst>`;
  strings!.data = Buffer.from(shared.replace('</sst>', added));
  sheet!.data = Buffer.from(xml);
  return zipFile(parts);
}
