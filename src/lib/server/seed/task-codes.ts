/**
 * Implementation codes (实施编码) for the demo. They lead with the credit code of the office that acts; ours are
 * synthetic: right in shape and check digits, of a body (XN…, 虚拟) that nobody is registered under.
 */
import { implementationCode } from '#lib/catalogue/implementation-code.ts';
import type { ItemSheet } from '#lib/catalogue/sheet.ts';
import { upgradeItem } from '#lib/catalogue/upgrade-item.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import type { ListedItem } from './read-data.ts';

/** GB 32100: characters of a credit code in the order of their values. */
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** GB 11714: the same for the organisation code inside it. */
const BODY_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

const weighted = (text: string, alphabet: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * alphabet.indexOf(text[i]!), 0);

/** Check digit of an organisation code of 8 characters (GB 11714). */
function bodyCheck(body: string): string {
  const check = (11 - (weighted(body, BODY_ALPHABET, BODY_WEIGHTS) % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/** Check digit of the first 17 characters of a credit code (GB 32100: weights 3^i mod 31). */
export function creditCheck(first: string): string {
  let power = 1;
  const weights = Array.from({ length: 17 }, () => {
    const weight = power;
    power = (power * 3) % 31;
    return weight;
  });
  return CREDIT_ALPHABET[(31 - (weighted(first, CREDIT_ALPHABET, weights) % 31)) % 31]!;
}

/** A made-up credit code of the `index`th department of a county: 11 (机关) ‖ county ‖ body ‖ check digit. */
export function syntheticCreditCode(countyCode: string, index: number): string {
  const body = `XN${String(index).padStart(6, '0')}`;
  const first = `11${countyCode.slice(0, 6)}${body}${bodyCheck(body)}`;
  return first + creditCheck(first);
}

const actingLevel = ({ levels }: ListedItem): Level =>
  levels.every((level) => level === 'village') ? 'village' : 'township';

/**
 * The items of a level as a county offers them, with the codes of the departments that act. What a village takes in for
 * its township is the township's item, the very same version; only what the village alone handles is its own.
 */
export const itemsOfCounty = (items: readonly ListedItem[], countyCode: string, level: Level): Item[] =>
  allItemsOfCounty(items, countyCode).filter((item) => item.levels.includes(level));

/** The same of all levels: what a county's working list begins with. */
export const sheetsOfCounty = (items: readonly ListedItem[], countyCode: string): ItemSheet[] =>
  allItemsOfCounty(items, countyCode).map(upgradeItem);

function allItemsOfCounty(items: readonly ListedItem[], countyCode: string): Item[] {
  const departments = [...new Set(items.map((item) => item.department))];
  const credit = new Map(
    departments.map((name, index) => [name, syntheticCreditCode(countyCode, index + 1)]),
  );
  return items.map((item) => ({
    ...item,
    taskCode: implementationCode(credit.get(item.department)!, actingLevel(item), item.code),
  }));
}
