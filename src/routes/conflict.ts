/**
 * Two people changed the same thing (两边改了同一处): base, mine and theirs side by side, part by part of a person, and what
 * the choice becomes. Pure.
 * Invariants: never a silent last-write-wins (I8); what is chosen amends from what stands now, so a third change is seen
 * again; fields of the refused command that nobody else touched are kept with it, for they were refused together.
 */
import type { Bodies } from '#lib/domain/commands.ts';
import { readField } from '#lib/domain/evolve.ts';
import { ID_KIND_TABLE, type HolderKind } from '#lib/domain/identity.ts';
import type { Field, Item } from '#lib/domain/item.ts';
import { maskIdNumber, maskPhone } from '#lib/domain/masking.ts';
import type { FieldConflict } from '#lib/domain/refusal.ts';
import { sameValue } from '#lib/domain/same-value.ts';
import type { Application } from '#lib/domain/state.ts';
import { shownAnswer } from './shown-answer.ts';

/** `value`: what stands instead of both, as it is to be kept. */
export type Choice = { is: 'mine' } | { is: 'theirs' } | { is: 'other'; value: unknown };

export interface ConflictRow {
  /** `answers.livingMode`, `applicant`, `applicant.phone` */
  key: string;
  name: string;
  base: string;
  mine: string;
  theirs: string;
  /** Only one of both changed it from what it was: that one is proposed. */
  proposed: 'mine' | 'theirs' | null;
  /** The question of the form that it answers. */
  question: Field | null;
  /** A part of a person that is one line of text: what I filled in, to be changed. */
  text: string | null;
}

type Parts = Record<string, unknown>;
const isRecord = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parts of a person that are chosen together; kind and number of a document are one thing. */
interface Part {
  part: string;
  keys: readonly string[];
  name: string;
  text?: boolean;
}
const PARTS: readonly Part[] = [
  { part: 'name', keys: ['name'], name: '姓名', text: true },
  { part: 'id', keys: ['idKind', 'idNumber', 'birthDate', 'sex'], name: '证件' },
  { part: 'phone', keys: ['phone'], name: '电话', text: true },
  { part: 'phoneOwner', keys: ['phoneOwner'], name: '机主' },
  { part: 'address', keys: ['address'], name: '住址', text: true },
  { part: 'guardian', keys: ['guardian'], name: '监护人' },
  { part: 'representative', keys: ['representative'], name: '法定代表人' },
  { part: 'relation', keys: ['relation'], name: '关系' },
  { part: 'acts', keys: ['acts'], name: '委托办' },
  { part: 'authorisation', keys: ['authorisation'], name: '委托书签名' },
];

const pick = (value: Parts, keys: readonly string[]): Parts =>
  Object.fromEntries(keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]]])));

/** A person that can be compared part by part: the same kind of applicant or handler on both sides. */
const areParts = ({ mine, theirs }: FieldConflict): boolean =>
  isRecord(mine) && isRecord(theirs) && mine.kind === theirs.kind;

function partText(part: Part, value: unknown, whole: boolean): string {
  if (!isRecord(value)) return '没有填';
  const text = part.keys
    .map((key) => personWord(key, value[key], whole))
    .filter(Boolean)
    .join(' ');
  return text || '没有填';
}

function personWord(key: string, value: unknown, whole: boolean): string {
  if (value === undefined || value === null || key === 'birthDate' || key === 'sex') return '';
  if (key === 'idKind') return ID_KIND_TABLE[value as HolderKind]?.short ?? String(value);
  if (key === 'authorisation') return '已签';
  if (Array.isArray(value)) return value.join('、');
  if (isRecord(value))
    return ['name', 'idNumber', 'phone', 'relation']
      .map((inner) => personWord(inner, value[inner], whole))
      .filter(Boolean)
      .join('，');
  const text = String(value);
  if (!whole && key === 'idNumber') return maskIdNumber(text);
  return !whole && key === 'phone' ? maskPhone(text) : text;
}

function wholeText(value: unknown, whole: boolean): string {
  if (!isRecord(value)) return '没有填';
  if (value.kind === 'self') return '本人';
  return PARTS.map((part) => {
    const text = partText(part, pick(value, part.keys), whole);
    return text === '没有填' ? '' : `${part.name}：${text}`;
  })
    .filter(Boolean)
    .join('，');
}

export function fieldName(field: string, item: Item): string {
  if (field === 'applicant') return '申请人';
  if (field === 'handler') return '经办人';
  if (field === 'signature') return '申请人签名';
  const key = field.slice('answers.'.length);
  return item.form.find((one) => one.key === key)?.label ?? key;
}

function proposal(base: unknown, mine: unknown, theirs: unknown): ConflictRow['proposed'] {
  if (sameValue(base, theirs)) return 'mine';
  return sameValue(base, mine) ? 'theirs' : null;
}

function partRows(field: string, conflict: FieldConflict, item: Item, whole: boolean): ConflictRow[] {
  const [base, mine, theirs] = [conflict.from, conflict.mine, conflict.theirs].map((value) =>
    isRecord(value) ? value : {},
  ) as [Parts, Parts, Parts];
  return PARTS.filter(({ keys }) => !sameValue(pick(mine, keys), pick(theirs, keys))).map((part) => {
    const of = (value: Parts): string => partText(part, pick(value, part.keys), whole);
    return {
      key: `${field}.${part.part}`,
      name: `${fieldName(field, item)}${part.name}`,
      base: of(base),
      mine: of(mine),
      theirs: of(theirs),
      proposed: proposal(pick(base, part.keys), pick(mine, part.keys), pick(theirs, part.keys)),
      question: null,
      text: part.text ? String(mine[part.part] ?? '') : null,
    };
  });
}

/** `whole`: numbers in full. */
export function conflictRows(
  fields: Readonly<Record<string, FieldConflict>>,
  item: Item,
  whole: boolean,
): ConflictRow[] {
  return Object.entries(fields).flatMap(([field, conflict]) => {
    if (areParts(conflict)) return partRows(field, conflict, item, whole);
    const { from, mine, theirs } = conflict;
    const question = item.form.find((one) => `answers.${one.key}` === field) ?? null;
    const text = (value: unknown): string =>
      question ? shownAnswer(question, value, whole) : wholeText(value, whole);
    const sides = { base: text(from), mine: text(mine), theirs: text(theirs) };
    return [{ key: field, name: fieldName(field, item), ...sides, proposed: null, question, text: null }];
  });
}

/** A person as it stands now, with the parts that were chosen to be otherwise. */
function chosenPerson(
  field: string,
  mine: unknown,
  current: unknown,
  choices: Readonly<Record<string, Choice>>,
): unknown {
  if (!isRecord(mine) || !isRecord(current)) return current;
  let chosen = current;
  for (const { part, keys } of PARTS) {
    const choice = choices[`${field}.${part}`];
    if (!choice || choice.is === 'theirs') continue;
    const kept = Object.fromEntries(Object.entries(chosen).filter(([key]) => !keys.includes(key)));
    chosen = { ...kept, ...(choice.is === 'mine' ? pick(mine, keys) : { [part]: choice.value }) };
  }
  return chosen;
}

/**
 * What is sent when the person has chosen. null: nothing of it is left to send, so the refusal is just put aside. What was
 * not chosen stays as it stands now. `refused`: the fields of the refused amendment.
 */
export function chosenAmend(
  refused: Bodies['amend']['fields'],
  conflicts: Readonly<Record<string, FieldConflict>>,
  choices: Readonly<Record<string, Choice>>,
  state: Application,
): Bodies['amend'] | null {
  const fields = Object.entries(refused).flatMap(([field, { to: mine }]) => {
    const from = readField(state, field);
    const conflict = Object.hasOwn(conflicts, field) ? conflicts[field] : undefined;
    const choice = choices[field];
    const to = !conflict
      ? mine
      : areParts(conflict)
        ? chosenPerson(field, mine, from, choices)
        : choice?.is === 'mine'
          ? mine
          : choice?.is === 'other'
            ? choice.value
            : from;
    return sameValue(from, to) ? [] : [[field, { from, to }] as const];
  });
  return fields.length === 0 ? null : { fields: Object.fromEntries(fields) };
}
