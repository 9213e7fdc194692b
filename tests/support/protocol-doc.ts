/** docs/protocol.md as its tests read it: tagged blocks, tables by their first heading, and single worked values. */
import { readFileSync } from 'node:fs';

const TEXT = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

interface Block {
  /** `schema=outcome` → key `schema`, value `outcome`. */
  key: string;
  value: string;
  text: string;
  line: number;
}

/** Every block of code that says what it is: ```json key=value. */
export const BLOCKS: readonly Block[] = [...TEXT.matchAll(/^```\w+ (\w+)=(\S+)\n([\s\S]*?)\n```$/gm)].map(
  ([, key = '', value = '', text = ''], i, all) => ({
    key,
    value,
    text,
    line: TEXT.slice(0, all[i]!.index).split('\n').length,
  }),
);

/** The one block with this tag. */
export function block(key: string, value: string): string {
  const found = BLOCKS.filter((one) => one.key === key && one.value === value);
  if (found.length !== 1) throw new Error(`${found.length} blocks ${key}=${value} in docs/protocol.md`);
  return found[0]!.text;
}

const cellsOf = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

interface Table {
  head: string[];
  rows: string[][];
}

/** All tables, by the text of their first heading. */
export const TABLES: ReadonlyMap<string, Table> = new Map(
  [...TEXT.matchAll(/^\|.*\|\n\|[ :|-]+\|\n(?:\|.*\|\n)*/gm)].map(([text]): [string, Table] => {
    const [head = '', , ...rows] = text.trimEnd().split('\n');
    return [cellsOf(head)[0]!, { head: cellsOf(head), rows: rows.map(cellsOf) }];
  }),
);

export function table(firstHeading: string): Table {
  const found = TABLES.get(firstHeading);
  if (!found) throw new Error(`no table "${firstHeading}" in docs/protocol.md`);
  return found;
}

/** Text inside backticks: of a cell that is one word of code, a `?` after it left out. */
export const bare = (cell: string): string => cell.replace(/^`(.*)`\??$/, '$1');

/** The first column of a table, without backticks. */
export const names = (firstHeading: string): string[] =>
  table(firstHeading).rows.map(([cell]) => bare(cell!));

/** What one group of an expression finds in the text; it must be there. */
export function worked(expression: RegExp): string {
  const found = expression.exec(TEXT)?.[1];
  if (found === undefined) throw new Error(`docs/protocol.md has no ${expression}`);
  return found;
}
