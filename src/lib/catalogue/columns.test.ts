import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '#lib/domain/item.ts';
import { canonicalJson } from './canonical.ts';
import { packRows, unpackRows } from './columns.ts';
import type { Table } from './columns.ts';

const data = new URL('../server/seed/data/items.json', import.meta.url);
const items = JSON.parse(readFileSync(data, 'utf8')) as Item[];

const key = fc.constantFrom('a', 'b', 'at', 'counts', 'texts', 'rows', 'bits', 'values', 'columns');
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.array(tie('row'), { maxLength: 3 }),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('row'),
  ),
  row: fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}));
const rows = fc.array(value.row as fc.Arbitrary<Record<string, unknown>>, { maxLength: 6 });

const throughJson = (table: Table) => JSON.parse(JSON.stringify(table)) as Table;

describe('columns', () => {
  test('any rows come back with the same canonical JSON', () => {
    fc.assert(
      fc.property(rows, (given) => {
        expect(canonicalJson(unpackRows(throughJson(packRows(given))))).toBe(canonicalJson(given));
      }),
      { numRuns: 500 },
    );
  });

  test('all 298 items come back byte for byte', () => {
    const back = unpackRows(throughJson(packRows(items)));
    expect(back).toHaveLength(298);
    back.forEach((item, i) => expect(canonicalJson(item)).toBe(canonicalJson(items[i])));
  });

  test('columns are a third smaller than rows even before packing', () => {
    expect(JSON.stringify(packRows(items)).length).toBeLessThan(0.67 * JSON.stringify(items).length);
  });

  test('a key that some rows lack is not turned into null, and null is kept', () => {
    expect(unpackRows(packRows([{ a: null }, {}, { a: 1 }]))).toEqual([{ a: null }, {}, { a: 1 }]);
  });

  test('a key that would change an object itself is refused', () => {
    expect(() => packRows([JSON.parse('{"__proto__":1}') as object])).toThrow(TypeError);
  });

  test.each<[string, Table]>([
    ['too few values', { count: 2, columns: { a: [1] } }],
    ['a row out of range', { count: 1, columns: { a: { at: [2], values: [1] } } }],
    ['counts beyond the texts', { count: 1, columns: { a: { counts: [1], texts: [] } } }],
    ['texts that no row has', { count: 1, columns: { a: { counts: [0], texts: ['x'] } } }],
    ['a negative count', { count: -1, columns: {} }],
  ])('a table that contradicts itself is refused: %s', (_, table) => {
    expect(() => unpackRows(table)).toThrow(TypeError);
  });
});
