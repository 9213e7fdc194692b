/**
 * A schema's verdict at the speed of a loop: closures made of it once, which allocate nothing and copy nothing. Nearly all
 * that comes fits, and of what fits the schema would make an equal copy. Invariant: yes only where the schema says yes to
 * a plain JSON value and changes nothing of it; everything else is the schema's own to judge (`quick-check.test.ts` holds
 * the two together). Keys that schemas pass over (`__proto__`, `constructor`) are no yes.
 */
import type * as v from 'valibot';

type Check = (value: unknown) => boolean;
/** As valibot's objects are, as far as they are looked at. */
interface Part {
  kind: string;
  type: string;
  pipe?: readonly Part[];
  entries?: Record<string, Part>;
  wrapped?: Part;
  item?: Part;
  key?: Part | string;
  value?: Part;
  literal?: unknown;
  options?: readonly unknown[];
  requirement?: unknown;
}

/** What cannot be said by this small language goes to the schema. */
const never: Check = () => false;

export function quickCheck(schema: v.GenericSchema): Check {
  return checkOf(schema as unknown as Part);
}

function checkOf(part: Part): Check {
  if (!part.pipe) return ofSchema(part);
  const [first = never, ...more] = part.pipe.map((one) =>
    one.kind === 'schema' ? checkOf(one) : ofAction(one),
  );
  const [second, third, fourth, ...rest] = more;
  if (rest.length > 0) return never;
  if (!second) return first;
  if (!third) return (value) => first(value) && second(value);
  if (!fourth) return (value) => first(value) && second(value) && third(value);
  return (value) => first(value) && second(value) && third(value) && fourth(value);
}

function ofAction({ type, requirement }: Part): Check {
  const bound = requirement as number;
  switch (type) {
    case 'regex':
      return (value) => (requirement as RegExp).test(value as string);
    case 'check':
      return requirement as Check;
    case 'max_length':
      return (value) => (value as string | unknown[]).length <= bound;
    case 'min_value':
      return (value) => (value as number) >= bound;
    case 'max_value':
      return (value) => (value as number) <= bound;
    case 'safe_integer':
      return Number.isSafeInteger;
    case 'finite':
      return Number.isFinite;
    default:
      return never;
  }
}

function ofSchema(part: Part): Check {
  switch (part.type) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'number':
      return (value) => typeof value === 'number' && !Number.isNaN(value);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'unknown':
      return () => true;
    case 'literal':
      return (value) => value === part.literal;
    case 'picklist':
      return (value) => part.options!.includes(value);
    case 'nullable':
      return orNull(checkOf(part.wrapped!));
    case 'exact_optional':
      return checkOf(part.wrapped!);
    case 'array':
      return ofArray(checkOf(part.item!));
    case 'union':
    case 'variant':
      return ofAny((part.options as Part[]).map(checkOf));
    case 'record':
      return ofRecord(checkOf(part.key as Part), checkOf(part.value!));
    case 'strict_object':
      return ofObject(part.entries!);
    default:
      return never;
  }
}

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const ofAny =
  (checks: readonly Check[]): Check =>
  (value) => {
    for (const check of checks) if (check(value)) return true;
    return false;
  };

const ofArray =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return false;
    for (let at = 0; at < value.length; at++) if (!check(value[at])) return false;
    return true;
  };

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const PASSED_OVER = new Set(['__proto__', 'prototype', 'constructor']);

const ofRecord =
  (key: Check, member: Check): Check =>
  (value) => {
    if (!isPlain(value)) return false;
    for (const name of Object.keys(value))
      if (PASSED_OVER.has(name) || !key(name) || !member(value[name])) return false;
    return true;
  };

function ofObject(entries: Record<string, Part>): Check {
  const members = new Map(Object.entries(entries).map(([name, part]) => [name, checkOf(part)]));
  const needed = Object.keys(entries).filter((name) => entries[name]!.type !== 'exact_optional');
  return (value) => {
    if (!isPlain(value)) return false;
    const names = Object.keys(value);
    for (const name of names) {
      const check = members.get(name);
      if (check === undefined || !check(value[name])) return false;
    }
    if (names.length < needed.length) return false;
    for (const name of needed) if (!Object.hasOwn(value, name)) return false;
    return true;
  };
}
