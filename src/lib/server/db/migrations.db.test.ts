/** A database of any earlier version comes up to this program with all that is in it, on both engines. */
import { afterAll, describe, expect, test } from 'vitest';
import {
  blankDatabases,
  buildOld,
  plain,
  everyRow,
  shapeOf,
  tablesOf,
  untouched,
} from '../../../../tests/support/old-database.ts';
import { rowsAt, ROWS_BY_STEP } from '../../../../tests/support/old-rows/every-step.ts';
import { testServer } from '../../../../tests/support/temporary-database.ts';
import { MIGRATIONS, migrate, NewerDatabase } from './migrate.ts';
import { openStore } from './store.ts';

const STEPS = MIGRATIONS.map(({ name }) => name);

test('every step of the migration has rows to be tried with, in tests/support/old-rows', () => {
  expect(Object.keys(ROWS_BY_STEP)).toEqual(STEPS);
  expect(STEPS).toEqual([...STEPS].sort());
});

describe.each(testServer ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const))(
  'an old database [%s]',
  (engine) => {
    const blanks = blankDatabases(engine);
    afterAll(() => blanks.remove());

    test.each(STEPS.map((step, i) => [step, i + 1] as const))(
      'as of %s keeps its rows and gets the shape of a new one',
      async (_, steps) => {
        await using old = await blanks.take();
        const rows = rowsAt(STEPS.slice(0, steps));
        await buildOld(old.address, steps, rows);
        const tables = await untouched(old.address, tablesOf);
        // a table or a column without a value would be brought up by nobody's proof
        expect(Object.keys(rows).sort()).toEqual([...tables.keys()].sort());
        for (const [table, columns] of tables) {
          const filled = new Set((rows[table] ?? []).flatMap((row) => Object.keys(row)));
          expect([...filled].sort(), table).toEqual([...columns].sort());
        }

        await (await openStore(old.address)).destroy();
        const found = await untouched(old.address, everyRow);
        for (const [table, values] of Object.entries(rows)) {
          const { columns, all } = found.get(table)!;
          // a step may add rows, such as a secret of its own
          expect(all.length, table).toBeGreaterThanOrEqual(values.length);
          for (const value of values) {
            const row = Object.entries(plain(value)).filter(([column]) => columns.includes(column));
            expect(all, table).toContainEqual(expect.objectContaining(Object.fromEntries(row)));
          }
        }

        await using fresh = await blanks.take();
        await (await openStore(fresh.address)).destroy();
        expect(await untouched(old.address, shapeOf)).toEqual(await untouched(fresh.address, shapeOf));
      },
    );

    test('applications from before 0003 get the key and the day by which duplicates are found', async () => {
      await using old = await blanks.take();
      await buildOld(old.address, 1, rowsAt(STEPS.slice(0, 1)));
      await (await openStore(old.address)).destroy();
      const rows = (await untouched(old.address, everyRow)).get('application')!.all;
      expect(rows.map((row) => [typeof row.applicant_key, row.arrived_on])).toEqual([
        ['string', '2026-09-18'],
        ['string', '2026-09-18'],
      ]);
    });

    test('fault: failed migration → the old database is as it was', async () => {
      await using old = await blanks.take();
      await buildOld(old.address, 1, rowsAt(STEPS.slice(0, 1)));
      const before = await untouched(old.address, shapeOf);
      const interrupted = untouched(old.address, async (trx) => {
        await migrate(trx);
        throw new Error('the power is gone');
      });
      await expect(interrupted).rejects.toThrow('the power is gone');
      expect(await untouched(old.address, shapeOf)).toEqual(before);
      expect((await untouched(old.address, everyRow)).get('application')!.all).toHaveLength(2);
    });

    test('a step that this program does not know is a newer program’s: refused in words, nothing changed', async () => {
      await using old = await blanks.take();
      await buildOld(old.address, STEPS.length, {});
      await untouched(old.address, (trx) =>
        trx
          .insertInto('migration' as never)
          .values({ id: 999, name: '0999-later' } as never)
          .execute(),
      );
      const before = await untouched(old.address, shapeOf);
      const error = await openStore(old.address).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(NewerDatabase);
      expect((error as NewerDatabase).chinese).toContain('0999-later');
      expect(await untouched(old.address, shapeOf)).toEqual(before);
    });
  },
);
