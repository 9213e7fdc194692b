/**
 * A workbook or a table of text, from the bytes of a file: what it is goes by its first bytes, never by its name. Runs in
 * a worker (reader-worker.ts) that can be killed.
 */
import type { BookReading, BookSheet } from './book.ts';
import { BOOK_LIMITS, BookRefused, SAVE_AS_XLSX } from './book.ts';
import { guardXlsx } from './guard-xlsx.ts';
import { readCsv } from './read-csv.ts';
import { readXlsxCells } from './read-xlsx-cells.ts';

export async function readBook(file: Buffer, name: string): Promise<BookReading> {
  try {
    return { ok: true, sheets: await sheetsOf(file, name) };
  } catch (error) {
    if (error instanceof BookRefused) return { ok: false, fault: error.fault, text: error.chinese };
    throw error;
  }
}

const CFB = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const ZIP = Buffer.from([0x50, 0x4b]);
const OTHERS: readonly (readonly [magic: string, words: string])[] = [
  ['%PDF', '这是 PDF 文件'],
  ['\u00ffØÿ', '这是图片'],
  ['ÿØÿ', '这是图片'],
  ['\u0089PNG', '这是图片'],
  ['GIF8', '这是图片'],
  ['Rar!', '这是压缩文件，请先解压'],
  ['7z¼¯', '这是压缩文件，请先解压'],
  ['<html', '这是网页'],
  ['<!DOC', '这是网页'],
  ['<?xml', '这是 XML 文件'],
];

async function sheetsOf(file: Buffer, name: string): Promise<BookSheet[]> {
  if (file.length === 0) throw new BookRefused('empty', '这个文件是空的，没有内容。请核对选的是不是这一个');
  if (file.length > BOOK_LIMITS.file) throw tooLarge();
  if (file.subarray(0, 4).equals(CFB)) refuseCfb(file, name);
  if (file.subarray(0, 2).equals(ZIP)) {
    await guardXlsx(file);
    return readXlsxCells(file);
  }
  const head = file.toString('latin1', 0, 5);
  const other = OTHERS.find(([magic]) => head.toLowerCase().startsWith(magic.toLowerCase()));
  if (other) throw new BookRefused('otherFormat', `${other[1]}，不是表格。请上传 .xlsx 或 .csv 文件`);
  return [readCsv(file, name)];
}

export const tooLarge = (): BookRefused =>
  new BookRefused(
    'tooLarge',
    `文件超过 ${BOOK_LIMITS.file / 1e6} MB。请删掉图片、空行和多余的表，或者分几次导入`,
  );

/** Old Excel, WPS, and every file with a password are one kind of container; what lies in it tells them apart. */
function refuseCfb(file: Buffer, name: string): never {
  const has = (stream: string): boolean => file.includes(Buffer.from(stream, 'utf16le'));
  if (has('EncryptedPackage')) {
    const text = '这个文件加了密码，打不开。请打开它，在“文件—信息—保护工作簿”里取消密码，保存以后再上传';
    throw new BookRefused('password', text);
  }
  if (/\.et$/i.test(name))
    throw new BookRefused('wpsTable', `这是 WPS 表格（.et）文件，不能直接读。${SAVE_AS_XLSX}`);
  if (has('Workbook') || has('Book')) {
    throw new BookRefused('oldExcel', `这是旧版 Excel（.xls）文件，不能直接读。${SAVE_AS_XLSX}`);
  }
  throw new BookRefused('otherFormat', `这是旧版 Office 文件，不是能读的表格。${SAVE_AS_XLSX}`);
}
