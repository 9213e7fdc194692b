/** The tables of docs/protocol.md against the code, both ways: nothing is missing there and nothing there is made up. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { ListEntry, Manifest, PartRef, Readings } from '#lib/catalogue/release.ts';
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import { COMMAND_KINDS, COMMAND_NAMES } from '#lib/domain/commands.ts';
import { EVENT_NAMES } from '#lib/domain/events.ts';
import { FIELD_TYPES, type Field, type Item, type Material } from '#lib/domain/item.ts';
import { refusalCode, REFUSAL_CODES, REFUSAL_REASONS } from '#lib/domain/refusal.ts';
import { refusalWords } from '#lib/domain/refusal-words.ts';
import { applicationIn } from '../../../tests/support/builders.ts';
import { describeSchema } from '../../../tests/support/describe-schema.ts';
import { bare, names, table, TABLES, worked } from '../../../tests/support/protocol-doc.ts';
import { BODY_SCHEMAS, NAMES, PARTS, PRIMITIVES, WIRE_SCHEMAS } from '../../../tests/support/wire-schemas.ts';
import { ERROR_TEXTS } from './error-texts.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import { LIMITS } from './limits.ts';
import { RESETS } from './sync.ts';

const ALL = new Map([...WIRE_SCHEMAS, ...PARTS, ...BODY_SCHEMAS]);
/** Parts that are described as fields, words or a table of their own. */
const OBJECTS = [...ALL].filter(([, node]) => node.entries && Object.keys(node.entries).length > 0);
/** Bodies that are one of the parts: addMaterial is a material, deliver a delivery, decide a decision. */
const nameOf = (name: string): string => {
  const node = ALL.get(name)!;
  return [...PARTS].find(([, part]) => part === node)?.[0] ?? name;
};

describe.each([...new Set(OBJECTS.map(([name]) => nameOf(name)))].filter((name) => name !== 'self'))(
  '%s',
  (name) => {
    it('its table has every field in order, with type and limits', () => {
      const expected = Object.entries(ALL.get(name)!.entries!).map(([field, node]) => [
        `\`${field}\`${node.type === 'exact_optional' ? '?' : ''}`,
        `\`${describeSchema(node, NAMES)}\``,
      ]);
      const { rows } = table(`field of \`${name}\``);
      expect(rows.map(([field, type]) => [field, type])).toEqual(expected);
      for (const [field, , meaning] of rows) expect(meaning, field).not.toBe('');
    });
  },
);

it('primitives: shapes are those of the code, examples pass', () => {
  const { rows } = table('simple type');
  expect(rows.map(([name]) => bare(name!)).sort()).toEqual([...PRIMITIVES.keys()].sort());
  for (const [cell, shape, , example] of rows) {
    const [name, node] = [bare(cell!), PRIMITIVES.get(bare(cell!))!];
    const words = describeSchema(node, NAMES, true);
    expect(bare(shape!), name).toBe(words === 'text' ? 'see meaning' : words);
    const value: unknown = ['count', 'positive'].includes(name) ? Number(bare(example!)) : bare(example!);
    expect(v.safeParse(node as unknown as v.GenericSchema, value).success, name).toBe(true);
  }
});

it('types made of others say what they are made of', () => {
  for (const [cell, is] of table('made of others').rows) {
    expect(bare(is!)).toBe(describeSchema(ALL.get(bare(cell!))!, NAMES, true));
  }
  const elsewhere = ['sent kind', 'error code', 'refusal code', 'refusal reason', 'event', 'Application'];
  const plain = [...WIRE_SCHEMAS, ...PARTS].filter(([, node]) => !node.entries).map(([name]) => name);
  expect(names('made of others').sort()).toEqual(plain.filter((name) => !elsewhere.includes(name)).sort());
});

it('commands: every kind with its Chinese name', () => {
  const rows = table('kind').rows.map(([kind, name]) => [bare(kind!), name]);
  expect(rows).toEqual(COMMAND_KINDS.map((kind) => [kind, COMMAND_NAMES[kind]]));
});

it('events: every kind with its Chinese name, and commands that exist', () => {
  const { rows } = table('event');
  expect(rows.map(([kind, name]) => [bare(kind!), name])).toEqual(Object.entries(EVENT_NAMES));
  const causes = rows.flatMap(([, , of]) => of!.split(', '));
  expect([...new Set(causes)].sort()).toEqual([...COMMAND_KINDS].sort());
});

it('Application: every field', () => {
  const optional = ['claim', 'duplicateReason'];
  expect(names('field of `Application`').sort()).toEqual(
    [...Object.keys(applicationIn('pending')), ...optional].sort(),
  );
});

it('refusals: every reason with its code and its three lines', () => {
  expect(table('reason').rows.map((row) => row.slice(0, 2))).toEqual(
    REFUSAL_REASONS.map((reason) => [`\`${reason}\``, `\`${refusalCode(reason)}\``]),
  );
  expect(table('refusal').rows).toEqual(
    REFUSAL_REASONS.map((reason) => {
      const { what, why, remedy } = refusalWords(reason);
      return [`\`${reason}\``, what, why, remedy];
    }),
  );
  for (const code of REFUSAL_CODES)
    expect(worked(/^A closed list\.([\s\S]*?)\n\n/m)).toContain(`\`${code}\``);
});

it('errors: every code with its status and text', () => {
  const rows = table('code').rows.map((row) => row.slice(0, 3));
  expect(rows).toEqual(
    Object.entries(ERRORS).map(([code, status]) => [
      `\`${code}\``,
      String(status),
      ERROR_TEXTS[code as ErrorCode],
    ]),
  );
});

it('limits: every number', () => {
  const rows = table('limit').rows.map((row) => row.slice(0, 2));
  expect(rows).toEqual(Object.entries(LIMITS).map(([name, value]) => [`\`${name}\``, String(value)]));
});

it('resets: every reason', () => {
  expect(names('reset')).toEqual([...RESETS]);
});

it('answers: every type of field', () => {
  const types = table('type').rows.flatMap(([cell]) => cell!.split(', ').map(bare));
  expect(types.sort()).toEqual([...FIELD_TYPES].sort());
});

/** `true`: always there; `false`: may be left out. The compiler holds these lists to the types. */
type Keys<T> = { [K in keyof Required<T>]: Record<string, never> extends Pick<T, K> ? false : true };
const INTERFACES = {
  Manifest: {
    format: true,
    county: true,
    level: true,
    number: true,
    publishedAt: true,
    itemsCount: true,
    parts: true,
  } satisfies Keys<Manifest>,
  PartRef: { sha256: true, size: true, packed: true } satisfies Keys<PartRef>,
  Item: {
    code: true,
    taskCode: true,
    name: true,
    type: true,
    department: true,
    levels: true,
    audience: true,
    topics: true,
    handling: true,
    statutoryDays: true,
    promisedDays: true,
    fee: true,
    legalBasis: true,
    conditions: true,
    materials: true,
    form: true,
    result: true,
    resultType: true,
    resultDelivery: true,
    visits: true,
    keywords: true,
    eligibility: false,
    proxyAllowed: true,
    mustAppear: false,
  } satisfies Keys<Item>,
  Material: {
    code: true,
    name: true,
    kind: true,
    copies: true,
    required: true,
    when: false,
    source: true,
    shareable: true,
    licence: false,
    tolerable: false,
  } satisfies Keys<Material>,
  Field: {
    key: true,
    label: true,
    type: true,
    required: true,
    maxLength: false,
    min: false,
    max: false,
    step: false,
    options: false,
    visibleIf: false,
    columns: false,
  } satisfies Keys<Field>,
  ListEntry: {
    code: true,
    name: true,
    words: true,
    department: true,
    topics: true,
    audience: true,
    handling: true,
    promisedDays: true,
    visits: true,
    free: true,
  } satisfies Keys<ListEntry>,
  Readings: { syllables: true, exceptions: true } satisfies Keys<Readings>,
  Calendar: {
    validFrom: true,
    validThrough: true,
    off: true,
    work: true,
    simulatedFrom: false,
  } satisfies Keys<Calendar>,
  CountyPolicy: {
    correctionDays: true,
    toleranceDays: true,
    yellowShare: true,
    yellowDays: true,
    shortClockDays: true,
    graceDays: true,
    forwardingAlertDays: true,
    minimumItems: true,
  } satisfies Keys<CountyPolicy>,
};

it.each(Object.entries(INTERFACES))('%s: every field, and which may be left out', (name, keys) => {
  const { head, rows } = table(`field of \`${name}\``);
  expect(head.slice(1)).toEqual(['type', 'meaning']);
  for (const [field, ...about] of rows) expect(about, field).not.toContain('');
  expect(rows.map(([cell]) => cell)).toEqual(
    Object.entries(keys).map(([key, always]) => `\`${key}\`${always ? '' : '?'}`),
  );
});

it('no table of fields is about something that does not exist', () => {
  const about = [...TABLES.keys()].flatMap((head) => /^field of `(.+)`$/.exec(head)?.[1] ?? []);
  const known = [...ALL.keys(), ...Object.keys(INTERFACES)];
  expect(about.filter((name) => !known.includes(name))).toEqual([]);
});
