/**
 * A PDF goes on as it is, byte for byte: here only whether it can be opened at the office at all. What is inside (scripts,
 * forms) is not looked at; nobody shows a PDF inside a page, it is handed out as a file.
 */
export type PdfTrouble = 'encryptedPdf' | 'truncated' | 'tooLarge';

/** Bytes. At 30 KB a second these are eleven minutes. */
export const MOST_PDF_BYTES = 20 * 1024 * 1024;

/** null when nothing stands against it. */
export function pdfTrouble(bytes: Uint8Array): PdfTrouble | null {
  if (bytes.length > MOST_PDF_BYTES) return 'tooLarge';
  // one byte a character: offsets and patterns stay what they are in the file
  const text = new TextDecoder('latin1').decode(bytes);
  if (!text.includes('%%EOF')) return 'truncated';
  // in a trailer or the dictionary of a cross-reference stream, neither of which is ever compressed (ISO 32000-1, 7.5.5)
  return /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(text) ? 'encryptedPdf' : null;
}
