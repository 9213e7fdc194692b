/**
 * How texts and queries are made comparable. Invariant: folding keeps the length in UTF-16 units, so a place in the
 * folded text is the same place in the text that people see. No query throws, however odd or long.
 */

/** Longer queries are cut: nobody types them, and time must stay bounded. */
const MAX_QUERY = 128;
const MAX_WORDS = 6;

const WIDE_OR_CAPITAL = /[A-Z\u3000\uFF01-\uFF5E]/g;

/** Full-width letters, digits and marks become half-width, capitals small. */
export function fold(text: string): string {
  return text.replace(WIDE_OR_CAPITAL, (character) => {
    const code = character.charCodeAt(0);
    if (code === 0x3000) return ' ';
    return String.fromCharCode(code > 0xff00 ? code - 0xfee0 : code).toLowerCase();
  });
}

/**
 * The words of a query: folded, without tone marks (gāo → gao, lǜ → lv) and without the apostrophe of xi'an; split
 * at spaces and at the marks that end a phrase.
 */
export function queryWords(query: string): string[] {
  return fold(query.slice(0, MAX_QUERY))
    .normalize('NFD')
    .replace(/u\u0308/g, 'v')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/(?<=[a-z])['’](?=[a-z])/g, '')
    .split(/[\s,;。?!]+/)
    .filter(Boolean)
    .slice(0, MAX_WORDS)
    .map((word) => word.slice(0, MAX_QUERY));
}

/** Whether a word can be pinyin, wholly or in part. */
export function hasLetters(word: string): boolean {
  return /[a-z]/.test(word);
}
