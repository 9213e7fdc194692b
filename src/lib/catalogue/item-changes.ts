/**
 * What differs between two lists of items, item by item and field by field, in words for people (差异). Pure; the patch that
 * devices take is another thing (publish/diff.ts). Invariant: two versions without a difference here are the same version,
 * for every field of an item is compared.
 */
import type { Item, Level } from '#lib/domain/item.ts';
import { fieldWords, itemFields, materialFields, questionFields, type NamedValue } from './item-words.ts';

/** Where in the item: its facts, its time limits, its materials, its form. */
export type ChangeKind = 'fact' | 'limit' | 'material' | 'form';

export interface FieldChange {
  kind: ChangeKind;
  /** 承诺时限 · 材料“居民户口簿” · 填写项“居住方式”的必填 */
  label: string;
  /** null: it was not there. */
  from: string | null;
  /** null: it is not there any more. */
  to: string | null;
}

export interface ItemChange {
  code: string;
  name: string;
  fields: FieldChange[];
  /** Materials that came and went. */
  materials: { more: number; fewer: number };
  /** Promised working days: less than before is below zero. */
  promised: number;
}

export interface ListChanges {
  added: { code: string; name: string; levels: Level[] }[];
  removed: { code: string; name: string }[];
  changed: ItemChange[];
}

/** Lists of one level; `next` in its own order, what is gone in the old one's. */
export function compareItems(old: readonly Item[], next: readonly Item[]): ListChanges {
  const before = new Map(old.map((item) => [item.code, item]));
  const after = new Set(next.map(({ code }) => code));
  const changes: ListChanges = { added: [], removed: [], changed: [] };
  for (const item of next) {
    const { code, name, levels } = item;
    const known = before.get(code);
    if (!known) changes.added.push({ code, name, levels });
    else {
      const change = compareVersions(known, item);
      if (change.fields.length > 0) changes.changed.push(change);
    }
  }
  for (const { code, name } of old) if (!after.has(code)) changes.removed.push({ code, name });
  return changes;
}

/** Two versions of one item; without `fields` they are the same. */
export function compareVersions(old: Item, next: Item): ItemChange {
  const { code, name } = next;
  return { code, name, fields: fieldChanges(old, next), ...sizes(old, next) };
}

function sizes(old: Item, next: Item): Pick<ItemChange, 'materials' | 'promised'> {
  const missing = (one: Item, other: Item): number => {
    const codes = new Set(other.materials.map(({ code }) => code));
    return one.materials.filter(({ code }) => !codes.has(code)).length;
  };
  return {
    materials: { more: missing(next, old), fewer: missing(old, next) },
    promised: next.promisedDays - old.promisedDays,
  };
}

function fieldChanges(old: Item, next: Item): FieldChange[] {
  return [
    ...differing(itemFields(old), itemFields(next)).map(({ label, from, to }) => ({
      kind: /时限|办件类型/.test(label) ? ('limit' as const) : ('fact' as const),
      label,
      from,
      to,
    })),
    ...ofParts('material', '材料', old.materials, next.materials, ({ code }) => code, materialFields),
    ...ofParts('form', '填写项', old.form, next.form, ({ key }) => key, questionFields),
  ];
}

function ofParts<P extends { name: string } | { label: string }>(
  kind: ChangeKind,
  word: string,
  old: readonly P[],
  next: readonly P[],
  idOf: (part: P) => string,
  fieldsOf: (part: P) => NamedValue[],
): FieldChange[] {
  const named = (part: P): string => `${word}“${'name' in part ? part.name : part.label}”`;
  const before = new Map(old.map((part) => [idOf(part), part]));
  const after = new Set(next.map(idOf));
  const changes: FieldChange[] = [];
  for (const part of next) {
    const known = before.get(idOf(part));
    if (!known) changes.push({ kind, label: named(part), from: null, to: fieldWords(fieldsOf(part)) });
    else {
      for (const { label, from, to } of differing(fieldsOf(known), fieldsOf(part)))
        changes.push({ kind, label: `${named(known)}的${label}`, from, to });
    }
  }
  for (const part of old)
    if (!after.has(idOf(part)))
      changes.push({ kind, label: named(part), from: fieldWords(fieldsOf(part)), to: null });
  const stayed = (parts: readonly P[], others: Iterable<string>): string[] => {
    const here = new Set(others);
    return parts.map(idOf).filter((id) => here.has(id));
  };
  if (stayed(old, after).join() !== stayed(next, before.keys()).join())
    changes.push({ kind, label: `${word}的次序`, from: '原来的次序', to: '排法变了' });
  return changes;
}

const differing = (
  old: readonly NamedValue[],
  next: readonly NamedValue[],
): { label: string; from: string; to: string }[] =>
  next.flatMap(({ label, value }, at) => {
    const from = old[at]!.value;
    return from === value ? [] : [{ label, from, to: value }];
  });
