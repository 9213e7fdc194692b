/** What a receipt shows to a scanner: the token in its QR code, or its number, as read or as typed. Pure. */
import { bareReceiptNumber, isReceiptNumber } from './receipt-number.ts';

export type ReceiptCode = { is: 'token'; token: string } | { is: 'number'; receiptNumber: string };
/** `other`: a code, but not of a receipt. `wrongNumber`: 28 digits that do not fit together. `short`: not all digits yet. */
export type NoReceiptCode = { is: 'other' } | { is: 'wrongNumber' } | { is: 'short'; digits: number };

const TOKEN = /^JB1:([A-Za-z0-9_-]{22})$/;
const DIGITS = 28;

export function readReceiptCode(text: string): ReceiptCode | NoReceiptCode {
  // scanners that act as a keyboard may type full-width forms and a line end
  const plain = text.normalize('NFKC').trim();
  const token = TOKEN.exec(plain)?.[1];
  if (token !== undefined) return { is: 'token', token };
  const digits = bareReceiptNumber(plain);
  if (!/^\d+$/.test(digits)) return { is: 'other' };
  if (digits.length < DIGITS) return { is: 'short', digits: digits.length };
  return isReceiptNumber(digits) ? { is: 'number', receiptNumber: digits } : { is: 'wrongNumber' };
}
