/**
 * What a file is by its first bytes; its name and what the browser calls it prove nothing. Four kinds are taken (JPEG, PNG,
 * WebP, PDF); of any other it is told in plain words what it really is, so that a person can pick the right one.
 */
import type { Photo } from '#lib/domain/materials.ts';

export type Sniffed =
  | { is: Photo['type'] }
  | { is: 'heic' }
  /** 网页, 程序, Word 文档 … */
  | { is: 'other'; found: string };

/** So many bytes are enough. */
export const SNIFF_BYTES = 1024;

/** Printable from the first byte on, at an offset. */
const MAGIC: readonly (readonly [at: number, magic: string, found: string])[] = [
  [0, 'GIF8', 'GIF 动图'],
  [0, 'BM', 'BMP 图片'],
  [0, 'II*\0', 'TIFF 扫描件'],
  [0, 'MM\0*', 'TIFF 扫描件'],
  [0, '8BPS', 'Photoshop 文件'],
  [0, 'MZ', '程序'],
  [0, '\x7fELF', '程序'],
  [0, 'PK\x03\x04', 'Word、Excel 文档或压缩包'],
  [0, '\xd0\xcf\x11\xe0', '旧版 Word、Excel 文档'],
  [0, 'Rar!', '压缩包'],
  [0, '7z\xbc\xaf', '压缩包'],
  [0, '\x1f\x8b', '压缩包'],
  [0, '{\\rtf', 'Word 文档'],
  [0, 'ID3', '录音'],
  [0, '#!AMR', '录音'],
  [0, 'OFD', 'OFD 文档'],
  [8, 'WAVE', '录音'],
  [8, 'AVI ', '录像'],
  [0, '\x1aE\xdf\xa3', '录像'],
];

const HEIC = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const AVIF = new Set(['avif', 'avis']);

/** @param head the first bytes of the file, at least SNIFF_BYTES of them where there are so many */
export function sniff(head: Uint8Array): Sniffed {
  const text = latin(head);
  const starts = (magic: string, at = 0): boolean => text.startsWith(magic, at);
  if (starts('\xff\xd8\xff')) return { is: 'jpeg' };
  if (starts('\x89PNG\r\n\x1a\n')) return { is: 'png' };
  if (starts('RIFF') && starts('WEBP', 8)) return { is: 'webp' };
  // readers allow junk before the header; web pages that quote it are caught by their own beginning
  if (text.includes('%PDF-') && !isMarkup(text)) return { is: 'pdf' };
  if (starts('ftyp', 4)) return isoMedia(text);
  const known = MAGIC.find(([at, magic]) => starts(magic, at));
  if (known) return { is: 'other', found: known[2] };
  if (isMarkup(text)) return { is: 'other', found: /<svg[\s>]/i.test(text) ? 'SVG 图形' : '网页' };
  return { is: 'other', found: isText(head) ? '文字文件' : '认不出的文件' };
}

function isoMedia(text: string): Sniffed {
  const brand = text.slice(8, 12);
  // mif1 is the brand of any still picture in this box: the compatible brands tell which
  const brands = [brand, ...(text.slice(16, 64).match(/.{4}/gs) ?? [])];
  if (brands.some((one) => AVIF.has(one))) return { is: 'other', found: 'AVIF 图片' };
  if (HEIC.has(brand)) return { is: 'heic' };
  return { is: 'other', found: brand.startsWith('M4A') ? '录音' : '录像' };
}

const isMarkup = (text: string): boolean => /^(?:\xef\xbb\xbf)?\s*<(?:[!?a-z])/i.test(text);

const isText = (head: Uint8Array): boolean =>
  head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);

const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes.subarray(0, SNIFF_BYTES)) text += String.fromCharCode(byte);
  return text;
};
