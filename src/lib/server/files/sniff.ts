/** What a file is, by its first bytes (magic): the closed list that the office keeps. Names and claims count nothing. */
import type { Photo } from '#lib/domain/materials.ts';

const MAGIC: readonly [Photo['type'], (head: Buffer) => boolean][] = [
  ['jpeg', (head) => head.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))],
  ['png', (head) => head.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))],
  ['webp', (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP'],
  ['pdf', (head) => head.toString('latin1', 0, 5) === '%PDF-'],
];

/** null: nothing that the office keeps, such as HTML, SVG or a program under a picture's name. */
export const sniff = (bytes: Buffer): Photo['type'] | null =>
  MAGIC.find(([, matches]) => matches(bytes))?.[0] ?? null;
