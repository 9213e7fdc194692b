/** Receipts (收件凭证) for pages: their numbers and query tokens, made offline. */
import { toBase64url } from '#lib/catalogue/hash.ts';
import type { Day } from '#lib/domain/day.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { DeviceRecord } from '../store/device.ts';
import { nextReceiptSerial } from '../store/receipts.ts';
import type { WriteFailure } from '../store/write.ts';
import { openedStore } from './opened-store.ts';

const TOKEN_BYTES = 16;

/** A number that this device gives only once. */
export async function takeReceiptNumber(
  device: Pick<DeviceRecord, 'device' | 'number' | 'site'>,
  day: Day,
): Promise<{ number: string } | { why: WriteFailure }> {
  const serial = await nextReceiptSerial(await openedStore(), device.device, day);
  if (!serial.ok) return { why: serial.why };
  return {
    number: buildReceiptNumber({ site: device.site.code, day, device: device.number, serial: serial.value }),
  };
}

/** What a receipt's QR code holds: random, says nothing about a person. */
export const newQueryToken = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
