/** PostgreSQL goes away and comes back while the office runs: nothing acknowledged is lost, and nobody restarts anything. */
import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { onPostgres } from '../../../../tests/support/each-database.ts';
import { lineTo, type Line } from '../../../../tests/support/line.ts';
import { testServer } from '../../../../tests/support/temporary-database.ts';
import { foundTown, receive, type Town } from '../../../../tests/support/town.ts';
import { inTurn, twinOf } from '../../../../tests/support/twin-office.ts';
import type { Office } from '../office.ts';
import { handleReady } from '../ready.ts';
import { isUnavailable } from './engine-faults.ts';
import { openStore } from './store.ts';

const ready = async (office: Office): Promise<number> =>
  (await handleReady({ office, request: new Request('http://office.example/readyz'), ip: '127.0.0.1' }))
    .status;

onPostgres('a database that goes away', ({ open, url }) => {
  /** An office on a line that can be cut; what it looks like from outside is asked through `town`, whose line holds. */
  async function start(): Promise<{ town: Town; office: Office; line: Line } & AsyncDisposable> {
    const town = await foundTown(await open());
    const line = await lineTo(await url());
    const office = twinOf(town.office, await openStore({ databaseUrl: line.url }));
    town.reach = inTurn(office);
    return {
      town,
      office,
      line,
      async [Symbol.asyncDispose]() {
        await line[Symbol.asyncDispose]();
        await office.store.destroy();
      },
    };
  }
  const commandsOf = (town: Town) =>
    town.store.read((trx) => trx.selectFrom('command').select('n').execute());

  test('requests are told to come again, readyz tells, and the same process goes on when it is back', async () => {
    await using rig = await start();
    const { town, office, line } = rig;
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    const before = await client.sync();
    expect(await ready(office)).toBe(200);

    line.cut();
    await receive(town, client, 'agent-a1');
    const away = await client.send(client.request(client.kept));
    expect([away.status, away.headers.get('retry-after'), await ready(office)]).toEqual([503, '5', 503]);
    expect(await away.json()).toMatchObject({ error: 'notReady', retryAfterSeconds: 5 });

    line.mend();
    expect(await ready(office)).toBe(200);
    const after = await client.sync();
    expect(after.outcomes.slice(0, 1)).toEqual(before.outcomes);
    expect(after.outcomes.map((outcome) => outcome.is)).toEqual(['applied', 'applied']);
  });

  test('a connection that breaks in the middle of a work undoes it, and parks and refuses nothing', async () => {
    await using rig = await start();
    const { town, office, line } = rig;
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    await receive(town, client, 'agent-a1');
    const item = office.rulebook.item.bind(office.rulebook);
    // what the commands are judged by is being read when the line breaks, with no query under way
    let asked = 0;
    office.rulebook.item = async (trx, hash) => {
      if (++asked === 1) line.cut();
      return item(trx, hash);
    };
    expect((await client.send(client.request(client.kept))).status).toBe(503);
    expect(asked).toBe(1);
    expect(await commandsOf(town)).toEqual([]);
    line.mend();
    expect((await client.sync()).outcomes.map((outcome) => outcome.is)).toEqual(['applied', 'applied']);
  });

  test('I1: committed, but the answer of the commit was lost: what is sent again gets the receipt that is there', async () => {
    await using rig = await start();
    const { town, line } = rig;
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    line.deafen('insert into "command"', 'commit');
    const unheard = client.send(client.request(client.kept));
    await expect.poll(() => commandsOf(town)).toHaveLength(1);
    line.cut();
    expect((await unheard).status).toBe(503);
    line.mend();
    const { outcomes } = await client.sync();
    expect(outcomes).toMatchObject([{ is: 'applied', rev: 1, seq: 1 }]);
    expect(await commandsOf(town)).toEqual([{ n: 1 }]);
  });

  test('an administrator of the server ends all connections: the process lives, the next call finds a new one', async () => {
    await using rig = await start();
    const { town, office } = rig;
    const { promise: gate, resolve: finish } = Promise.withResolvers<void>();
    const { promise: held, resolve: holding } = Promise.withResolvers<void>();
    const work = office.store.write(async (trx) => {
      await trx.insertInto('secret').values({ name: 'half', value: '1' }).execute();
      holding();
      await gate;
      await trx.insertInto('secret').values({ name: 'done', value: '1' }).execute();
    });
    await held;
    await town.store.write((trx) =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(
        trx,
      ),
    );
    finish();
    const error = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(isUnavailable(error)).toBe(true);
    expect(await ready(office)).toBe(200);
    const names = await office.store.read((trx) =>
      trx.selectFrom('secret').select('name').where('name', 'in', ['half', 'done']).execute(),
    );
    expect(names).toEqual([]);
  });

  test('a database that is closed to connections while its server is worked on is away, and comes back', async () => {
    await using rig = await start();
    const { office } = rig;
    const [name, other] = [new URL(await url()).pathname.slice(1), new pg.Client(testServer)];
    await other.connect();
    try {
      await other.query(`alter database ${name} allow_connections false`);
      await other.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [name]);
      // the connections of before are noticed to be gone
      await ready(office);
      expect(await ready(office)).toBe(503);
      const error: unknown = await office.store
        .write((trx) => trx.selectFrom('lineage').select('id').execute())
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: '55000' });
      expect(isUnavailable(error)).toBe(true);
    } finally {
      await other.query(`alter database ${name} allow_connections true`);
      await other.end();
    }
    expect(await ready(office)).toBe(200);
  });
});
