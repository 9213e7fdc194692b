/**
 * What may stay in text that people type or paste: everything that can be seen, nothing that cannot.
 * Invisible characters make two equal-looking names differ, and bidirectional overrides make text lie
 * (security.md, input 9). Free text keeps its markup characters: it is always shown as text (input 8).
 * Invariants: cleaning twice changes nothing more; page and office clean and count alike.
 */

/**
 * Control characters (not tab and newline), soft hyphen, bidirectional marks and overrides, zero-width
 * characters (the joiner U+200D is judged apart), invisible operators, byte-order mark, interlinear marks,
 * tag characters and lone halves of surrogate pairs.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}\p{Cs}]/gu;

/** A joiner is kept only where it joins two emoji, as in a family; elsewhere nobody can see it. */
const LOOSE_JOINER =
  /(?<!\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu;

/** Printable ASCII and ordinary Chinese text: nothing in it has to be cleaned, and NFC leaves it as it is. */
const CLEAN = /^[\u0020-\u007E\u3001-\u3015\u4E00-\u9FFF\uFF01-\uFF5E]*$/;

/** Text as it is stored: visible characters, NFC, `\n` for line ends, no space at either end. */
export function cleanText(raw: string, { multiline = false }: { multiline?: boolean } = {}): string {
  if (CLEAN.test(raw)) return raw.trim();
  const lines = raw.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n');
  const visible = lines.replace(INVISIBLE, '').replace(LOOSE_JOINER, '');
  return (multiline ? visible : visible.replace(/[\n\t]+/g, ' ')).normalize('NFC').trim();
}

/** Characters as people count them on paper, near enough and alike everywhere: code points, not UTF-16 units. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const ASCII = /^[\u0000-\u007F]*$/;

/** Full-width letters, digits and punctuation (as Chinese input methods type them) to ASCII; U+3000 to a space. */
export function halfWidth(text: string): string {
  if (ASCII.test(text)) return text;
  return text
    .replace(/[\uFF01-\uFF5E]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
}

/** A number as people type it: half-width, upper case, without any space or invisible character. */
export function compactNumber(raw: string): string {
  return halfWidth(cleanText(raw))
    .replace(/[\s\u200D]+/gu, '')
    .toUpperCase();
}
