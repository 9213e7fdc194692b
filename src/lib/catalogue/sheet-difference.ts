/** What changed between two sheets of one item, field by field, in the words of their columns. Pure. */
import { cellOf, type Column, type Row } from './column.ts';
import { ITEM_COLUMNS } from './item-columns.ts';
import { PARTS, type Part } from './part-columns.ts';
import type { ItemSheet } from './sheet.ts';

export interface Difference {
  /** 事项名称, or 材料“居民身份证”·份数. */
  what: string;
  /** As they stand in a cell; '' where there was, or is, nothing. */
  from: string;
  to: string;
  /** One of the 32 elements that only the list's owner changes. */
  locked: boolean;
}

/** `null`: there was no such item. */
export function differences(from: ItemSheet | null, to: ItemSheet): Difference[] {
  const found = ITEM_COLUMNS.flatMap((one) =>
    between(one, from as Row | null, to as unknown as Row, one.heading),
  );
  return [...found, ...PARTS.flatMap((part) => ofPart(part, from, to))];
}

function between(one: Column, from: Row | null, to: Row | null, what: string): Difference[] {
  const [before, after] = [from ? cellOf(one, from) : '', to ? cellOf(one, to) : ''];
  return before === after ? [] : [{ what, from: before, to: after, locked: one.locked === true }];
}

/** Rows are the same row by their key; those without one by their place. */
function ofPart(part: Part, from: ItemSheet | null, to: ItemSheet): Difference[] {
  const keyed = (sheet: ItemSheet | null): Map<string, Row> =>
    new Map((sheet ? part.rowsOf(sheet) : []).map((row, i) => [part.keyOf(row) || String(i), row]));
  const [before, after] = [keyed(from), keyed(to)];
  const found = [...new Set([...before.keys(), ...after.keys()])].flatMap((key, i) => {
    const [old, next] = [before.get(key) ?? null, after.get(key) ?? null];
    const name = nameOf(part, (next ?? old)!, i);
    if (old && next) return part.columns.flatMap((one) => between(one, old, next, `${name}·${one.heading}`));
    const locked = part.columns.some((one) => one.locked);
    return [{ what: name, from: old ? summary(part, old) : '', to: next ? summary(part, next) : '', locked }];
  });
  const order = (rows: Map<string, Row>): string => [...rows.keys()].join('\n');
  const moved = found.length === 0 && order(before) !== order(after);
  return moved ? [{ what: `${part.title}的顺序`, from: '原来的顺序', to: '新的顺序', locked: false }] : found;
}

function nameOf({ naming: named, title, columns }: Part, row: Row, at: number): string {
  const naming = columns.find(({ key }) => key === named);
  const said = naming ? cellOf(naming, row) : '';
  return `${title}“${said || `第 ${at + 1} 行`}”`;
}

/** All that a row says, on one line. */
const summary = ({ columns }: Part, row: Row): string =>
  columns
    .map((one) => cellOf(one, row).replace(/\n/g, '｜'))
    .filter(Boolean)
    .join('，');
