/**
 * Tables as files for Excel and WPS: UTF-8 with a mark, so that Chinese shows; quoted by RFC 4180. Pure. Invariants: no
 * cell is run as a formula (OWASP, CSV injection), and long numbers stay whole: a table program would round 28 digits.
 */

const BOM = '\uFEFF';
const RISKY = /^[=+\-@\t\r\n＝＋－＠]/;
/** From here on Excel makes 4.10526E+17 of it. */
const LONG_NUMBER = /^\d{12,}[\dXx]?$/;

/** A text that a table program would run is written with ' before it, which it shows as the text. */
export const guardedText = (text: string): string => (RISKY.test(text) ? `'${text}` : text);

/** What was meant, of a text that we, or somebody's table program, wrote with ' before it. */
export function meantText(text: string): string {
  const rest = text.slice(1);
  return text.startsWith("'") && (RISKY.test(rest) || LONG_NUMBER.test(rest)) ? rest : text;
}

/** One cell, safe to open. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const safe = typeof value === 'string' && (RISKY.test(text) || LONG_NUMBER.test(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvFile = (rows: readonly (string | number | null)[][]): string =>
  BOM + rows.map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';
