/**
 * Receipt numbers (收件凭证号), given offline by a device (domain.md §2.4): site code 12 + day 8 + device 3 + serial 4
 * + one ISO 7064 MOD 11,10 check digit = 28 digits. Device numbers are never used twice, so a site's numbers cannot
 * clash; the formal 办件编号 comes from the office. Holds nothing about a person.
 */
import { mod1110 } from './check-digit.ts';
import { isDay } from './day.ts';
import type { Day } from './day.ts';
import { compactNumber } from './plain-text.ts';

export interface ReceiptParts {
  /** 12-digit code of the site. */
  site: string;
  day: Day;
  /** Three digits, `001` … `999`. */
  device: string;
  /** Counts the receipts of a device on a day, 1 … 9999. */
  serial: number;
}

const SHAPE = /^(\d{12})(\d{4})(\d{2})(\d{2})(\d{3})(\d{4})(\d)$/;
export const SERIAL_LIMIT = 9999;

/** @throws when a part cannot stand in a number: that is a bug of the caller, not of the person. */
export function buildReceiptNumber({ site, day, device, serial }: ReceiptParts): string {
  const fits =
    /^\d{12}$/.test(site) &&
    isDay(day) &&
    isDevice(device) &&
    Number.isInteger(serial) &&
    serial >= 1 &&
    serial <= SERIAL_LIMIT;
  if (!fits) throw new RangeError(`no receipt number from ${site} ${day} ${device} ${serial}`);
  const body = `${site}${day.replace(/-/g, '')}${device}${String(serial).padStart(4, '0')}`;
  return body + mod1110(body);
}

/** The parts of a number as stored or typed (spaces and hyphens do not matter); null when it is none. */
export function parseReceiptNumber(raw: string): ReceiptParts | null {
  const match = SHAPE.exec(bareReceiptNumber(raw));
  if (!match) return null;
  const [digits, site = '', year, month, date, device = '', serial] = match;
  const parts = { site, day: `${year}-${month}-${date}`, device, serial: Number(serial) };
  const right = mod1110(digits.slice(0, -1)) === digits.slice(-1);
  return right && isDay(parts.day) && isDevice(device) && parts.serial >= 1 ? parts : null;
}

export function isReceiptNumber(raw: string): boolean {
  return parseReceiptNumber(raw) !== null;
}

/** The digits alone, as stored and looked up. */
export function bareReceiptNumber(raw: string): string {
  return compactNumber(raw).replace(/[-‐–—]/g, '');
}

/** 410526102201 20260923 001 0007 5: groups that can be read aloud. */
export function formatReceiptNumber(number: string): string {
  return bareReceiptNumber(number).replace(/^(.{12})(.{8})(.{3})(.{4})(.)$/, '$1 $2 $3 $4 $5');
}

function isDevice(device: string): boolean {
  return /^\d{3}$/.test(device) && device !== '000';
}
