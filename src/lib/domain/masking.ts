/**
 * What stays readable of personal data in lists, on a station's copies and in exports (domain.md §8). Masked text is
 * for eyes only: nothing may compare or search it. Showing the whole needs a reason and an audit line elsewhere.
 */
import { countCharacters } from './plain-text.ts';

/** 410***********1232: first three, last four. Shorter numbers (passes, passports) show one and three. */
export function maskIdNumber(number: string): string {
  return number.length >= 15 ? keepEnds(number, 3, 4) : keepEnds(number, 1, 3);
}

/** 138****8000; of a landline the area code and the last two. */
export function maskPhone(number: string): string {
  const landline = /^(0\d{2,3}-)(\d+)$/.exec(number);
  if (landline) return `${landline[1] ?? ''}${keepEnds(landline[2] ?? '', 0, 2)}`;
  return keepEnds(number, 3, 4);
}

/** 张三 → *三; longer: first and last character, a star for each between; a single character: *. */
export function maskName(name: string): string {
  const length = countCharacters(name);
  if (length <= 1) return '*'.repeat(length);
  return length === 2 ? keepEnds(name, 0, 1) : keepEnds(name, 1, 1);
}

/** ****1234: the last four, nothing of the bank or the length. */
export function maskBankCard(number: string): string {
  return number.length > 4 ? `****${number.slice(-4)}` : '****';
}

/** To the village or community; else to the street or town; else half of it, at most twelve characters. No house number. */
export function maskAddress(address: string): string {
  const area = VILLAGE.exec(address) ?? TOWN.exec(address);
  if (area) return area[0].length < address.length ? `${area[0]}…` : address;
  const characters = [...address];
  const part = characters.slice(0, Math.min(12, characters.length >> 1)).join('');
  return address === '' ? '' : `${part.replace(/[\d０-９].*$/s, '').trimEnd()}…`;
}

/** 村 as the name of a village, not as part of a town's or a road's name (李村镇, 中关村大街). */
const VILLAGE = /^[^\d０-９]+?(?:社区|村(?:民委员会|委会)?(?![镇乡街路大庄]))/u;
const TOWN = /^[^\d０-９]+?(?:街道|镇|乡)/u;

/** Stars for what is between; for everything when the ends would show all of it. Counts characters, not UTF-16 units. */
function keepEnds(text: string, first: number, last: number): string {
  const characters = [...text];
  const hidden = characters.length - first - last;
  if (hidden <= 0) return '*'.repeat(characters.length);
  const tail = characters.slice(characters.length - last).join('');
  return `${characters.slice(0, first).join('')}${'*'.repeat(hidden)}${tail}`;
}
