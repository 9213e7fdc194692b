/**
 * What a reader gave, as a card: text as keyboards type it (`王示例|410526…|白道口镇…`, fields in any order, or the number
 * alone), or JSON as a program sends it. Pure. Without a resident's number that passes its check there is no card: then it
 * was somebody typing.
 */
import type { Day } from '#lib/domain/day.ts';
import { readIdNumber } from '#lib/domain/identity.ts';
import { normalisePersonName, readPersonName } from '#lib/domain/person-name.ts';
import { cleanText } from '#lib/domain/plain-text.ts';
import type { Card } from './reader-port.ts';

const SEPARATOR = /[|\t\n\r;,，；]+/;
const NUMBER = /^\d{17}[\dXx]$/;
/** Follows from the number. */
const SEXES = ['男', '女'];
const DATES = /^[\d.\-—至长期\s]+$/;
const LONGEST_NAME = 30;
const LONGEST_ADDRESS = 200;

/** Card of the checked number; birth date and sex follow from it, whatever else was said. */
function cardOf(number: string, today: Day, rest: Omit<Card, 'idNumber'>): Card | null {
  const read = readIdNumber('residentId', number, today);
  if (!read.ok) return null;
  const { name, address, nation } = rest;
  return {
    idNumber: read.number,
    ...(read.birthDate === null ? {} : { birthDate: read.birthDate }),
    ...(read.sex === null ? {} : { sex: read.sex }),
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(nation === undefined ? {} : { nation }),
  };
}

const nameIn = (text: string): string | undefined => {
  const name = normalisePersonName(text);
  return readPersonName(name).ok && [...name].length <= LONGEST_NAME && !/\d/.test(name) ? name : undefined;
};

/** A card that was typed at one go; null when it is none. */
export function parseTyped(text: string, today: Day): Card | null {
  const parts = text
    .split(SEPARATOR)
    .map((part) => cleanText(part))
    .filter(Boolean);
  const number = parts.find((part) => NUMBER.test(part));
  if (number === undefined) return null;
  const others = parts.filter((part) => part !== number && !SEXES.includes(part) && !DATES.test(part));
  const nation = others.find((part) => /^[\u4e00-\u9fff]{1,8}族$/.test(part) || part === '汉');
  const words = others.filter((part) => part !== nation);
  const names = words.flatMap((word) => nameIn(word) ?? []);
  // an address without figures reads like a name, only longer
  const name = names.find((one) => [...one].length <= 6 || one.includes('·')) ?? names[0];
  // an address is the longest that is left: organs of issue are shorter and end in 局
  const address = words
    .filter((part) => nameIn(part) !== name && !part.endsWith('局') && [...part].length > 5)
    .sort((a, b) => b.length - a.length)[0];
  return cardOf(number, today, {
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address: [...address].slice(0, LONGEST_ADDRESS).join('') }),
    ...(nation === undefined ? {} : { nation: nation.replace(/族$/, '') }),
  });
}

/** A card as a program on this computer sends it (docs/readers.md); null when it is none. */
export function parseSent(message: unknown, today: Day): Card | null {
  if (typeof message !== 'object' || message === null) return null;
  const said = message as Record<string, unknown>;
  const text = (key: string): string | undefined => {
    const value = said[key];
    const cleaned = typeof value === 'string' ? cleanText(value) : '';
    return cleaned === '' || cleaned.length > LONGEST_ADDRESS ? undefined : cleaned;
  };
  const number = text('idNumber');
  if (number === undefined) return null;
  const [name, address, nation] = [nameIn(text('name') ?? ''), text('address'), text('nation')];
  return cardOf(number, today, {
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(nation === undefined ? {} : { nation: nation.replace(/族$/, '') }),
  });
}
