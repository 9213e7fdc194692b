/**
 * All texts that a search looks through, laid end to end, and how each character is read. Scanning one long string
 * with `indexOf` beats any index at this size. Invariants: position i of `initials` and `syllables` belongs to
 * character i of `text`; a match never crosses from one text into the next.
 */
import type { Readings } from './release.ts';
import { fold, hasLetters } from './search-words.ts';

/** How a match was spelt, as bits: none set = the characters themselves. */
export const FULL = 1; // whole syllables; the last may be unfinished
export const INITIAL = 2; // first letters
export const PARTIAL = 4; // syllables cut short in the middle of the query

/** Called with the text's number and the place of the match in it; at least once for every text that matches. */
export type OnMatch = (index: number, from: number, to: number, spelling: number) => void;

export interface Haystack {
  /** Calls back for the texts that hold the word, in their order. */
  scan(word: string, found: OnMatch): void;
  /** Where the word is in one text: from and to; null where it is not. */
  locate(index: number, word: string): [from: number, to: number] | null;
  /** Characters of a text. */
  lengthOf(index: number): number;
}

const END = '\n';
const MARK = 1;
const OTHER = 2;

/** Lays out the texts. Linear in their length. */
export function createHaystack(texts: readonly string[], readings: Readings): Haystack {
  const text = fold(texts.join(END) + END);
  const starts = text.length < 65_536 ? new Uint16Array(texts.length + 1) : new Uint32Array(texts.length + 1);
  texts.forEach((one, index) => (starts[index + 1] = starts[index]! + one.length + 1));
  const names = syllableNames(readings);
  const syllables = readSyllables(text, texts, starts, names, readings);
  const initials = readInitials(text, syllables, names);

  // the word being matched, outside of `step` so that stepping allocates nothing
  let word = '';
  const shared = new Uint8Array(names.length);

  /** Matches the rest of the word from letter `at`; returns end × 8 + spelling, or -1. Longest readings first. */
  function step(position: number, at: number, spelling: number): number {
    if (at === word.length) return position * 8 + spelling;
    if (text.charCodeAt(position) === word.charCodeAt(at)) {
      const literal = step(position + 1, at + 1, spelling);
      if (literal >= 0) return literal;
    }
    const id = syllables[position] ?? 0;
    // who types pinyin leaves out the marks of a name
    if (id === 0 && initials.charCodeAt(position) === MARK) return step(position + 1, at, spelling);
    const syllable = names[id]!;
    const same = sharedLetters(syllable, at);
    if (same === 0) return -1;
    if (at + same === word.length && (same > 1 || (spelling & INITIAL) === 0)) {
      // da is 档案 as well as dang: initials first, they cover more
      if (same === 2 && same < syllable.length && (spelling & ~INITIAL) === 0) {
        const initial = step(position + 1, at + 1, spelling | INITIAL);
        if (initial >= 0 && (initial & 7) === INITIAL) return initial;
      }
      return (position + 1) * 8 + (spelling | (same === 1 && at === 0 ? INITIAL : FULL));
    }
    for (let length = same; length > 0; length--) {
      const kind = length === syllable.length ? FULL : length === 1 ? INITIAL : PARTIAL;
      const result = step(position + 1, at + length, spelling | kind);
      if (result >= 0) return result;
    }
    return -1;
  }

  function scanCharacters(found: OnMatch): void {
    let index = 0;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, starts[index + 1])) {
      while (starts[index + 1]! <= at) index++;
      const from = at - starts[index]!;
      found(index, from, from + word.length, 0);
    }
  }

  function scanReadings(found: OnMatch): void {
    const first = word.charAt(0);
    const hops = /[a-z0-9]/.test(first) ? initials : text;
    names.forEach((name, id) => (shared[id] = sharedLetters(name, 0)));
    let index = 0;
    for (let at = hops.indexOf(first); at >= 0; at = hops.indexOf(first, at + 1)) {
      if (!canBegin(at)) continue;
      const result = step(at, 0, 0);
      if (result < 0) continue;
      while (starts[index + 1]! <= at) index++;
      found(index, at - starts[index]!, (result >> 3) - starts[index]!, result & 7);
      // one letter says too little for a second place in the same text to matter
      if (word.length === 1) at = starts[index + 1]! - 1;
    }
  }

  /** A look at the next initial, which turns most places away before the costlier stepping. */
  function canBegin(position: number): boolean {
    const letters = shared[syllables[position]!]!;
    if (letters === 0 || letters === word.length) return true;
    const next = initials.charCodeAt(position + 1);
    if (next === MARK) return true;
    for (let at = 1; at <= letters; at++) {
      const letter = word.charCodeAt(at);
      if (letter === next || letter > 127) return true;
    }
    return false;
  }

  /** How many letters of the syllable the word has from `at` on. */
  function sharedLetters(syllable: string, at: number): number {
    let same = 0;
    while (same < syllable.length && syllable.charCodeAt(same) === word.charCodeAt(at + same)) same++;
    return same;
  }

  return {
    scan(given, found) {
      word = given;
      if (!word) return;
      if (hasLetters(word)) scanReadings(found);
      else scanCharacters(found);
    },
    locate(index, given) {
      word = given;
      const start = starts[index]!;
      for (let at = start; at < starts[index + 1]! - 1; at++) {
        const result = step(at, 0, 0);
        if (result >= 0) return [at - start, (result >> 3) - start];
      }
      return null;
    },
    lengthOf: (index) => starts[index + 1]! - starts[index]! - 1,
  };
}

/** Every syllable once, from 1; 0 is a character that is not read. */
function syllableNames({ syllables, exceptions }: Readings): string[] {
  return ['', ...new Set([...Object.keys(syllables), ...exceptions.map(([, , syllable]) => syllable)])];
}

function readSyllables(
  text: string,
  texts: readonly string[],
  starts: Uint16Array | Uint32Array,
  names: readonly string[],
  readings: Readings,
): Uint16Array {
  const usual = new Uint16Array(65_536);
  names.forEach((name, id) => {
    for (const character of readings.syllables[name] ?? '') {
      // characters beyond the first plane are found as themselves only
      if (character.length === 1) usual[character.charCodeAt(0)] = id;
    }
  });
  const syllables = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) syllables[i] = usual[text.charCodeAt(i)]!;
  if (readings.exceptions.length === 0) return syllables;

  const others = new Map<string, [position: number, id: number][]>();
  for (const [one, position, syllable] of readings.exceptions) {
    const list = others.get(one) ?? [];
    others.set(one, list);
    list.push([position, names.indexOf(syllable)]);
  }
  texts.forEach((one, index) => {
    for (const [position, id] of others.get(one) ?? []) {
      syllables[starts[index]! + position] = id;
    }
  });
  return syllables;
}

function readInitials(text: string, syllables: Uint16Array, names: readonly string[]): string {
  const codes = new Uint8Array(text.length);
  const firsts = names.map((name) => name.charCodeAt(0));
  for (let i = 0; i < text.length; i++) {
    const id = syllables[i]!;
    const code = text.charCodeAt(i);
    codes[i] = id ? firsts[id]! : isMark(code) ? MARK : code < 128 ? code : OTHER;
  }
  return new TextDecoder().decode(codes);
}

/**
 * Marks inside a folded text, which a person may leave out; the end of a text is none. By ranges, because the first
 * use of a Unicode property in a pattern costs more than all the rest of the preparation.
 */
function isMark(code: number): boolean {
  if (code < 128) {
    const letterOrDigit = (code > 47 && code < 58) || (code > 96 && code < 123);
    return !letterOrDigit && code !== 10;
  }
  // Latin-1 signs, general punctuation, CJK symbols and punctuation
  return code < 0xc0 || (code >= 0x2000 && code < 0x2070) || (code >= 0x3000 && code < 0x3040);
}
