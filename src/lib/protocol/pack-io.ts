/**
 * The streams of a pack (pack.ts). One walk serves both directions: every call takes the value to write and returns the
 * value as written, or, while reading, ignores what it is given and returns what was read. What is of one kind lies
 * together: small numbers and words by their path, for deflate; what is random in bits apart, which nothing makes smaller.
 */
import type { Bytes } from '#lib/catalogue/hash.ts';
import { joined } from '#lib/catalogue/join.ts';

/** A pack that is not one, or unfolds into too much. */
export class BadPack extends Error {
  override name = 'BadPack';
}

export interface Io {
  readonly writing: boolean;
  /** A whole number from 0 to 2^53 − 1. */
  uint(path: string, value: number): number;
  text(path: string, value: string): string;
  /** `count` ≤ 24 bits that are not worth compressing. */
  bits(value: number, count: number): number;
}

export interface Sections {
  raw: Bytes;
  /** Before deflate. */
  plain: Bytes;
}

/** U+0000 ends a text; within one it is U+0001 0, and U+0001 is U+0001 1. */
const escaped = (text: string): string =>
  /[\0\x01]/.test(text) ? text.replaceAll('\x01', '\x011').replaceAll('\0', '\x010') : text;
const unescaped = (text: string): string =>
  text.includes('\x01') ? text.replace(/\x01(.)/gs, (_, is) => (is === '0' ? '\0' : '\x01')) : text;

/** LEB128. */
export function pushUint(out: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new BadPack();
    return byte;
  }
  uint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (!Number.isSafeInteger(value)) throw new BadPack();
      if (byte < 128) return value;
    }
  }
  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new BadPack();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
  rest(): Uint8Array {
    return this.take(this.#bytes.length - this.#at);
  }
}

export class Writing implements Io {
  readonly writing = true;
  readonly #numbers = new Map<string, number[]>();
  readonly #texts = new Map<string, string[]>();
  readonly #raw: number[] = [];
  #byte = 0;
  #filled = 0;

  uint(path: string, value: number): number {
    let stream = this.#numbers.get(path);
    if (!stream) this.#numbers.set(path, (stream = []));
    pushUint(stream, value);
    return value;
  }
  text(path: string, value: string): string {
    let stream = this.#texts.get(path);
    if (!stream) this.#texts.set(path, (stream = []));
    stream.push(escaped(value));
    return value;
  }
  bits(value: number, count: number): number {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.#byte = this.#byte * 2 + ((value >> bit) & 1);
      if (++this.#filled === 8) {
        this.#raw.push(this.#byte);
        [this.#byte, this.#filled] = [0, 0];
      }
    }
    return value;
  }
  sections(): Sections {
    if (this.#filled > 0) this.bits(0, 8 - this.#filled);
    const encoder = new TextEncoder();
    const streams = [
      [...this.#numbers.values()].map((numbers) => Uint8Array.from(numbers)),
      [...this.#texts.values()].map((texts) => encoder.encode(texts.map((one) => `${one}\0`).join(''))),
    ];
    const head: number[] = [];
    for (const group of streams) {
      pushUint(head, group.length);
      for (const { length } of group) pushUint(head, length);
    }
    return { raw: Uint8Array.from(this.#raw), plain: joined([Uint8Array.from(head), ...streams.flat()]) };
  }
}

export class Reading implements Io {
  readonly writing = false;
  readonly #numbers = new Map<string, ByteReader>();
  readonly #texts = new Map<string, { all: string; at: number }>();
  readonly #numberStreams: Uint8Array[];
  readonly #textStreams: Uint8Array[];
  readonly #raw: ByteReader;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #byte = 0;
  #left = 0;

  constructor({ raw, plain }: Sections) {
    this.#raw = new ByteReader(raw);
    const reader = new ByteReader(plain);
    const lengths = [0, 1].map(() => {
      const count = reader.uint();
      if (count > plain.length) throw new BadPack();
      return Array.from({ length: count }, () => reader.uint());
    });
    const [numbers = [], texts = []] = lengths.map((group) => group.map((length) => reader.take(length)));
    // the walk meets the streams in the order in which they were begun
    this.#numberStreams = numbers.reverse();
    this.#textStreams = texts.reverse();
  }
  uint(path: string): number {
    let stream = this.#numbers.get(path);
    if (!stream) {
      stream = new ByteReader(this.#numberStreams.pop() ?? new Uint8Array(0));
      this.#numbers.set(path, stream);
    }
    return stream.uint();
  }
  text(path: string): string {
    let stream = this.#texts.get(path);
    if (!stream) {
      stream = { all: this.#decoder.decode(this.#textStreams.pop() ?? new Uint8Array(0)), at: 0 };
      this.#texts.set(path, stream);
    }
    const end = stream.all.indexOf('\0', stream.at);
    if (end < 0) throw new BadPack();
    const text = unescaped(stream.all.slice(stream.at, end));
    stream.at = end + 1;
    return text;
  }
  bits(_value: number, count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit++) {
      if (this.#left === 0) [this.#byte, this.#left] = [this.#raw.byte(), 8];
      value = value * 2 + ((this.#byte >> --this.#left) & 1);
    }
    return value;
  }
}
