/**
 * The texts of a pack: what is bytes, digits, days or instants in another spelling goes as such, and comes back in the very
 * same spelling; all else goes as it is. A text that stood at the same path before is named by its number.
 */
import { addDays, daysBetween, isDay, isInstant } from '#lib/domain/day.ts';
import { idCheckCharacter } from '#lib/domain/identity.ts';
import type { Field } from '#lib/domain/item.ts';
import { fromBase64url, fromHex, toBase64url, toHex } from '#lib/catalogue/hash.ts';
import { BadPack, type Io } from './pack-io.ts';
import { TAG, unzigzag, zigzag } from './pack-tags.ts';

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const FIRST_DAY = '1900-01-01';
/** Shorter words are not looked for among those that came before. */
const WORTH_FINDING = 8;
/** A day that sixteen bits from 1900 on can say. */
const isNearDay = (text: string): boolean => isDay(text) && text >= FIRST_DAY && text < '2070-01-01';
const isPlainInstant = (text: string): boolean => isInstant(text) && new Date(text).toISOString() === text;
const isResident = (text: string): boolean =>
  /^\d{17}[\dX]$/.test(text) &&
  isNearDay(birthOf(text)) &&
  idCheckCharacter(text.slice(0, 17)) === text.slice(17);
const birthOf = (text: string): string => `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
function instantOf(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) throw new BadPack();
  return date.toISOString();
}

interface Seen {
  list: string[];
  index: Map<string, number>;
}

export class Texts {
  readonly #io: Io;
  readonly #longest: number;
  readonly #seen = new Map<string, Seen>();
  #ms = 0;

  /** `longest`: no text is longer. */
  constructor(io: Io, longest: number) {
    this.#io = io;
    this.#longest = longest;
  }

  tagOf(path: string, text: string, field?: Field): number {
    if (field?.options?.includes(text)) return TAG.choice;
    if (this.#seen.get(path)?.index.has(text)) return TAG.seen;
    if (UUID7.test(text)) return TAG.uuid7;
    if (isNearDay(text)) return TAG.day;
    if (isPlainInstant(text)) return TAG.instant;
    if (isResident(text)) return TAG.resident;
    if (/^\d{6,}$/.test(text)) return TAG.digits;
    if (text.length >= 16 && /^([0-9a-f]{2})+$/.test(text)) return TAG.hex;
    if (text.length >= 20 && /^[\w-]+$/.test(text) && fromBase64url(text)) return TAG.base64;
    return TAG.text;
  }

  /** @throws BadPack */
  told(tag: number, path: string, value: string): string {
    const io = this.#io;
    const seen: Seen = this.#seen.get(path) ?? { list: [], index: new Map() };
    if (tag === TAG.seen) {
      const text = seen.list[io.uint(path, seen.index.get(value) ?? 0)];
      if (text === undefined) throw new BadPack();
      return text;
    }
    const text = this.#newText(tag, path, value);
    if (text.length >= WORTH_FINDING) {
      this.#seen.set(path, seen);
      seen.index.set(text, seen.list.push(text) - 1);
    }
    return text;
  }

  #newText(tag: number, path: string, value: string): string {
    const io = this.#io;
    switch (tag) {
      case TAG.text:
        return io.text(path, value);
      case TAG.hex:
        return toHex(this.#bytes(path, io.writing ? fromHex(value) : null));
      case TAG.base64:
        return toBase64url(this.#bytes(path, io.writing ? fromBase64url(value) : null));
      case TAG.uuid7:
        return this.#uuid(path, value);
      case TAG.day:
        return addDays(FIRST_DAY, io.bits(io.writing ? daysBetween(FIRST_DAY, value) : 0, 16));
      case TAG.instant: {
        this.#ms += unzigzag(io.uint(path, io.writing ? zigzag(Date.parse(value) - this.#ms) : 0));
        return instantOf(this.#ms);
      }
      case TAG.digits:
        return this.#digits(path, value);
      case TAG.resident: {
        const area = this.#areaOf(path, value);
        const birth = addDays(
          FIRST_DAY,
          io.bits(io.writing ? daysBetween(FIRST_DAY, birthOf(value)) : 0, 16),
        );
        const order = String(io.bits(io.writing ? Number(value.slice(14, 17)) : 0, 10)).padStart(3, '0');
        const body = area + birth.replaceAll('-', '') + order;
        return body + idCheckCharacter(body);
      }
      default:
        throw new BadPack();
    }
  }

  #areaOf(path: string, value: string): string {
    const area = this.#io.uint(`${path} area`, this.#io.writing ? Number(value.slice(0, 6)) : 0);
    return String(area).padStart(6, '0');
  }

  #bytes(path: string, bytes: Uint8Array | null): Uint8Array {
    const length = this.#io.uint(path, bytes?.length ?? 0);
    if (length > this.#longest) throw new BadPack();
    const out = new Uint8Array(length);
    for (let at = 0; at < length; at++) out[at] = this.#io.bits(bytes?.[at] ?? 0, 8);
    return out;
  }

  #uuid(path: string, value: string): string {
    const io = this.#io;
    const hex = io.writing ? value.replaceAll('-', '') : '';
    const ms = this.#ms + unzigzag(io.uint(path, zigzag(parseInt(hex.slice(0, 12), 16) - this.#ms || 0)));
    const bits = (from: number, to: number): string =>
      io
        .bits(parseInt(hex.slice(from, to), 16) || 0, 4 * (to - from))
        .toString(16)
        .padStart(to - from, '0');
    if (ms < 0 || ms >= 2 ** 48) throw new BadPack();
    const time = ms.toString(16).padStart(12, '0');
    const a = bits(13, 16);
    const variant = '89ab'.charAt(io.bits('89ab'.indexOf(hex.charAt(16)), 2));
    const all = `${time}7${a}${variant}${bits(17, 20)}${bits(20, 26)}${bits(26, 32)}`;
    return `${all.slice(0, 8)}-${all.slice(8, 12)}-${all.slice(12, 16)}-${all.slice(16, 20)}-${all.slice(20)}`;
  }

  /** Three digits in ten bits. */
  #digits(path: string, value: string): string {
    const io = this.#io;
    const length = io.uint(path, value?.length ?? 0);
    if (length > this.#longest) throw new BadPack();
    let out = '';
    while (out.length < length) {
      const count = Math.min(3, length - out.length);
      const group = io.bits(
        io.writing ? Number(value.slice(out.length, out.length + count)) : 0,
        [0, 4, 7, 10][count]!,
      );
      out += String(group).padStart(count, '0');
    }
    return out;
  }
}
