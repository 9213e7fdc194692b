/** Statements that are compiled once say the same as those that are built each time, on both engines. */
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { insertRows, isIn, listOf, prepared } from './prepared.ts';

const valueOf = prepared((trx, name: string, value: string) =>
  trx.selectFrom('secret').select('value').where('name', '=', name).where('value', '<>', value),
);
const namesIn = prepared((trx, names: string) =>
  trx
    .selectFrom('secret')
    .select('name')
    .where(isIn(trx, 'name', names))
    .orderBy('name'),
);

eachDatabase('prepared statements', ({ open }) => {
  test.each([0, 1, 3, 21, 170])('%i rows are inserted, each once and whole', async (count) => {
    const store = await open();
    const rows = Array.from({ length: count }, (_, at) => ({ name: `n${at}`, value: `值 ${at} ' " \\ ?` }));
    await store.write((trx) => insertRows(trx, 'secret', rows));
    const kept = await store.read((trx) => trx.selectFrom('secret').select(['name', 'value']).execute());
    const sorted = (list: typeof rows) => list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(sorted(kept)).toEqual(sorted(rows));
  });

  test('each call is answered by its own values, in their order', async () => {
    const store = await open();
    await store.write((trx) =>
      insertRows(trx, 'secret', [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' },
      ]),
    );
    expect(await store.readOne((trx) => valueOf(trx, 'a', '2'))).toEqual([{ value: '1' }]);
    expect(await store.readOne((trx) => valueOf(trx, 'b', '1'))).toEqual([{ value: '2' }]);
    expect(await store.readOne((trx) => valueOf(trx, 'a', '1'))).toEqual([]);
  });

  test('a list finds exactly what is in it, also names with quotes, and an empty one finds nothing', async () => {
    const store = await open();
    const names = ['a', 'b"', "c'", '丁', '["a"]'];
    await store.write((trx) =>
      insertRows(
        trx,
        'secret',
        names.map((name) => ({ name, value: '' })),
      ),
    );
    const found = async (list: string[]) =>
      (await store.readOne((trx) => namesIn(trx, listOf(list)))).map(({ name }) => name).sort();
    expect(await found(['b"', "c'", '丁', 'z'])).toEqual(['b"', "c'", '丁'].sort());
    expect(await found(['["a"]'])).toEqual(['["a"]']);
    expect(await found([])).toEqual([]);
  });
});
