import { expect, test } from 'vitest';
import { sniff } from './sniff.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

test.each([
  ['jpeg', '\xff\xd8\xff\xe1\x00\x10Exif'],
  ['png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['webp', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['pdf', '%PDF-1.7\n'],
  ['pdf', '\xef\xbb\xbf\n%PDF-1.4'],
])('%s is known by its first bytes', (is, head) => {
  expect(sniff(bytes(head))).toEqual({ is });
});

test.each([
  ['网页', '<!DOCTYPE html><title>登录</title>'],
  ['网页', '\n  <html><body>'],
  ['网页', '<p>%PDF-1.7 is what a PDF begins with'],
  ['SVG 图形', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">'],
  ['程序', 'MZ\x90\0\x03'],
  ['程序', '\x7fELF\x02'],
  ['Word、Excel 文档或压缩包', 'PK\x03\x04\x14'],
  ['旧版 Word、Excel 文档', '\xd0\xcf\x11\xe0\xa1\xb1'],
  ['GIF 动图', 'GIF89a'],
  ['BMP 图片', 'BM\x36\0'],
  ['TIFF 扫描件', 'II*\0'],
  ['录像', '\0\0\0\x18ftypmp42\0\0\0\0isom'],
  ['AVIF 图片', '\0\0\0\x1cftypavif\0\0\0\0avifmif1'],
  ['AVIF 图片', '\0\0\0\x1cftypmif1\0\0\0\0mif1avif'],
  ['文字文件', 'name,phone\r\n'],
  ['认不出的文件', '\x01\x02\x03\x04'],
])('%s that is called .jpg is told by what it is', (found, head) => {
  expect(sniff(bytes(head))).toEqual({ is: 'other', found });
});

test.each(['heic', 'heix', 'mif1', 'msf1'])('a photo of an iPhone (%s) is told apart', (brand) => {
  expect(sniff(bytes(`\0\0\0\x24ftyp${brand}\0\0\0\0${brand}heicmiaf`))).toEqual({ is: 'heic' });
});

test('a file of one byte is nothing', () => {
  expect(sniff(bytes('\x02'))).toEqual({ is: 'other', found: '认不出的文件' });
});
