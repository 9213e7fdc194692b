/** One-time codes that are read aloud: eight letters and digits in two groups. The office keeps their hashes. */
import { createHash, randomInt } from 'node:crypto';

/** Without 0 O 1 I L U, which are misread or misheard. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** `ABCD-EFGH` */
export function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** Case, spaces and dashes do not count, however the code was typed. */
export const hashCode = (code: string): string =>
  createHash('sha256')
    .update(
      code
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[\s\-‐–—]/g, ''),
    )
    .digest('hex');
