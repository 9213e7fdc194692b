/**
 * Numbers of papers (文号): 机关代字 + 文种 + 〔年〕 + 序号, as 白道口镇补字〔2026〕213-0918-001-0001号 (domain.md §3).
 *
 * The 序号 is the receipt number's own: last three digits of the station, month and day, device, serial of that day. So
 * it is unique within organ, kind and year without a counter, is known with no network, stays the same however often the
 * paper is printed, and leads back to the application. The year is that of receipt. A second notice of one application
 * adds -2. (The 办件编号 would not do: its serial counts for one item only, and it is not there before arrival.)
 */
import { parseReceiptNumber } from '../receipt-number.ts';
import { organWord, type Office } from './office.ts';

/** 文种: one word for each kind of document that an organ issues. */
export const DOCUMENT_WORDS = {
  notice: '补',
  acceptance: '受',
  refusal: '不受',
  procedure: '特',
  extension: '延',
  decision: '决',
  delivery: '送',
  closing: '终',
} as const;

export function documentNumber(
  kind: keyof typeof DOCUMENT_WORDS,
  office: Pick<Office, 'organ'>,
  receiptNumber: string,
  nth = 1,
): string {
  const word = `${organWord(office)}${DOCUMENT_WORDS[kind]}字`;
  const parts = parseReceiptNumber(receiptNumber);
  const again = nth > 1 ? `-${nth}` : '';
  // a number that is none can only come from a damaged row: it is printed as it is, so that it is found
  if (parts === null) return `${word}${receiptNumber}${again}号`;
  const { site, day, device, serial } = parts;
  const order = [site.slice(-3), day.slice(5).replace('-', ''), device, String(serial).padStart(4, '0')];
  return `${word}〔${day.slice(0, 4)}〕${order.join('-')}${again}号`;
}
