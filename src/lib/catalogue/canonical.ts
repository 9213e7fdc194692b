/**
 * Canonical JSON: one value, one byte sequence, whatever machine wrote it. What is hashed or chained is hashed
 * over these bytes (items, commands); a signature instead covers raw bytes as received, never re-serialised.
 * Invariants: keys in UTF-16 code unit order, no white space, numbers as ECMAScript writes them (RFC 8785);
 * a value that JSON cannot carry unchanged throws instead of being bent silently.
 */

const MAX_DEPTH = 100;
/** What cannot stand between quotes as it is. */
const TO_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;
// in Unicode mode a surrogate matches only when it is alone
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;
const encoder = new TextEncoder();

function quote(text: string): string {
  if (!TO_ESCAPE.test(text)) return `"${text}"`;
  if (LONE_SURROGATE.test(text)) throw new TypeError('canonical JSON: lone surrogate');
  return JSON.stringify(text);
}

/** Beyond this many keys, inserting each where it belongs is slower than sorting. */
const FEW = 24;

/** Keys in order. They are few and often in order already: then this is one pass. */
function keysOf(members: object): string[] {
  const keys = Object.keys(members);
  if (keys.length > FEW) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    let at = i;
    for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
  return keys;
}

/** Strokes of signatures: what JSON itself writes at once. */
const isAllNumbers = (list: readonly unknown[]): boolean => {
  for (let i = 0; i < list.length; i++) if (!Number.isFinite(list[i])) return false;
  return true;
};

function writeArray(list: readonly unknown[], depth: number): string {
  if (isAllNumbers(list)) return JSON.stringify(list);
  let out = '[';
  for (let i = 0; i < list.length; i++) out += (i ? ',' : '') + write(list[i], depth + 1);
  return out + ']';
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError('canonical JSON: nested too deeply or in a cycle');
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`canonical JSON: ${value} is not a JSON number`);
      return String(value);
    case 'object':
      break;
    default:
      throw new TypeError(`canonical JSON: cannot carry a ${typeof value}`);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return writeArray(value, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('canonical JSON: only plain objects');
  }
  const members = value as Record<string, unknown>;
  let out = '{';
  for (const key of keysOf(members)) {
    const member = members[key];
    if (member === undefined) continue;
    out += (out.length > 1 ? ',' : '') + quote(key) + ':' + write(member, depth + 1);
  }
  return out + '}';
}

/**
 * The canonical text of a JSON value. Members that are `undefined` are left out, so `{a: undefined}` equals `{}`.
 * Throws TypeError for NaN, infinities, bigint, functions, `undefined` outside a member, class instances (also
 * Date), lone surrogates, and nesting beyond 100 levels.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** UTF-8 bytes of `canonicalJson(value)`; throws as it does. */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return encoder.encode(canonicalJson(value));
}
