/**
 * Statements that are asked for ever: built and compiled once for each engine, then only bound. Building and compiling a
 * query costs more than SQLite takes to answer most of them.
 *
 *   const deviceById = prepared((trx, id: string) => trx.selectFrom('device').selectAll().where('id', '=', id));
 *   const [device] = await deviceById(trx, 'D1');
 */
import {
  sql,
  type CompiledQuery,
  type Compilable,
  type Insertable,
  type InsertQueryBuilder,
  type InsertResult,
  type RawBuilder,
} from 'kysely';
import { engineOf, type Engine, type Trx } from './dialect.ts';
import { connectionOf, rowsOf } from './direct.ts';
import type { Schema } from './schema.ts';

/** Stands for the value of an argument while a query is built. */
class Slot {
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }
}

const bound = (query: CompiledQuery, values: readonly unknown[]): unknown[] =>
  query.parameters.map((one) => (one instanceof Slot ? values[one.at] : one));

const ask = (trx: Trx, query: CompiledQuery, values: readonly unknown[]): Promise<unknown[]> =>
  run(trx, query, bound(query, values));

async function run(trx: Trx, query: CompiledQuery, parameters: readonly unknown[]): Promise<unknown[]> {
  const connection = connectionOf(trx);
  if (connection) return rowsOf(connection, query.sql, parameters);
  return (await trx.executeQuery({ ...query, parameters })).rows;
}

/**
 * @param build is called once for each engine, with stand-ins: it may only hand its arguments on as values
 */
export function prepared<A extends readonly (string | number | null)[], O>(
  build: (trx: Trx, ...values: A) => Compilable<O>,
): (trx: Trx, ...values: A) => Promise<O[]> {
  const compiled = new Map<Engine, CompiledQuery>();
  return async (trx, ...values) => {
    const engine = engineOf(trx);
    let query = compiled.get(engine);
    if (query === undefined) {
      const slots = Array.from({ length: build.length - 1 }, (_, at) => new Slot(at));
      query = build(trx, ...(slots as unknown as A)).compile();
      compiled.set(engine, query);
    }
    return (await ask(trx, query, values)) as O[];
  };
}

/** A list as one value: the statement's text does not depend on how many there are. */
export const listOf = (values: Iterable<string>): string => JSON.stringify([...values]);

/** Whether a column's text is in a list (listOf). */
export function isIn(trx: Trx, column: string, list: string): RawBuilder<boolean> {
  return engineOf(trx) === 'postgres'
    ? sql`${sql.ref(column)} = any(array(select jsonb_array_elements_text(${list}::jsonb)))`
    : sql`${sql.ref(column)} in (select value from json_each(${list}))`;
}

/** Rows of one INSERT: few sizes, so that few texts are kept. */
const SIZES = [64, 16, 4, 1] as const;
const inserts = new Map<string, CompiledQuery>();
/** What finishes an insert, by its name in the key. */
const finishes = new Map<unknown, number>();

type Insert<T extends keyof Schema> = InsertQueryBuilder<Schema, T, InsertResult>;

/**
 * Inserts rows that all name the same columns.
 * @param finish what else the statement says; the same function each time, because it is part of the kept text
 */
export async function insertRows<T extends keyof Schema, O = never>(
  trx: Trx,
  table: T,
  rows: readonly Insertable<Schema[T]>[],
  finish?: (insert: Insert<T>) => Compilable<O>,
): Promise<O[]> {
  const returned: O[] = [];
  const [first] = rows;
  if (first === undefined) return returned;
  const columns = Object.keys(first);
  for (let at = 0; at < rows.length;) {
    const size = SIZES.find((one) => one <= rows.length - at)!;
    const query = insertOf(trx, table, { columns, size }, finish);
    // an insert binds the values of its rows in their order
    const values: unknown[] = [];
    for (const end = at + size; at < end; at++) {
      const row = rows[at] as Record<string, unknown>;
      for (const column of columns) values.push(row[column]);
    }
    returned.push(...((await run(trx, query, values)) as O[]));
  }
  return returned;
}

function insertOf<T extends keyof Schema>(
  trx: Trx,
  table: T,
  { columns, size }: { columns: readonly string[]; size: number },
  finish?: (insert: Insert<T>) => Compilable<unknown>,
): CompiledQuery {
  if (!finishes.has(finish)) finishes.set(finish, finishes.size);
  const key = `${engineOf(trx)} ${table} ${size} ${columns.join()} ${finishes.get(finish)}`;
  const kept = inserts.get(key);
  if (kept) return kept;
  const slots = Array.from({ length: size }, (_, row) =>
    Object.fromEntries(columns.map((column, at) => [column, new Slot(row * columns.length + at)])),
  );
  const insert = trx.insertInto(table).values(slots as never);
  const query = (finish?.(insert) ?? insert).compile();
  if (query.parameters.some((one, at) => !(one instanceof Slot) || one.at !== at))
    throw new Error(`an insert into ${table} binds other values than those of its rows`);
  inserts.set(key, query);
  return query;
}
