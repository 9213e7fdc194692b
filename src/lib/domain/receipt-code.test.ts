import { expect, test } from 'vitest';
import { buildReceiptNumber, formatReceiptNumber } from './receipt-number.ts';
import { readReceiptCode } from './receipt-code.ts';

const number = buildReceiptNumber({ site: '410526102201', day: '2026-09-18', device: '001', serial: 7 });

test.each([
  'JB1:AbC-_0123456789abcdefg',
  ' JB1:AbC-_0123456789abcdefg\r\n',
  'ＪＢ１：AbC-_0123456789abcdefg',
])('the QR code of a receipt, read by a camera or typed by a scanner: %j', (text) => {
  expect(readReceiptCode(text)).toEqual({ is: 'token', token: 'AbC-_0123456789abcdefg' });
});

test.each([number, formatReceiptNumber(number), `${number}\n`, number.replace(/(\d{4})/g, '$1-')])(
  'the number of a receipt, however it is written: %j',
  (text) => {
    expect(readReceiptCode(text)).toEqual({ is: 'number', receiptNumber: number });
  },
);

test('what is not whole yet, what was misread, and codes of other things', () => {
  expect(readReceiptCode(number.slice(0, 20))).toEqual({ is: 'short', digits: 20 });
  const last = Number(number.at(-1));
  expect(readReceiptCode(number.slice(0, -1) + ((last + 1) % 10))).toEqual({ is: 'wrongNumber' });
  expect(readReceiptCode(`${number}1`)).toEqual({ is: 'wrongNumber' });
  for (const text of ['', 'https://example.invalid/', 'JB1:short', 'JB2:AbC-_0123456789abcdefg']) {
    expect(readReceiptCode(text)).toEqual({ is: 'other' });
  }
});
