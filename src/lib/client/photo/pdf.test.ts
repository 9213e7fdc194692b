import { expect, test } from 'vitest';
import { MOST_PDF_BYTES, pdfTrouble } from './pdf.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const body = '%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n';

test('a PDF is taken, scripts and all: it is handed out as a file and shown nowhere', () => {
  expect(pdfTrouble(bytes(`${body}trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n`))).toBeNull();
});

test.each([
  ['trailer<</Root 1 0 R/Encrypt 5 0 R>>\n%%EOF'],
  ['trailer<</Encrypt<</Filter/Standard>>/Root 1 0 R>>\n%%EOF'],
  ['7 0 obj<</Type/XRef/Encrypt 5 0 R/Length 9>>stream\n\xff\x00\x80\nendstream\n%%EOF'],
])('a PDF under a password is told (%s)', (trailer) => {
  expect(pdfTrouble(bytes(body + trailer))).toBe('encryptedPdf');
});

test('the word alone is no password', () => {
  expect(pdfTrouble(bytes(`${body}(how to /Encrypt a file)\n%%EOF`))).toBeNull();
});

test('a PDF without its end is told', () => {
  expect(pdfTrouble(bytes(body))).toBe('truncated');
});

test('a PDF above 20 MB is told', () => {
  expect(pdfTrouble(new Uint8Array(MOST_PDF_BYTES + 1))).toBe('tooLarge');
});
