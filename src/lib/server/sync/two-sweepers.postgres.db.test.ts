/** Clocks of an office that is several processes: fired once, fought over by nobody, taken over from the dead. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { onPostgres } from '../../../../tests/support/each-database.ts';
import { foundTown, PERMIT, receive, SITES, type Town } from '../../../../tests/support/town.ts';
import { twinOf } from '../../../../tests/support/twin-office.ts';
import type { Office } from '../office.ts';
import { sweepClocks } from './sweeper.ts';

/** The day after the fifth working day: silence accepts a permit. */
const DUE = '2026-09-29T02:00:00.000Z';

onPostgres('two sweepers', ({ open, openBeside }) => {
  /** `inA` and `inB` permits that were received long ago in two townships. */
  async function start(inA: number, inB: number): Promise<{ town: Town; twin: Office }> {
    const town = await foundTown(await open());
    const twin = twinOf(town.office, await openBeside());
    const a = await town.device('A1', 'agent-a1');
    const b = await town.device('B1', 'agent-b1');
    for (let i = 0; i < inA; i++) await receive(town, a, 'agent-a1', { item: PERMIT });
    for (let i = 0; i < inB; i++) await receive(town, b, 'agent-b1', { item: PERMIT });
    if (inA > 0) await a.sync();
    if (inB > 0) await b.sync();
    town.setClock(DUE);
    return { town, twin };
  }

  const ticks = (town: Town) =>
    town.store.read((trx) =>
      trx
        .selectFrom('command')
        .select(['application', 'status'])
        .where('kind', '=', 'deemAccepted')
        .execute(),
    );

  /** Stops in the middle of a sweep, with its locks, until it is let go. */
  function stoppable(office: Office) {
    const { promise: gate, resolve: letGo } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<number>();
    const item = office.rulebook.item.bind(office.rulebook);
    office.rulebook.item = async (trx, hash) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      reach(rows[0]!.pid);
      await gate;
      return item(trx, hash);
    };
    return { reached, letGo };
  }

  test('both at once: every clock fires once, whoever fires it', async () => {
    const { town, twin } = await start(60, 12);
    const fired = await Promise.all([
      sweepClocks(town.office),
      sweepClocks(twin),
      sweepClocks(town.office),
      sweepClocks(twin),
    ]);
    const left = await sweepClocks(twin);
    expect(fired.reduce((sum, n) => sum + n, left)).toBe(72);
    const all = await ticks(town);
    expect(new Set(all.map((tick) => tick.application)).size).toBe(72);
    expect(all).toHaveLength(72);
    expect(await sweepClocks(town.office)).toBe(0);
  });

  test('while one sweeps, the other neither waits nor doubles its work', async () => {
    const { town, twin } = await start(3, 0);
    const { reached, letGo } = stoppable(twin);
    const slow = sweepClocks(twin);
    await reached;
    expect(await sweepClocks(town.office)).toBe(0);
    letGo();
    expect(await slow).toBe(3);
    expect(await sweepClocks(town.office)).toBe(0);
  });

  test('a sweeper that dies in the middle leaves nothing half done, and the other does it', async () => {
    const { town, twin } = await start(3, 0);
    const { reached, letGo } = stoppable(twin);
    const dying = sweepClocks(twin).then(
      () => 'ended',
      () => 'died',
    );
    const pid = await reached;
    await town.store.write((trx) => sql`select pg_terminate_backend(${pid})`.execute(trx));
    letGo();
    expect(await dying).toBe('died');
    expect(await ticks(town)).toEqual([]);
    expect(await sweepClocks(town.office)).toBe(3);
  });

  test('a township where somebody writes is passed over, and swept the next time', async () => {
    const { town, twin } = await start(2, 2);
    const { promise: gate, resolve: finish } = Promise.withResolvers<void>();
    const { promise: held, resolve: holding } = Promise.withResolvers<void>();
    const writing = twin.store.write(async (trx) => {
      await sql`select code from feed where code = ${SITES.A.id} for update`.execute(trx);
      holding();
      await gate;
    });
    await held;
    expect(await sweepClocks(town.office)).toBe(2);
    finish();
    await writing;
    expect(await sweepClocks(town.office)).toBe(2);
    expect(new Set((await ticks(town)).map((tick) => tick.status))).toEqual(new Set(['applied']));
  });
});
