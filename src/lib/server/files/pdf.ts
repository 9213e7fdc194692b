/**
 * Looks at a PDF from outside: whether it is whole and can be opened without a password. It is never interpreted here,
 * because an interpreter is what malicious PDFs are written for; people get it as a download.
 */

/** A PDF ends in this mark, or nearly so (Acrobat's own rule). */
const END = Buffer.from('%%EOF');
const END_WITHIN = 1024;
const ENCRYPT = Buffer.from('/Encrypt');
/** The entry of a trailer, in clear even where everything else is packed (ISO 32000 §7.5.5, §7.5.8). */
const ENTRY = /^\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/;

export const isWholePdf = (bytes: Buffer): boolean => bytes.subarray(-END_WITHIN).includes(END);

export function isEncryptedPdf(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ENCRYPT); at !== -1; at = bytes.indexOf(ENCRYPT, at + ENCRYPT.length)) {
    if (ENTRY.test(bytes.toString('latin1', at, at + 60))) return true;
  }
  return false;
}
