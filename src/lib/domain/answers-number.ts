/**
 * Numbers and sums of money in a form. A number without `step` is an integer; money has at most two decimals.
 * Whether a number fits its step is judged on its decimal digits, because 0.1 + 0.2 is not 0.3 in binary.
 */
import type { Field } from './item.ts';
import { compactNumber } from './plain-text.ts';

/** Beyond it, cents are no longer exact and nobody at a counter means it. */
const LARGEST = 1_000_000_000_000;

/** A number as typed: full-width digits, `。` for the point and thousands separators are understood; null otherwise. */
export function parseNumber(raw: unknown): number | null {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw + 0 : null;
  if (typeof raw !== 'string') return null;
  const text = compactNumber(raw)
    .replace(/[。．]/g, '.')
    .replace(/，/g, ',');
  const digits = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replace(/,/g, '') : text;
  return /^[+-]?\d{1,15}(?:\.\d{1,10})?$/.test(digits) ? Number(digits) + 0 : null;
}

/** What is wrong with a number for that field, without its label; null when nothing is. */
export function numberProblem(field: Field, value: number): string | null {
  const min = field.min ?? (field.type === 'money' ? 0 : -LARGEST);
  const max = field.max ?? LARGEST;
  if (value < min || value > max) return rangeText(field, value, min, max);
  const step = field.type === 'money' ? 0.01 : (field.step ?? 1);
  return fitsStep(value, step) ? null : stepText(step);
}

/** 1234567.5 → 1,234,567.5 */
export function formatNumber(value: number): string {
  const [whole = '', decimals] = String(value).split('.');
  const grouped = /e/.test(whole) ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** 1234.5 → 1,234.50 元; whole sums without decimals. */
export function formatMoney(value: number): string {
  const [whole, decimals] = value.toFixed(2).split('.');
  const grouped = formatNumber(Number(whole));
  const sign = value < 0 && !grouped.startsWith('-') ? '-' : '';
  return `${sign}${grouped}${decimals === '00' || decimals === undefined ? '' : `.${decimals}`} 元`;
}

function fitsStep(value: number, step: number): boolean {
  const places = decimalPlaces(step);
  if (decimalPlaces(value) > places) return false;
  const scale = 10 ** places;
  return Math.round(value * scale) % Math.round(step * scale) === 0;
}

function decimalPlaces(value: number): number {
  const text = String(value);
  if (text.includes('e-')) return Infinity;
  return text.split('.')[1]?.length ?? 0;
}

function rangeText(field: Field, value: number, min: number, max: number): string {
  const unit = field.type === 'money' ? ' 元' : ' ';
  if (field.min !== undefined && field.max !== undefined) {
    return `应在 ${formatNumber(min)} 到 ${formatNumber(max)}${unit}之间，请再核一遍`;
  }
  const bound = value < min ? `不能小于 ${formatNumber(min)}` : `不能大于 ${formatNumber(max)}`;
  return `${bound}${unit.trimEnd()}，请再核一遍`;
}

function stepText(step: number): string {
  switch (step) {
    case 1:
      return '应是整数，请改正';
    case 0.1:
      return '最多一位小数，请改正';
    case 0.01:
      return '最多两位小数，请改正';
    default:
      return `应是 ${step} 的倍数，请改正`;
  }
}
