/** Text of a cell as it is kept: composed, without what cannot be seen or turns the line round, each line end the same. */
import { meantText } from '#lib/domain/csv.ts';

// C0 but tab and line feed, C1, zero width, direction, and what is no character at all
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

export const cleanText = (text: string): string =>
  meantText(text.replace(/\r\n?/g, '\n').normalize('NFC').replace(UNSEEN, '').trim());
