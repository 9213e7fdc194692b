/** Two office processes on one PostgreSQL: what one device, one feed and one township may rely on. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { onPostgres } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, foundTown, receive, SITES, type Town } from '../../../../tests/support/town.ts';
import { inTurn, twinOf } from '../../../../tests/support/twin-office.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { brokenAuditLine } from '../audit.ts';
import { openStore } from '../db/store.ts';
import type { Office } from '../office.ts';

const rows = (town: Town) =>
  town.store.read(async (trx) => ({
    commands: await trx.selectFrom('command').select(['id', 'n', 'status']).orderBy('n').execute(),
    events: await trx.selectFrom('event').select(['feed', 'seq', 'mark']).orderBy('seq').execute(),
    feeds: await trx.selectFrom('feed').selectAll().orderBy('code').execute(),
    applications: await trx.selectFrom('application').select('id').execute(),
    broken: await brokenAuditLine(trx),
  }));

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

onPostgres('two offices', ({ open, openBeside, url }) => {
  /** A town whose devices reach both processes in turn. */
  async function start(): Promise<{ town: Town; twin: Office }> {
    const town = await foundTown(await open());
    const twin = twinOf(town.office, await openBeside());
    town.reach = inTurn(town.office, twin);
    return { town, twin };
  }

  test('I1: fault: request sent three times at once → to each of two processes: one effect and one answer', async () => {
    const { town } = await start();
    const client = await town.device('A1', 'agent-a1');
    for (let i = 0; i < 5; i++) await receive(town, client, 'agent-a1');
    const answers = await Promise.all(upTo(6).map(() => client.sync()));
    const [first, ...rest] = answers.map((answer) => answer.outcomes);
    expect(first?.map((outcome) => outcome.is)).toEqual(Array(5).fill('applied'));
    for (const other of rest) expect(other).toEqual(first);
    const { commands, events, applications, broken } = await rows(town);
    expect([commands.length, events.length, applications.length, broken]).toEqual([5, 5, 5, null]);
    expect(commands.map((command) => command.n)).toEqual(upTo(5));
  });

  test('I7: two halves of a chain that meet at two processes wait for each other, and nothing is quarantined', async () => {
    const { town } = await start();
    const client = await town.device('A1', 'agent-a1');
    for (let i = 0; i < 8; i++) await receive(town, client, 'agent-a1');
    const halves = [client.kept.slice(0, 4), client.kept.slice(4)];
    const answers = await Promise.all(halves.map((half) => client.sync(half, { keeps: 1 })));
    const early = answers.flatMap((answer) => answer.outcomes).map((outcome) => outcome.is);
    expect(early.slice(0, 4)).toEqual(Array(4).fill('applied'));
    expect(new Set(early.slice(4)).size).toBe(1);
    expect(['applied', 'retry']).toContain(early[4]);
    const { outcomes, chain } = await client.sync();
    expect(outcomes.map((outcome) => outcome.is)).toEqual(Array(8).fill('applied'));
    expect(chain).toBe(8);
    expect((await rows(town)).events.map((event) => event.seq)).toEqual(upTo(8));
  });

  test('I3: six computers write into one feed through two processes, and whoever reads along misses no number', async () => {
    const { town } = await start();
    const writers = await Promise.all([
      town.device('A1', 'agent-a1'),
      town.device('A1', 'second-a1'),
      town.device('A2', 'agent-a2'),
      town.device('A2', 'agent-a2'),
      town.device('A1', 'agent-a1'),
      town.device('B1', 'agent-b1'),
    ]);
    const people = ['agent-a1', 'second-a1', 'agent-a2', 'agent-a2', 'agent-a1', 'agent-b1'];
    const reader = await town.device('A', 'clerk-a');
    let writing: number = writers.length;
    const write = async (client: WireClient, person: string): Promise<void> => {
      for (let i = 0; i < 6; i++) {
        await receive(town, client, person);
        await client.sync(client.kept.slice(-1));
      }
      writing -= 1;
    };
    const seen: number[] = [];
    const resets: string[] = [];
    const readAlong = async (): Promise<void> => {
      for (let last = false; ;) {
        const got = await reader.pull();
        seen.push(...got.events.map((event) => event.seq));
        resets.push(...got.resets);
        if (last) return;
        last = writing === 0;
      }
    };
    // the first time it is sent how things are; from then on events
    await receive(town, writers[0]!, 'agent-a1');
    await writers[0]!.sync();
    expect((await reader.pull()).resets).toEqual(['first']);
    await Promise.all([readAlong(), ...writers.map((client, i) => write(client, people[i]!))]);

    expect(seen).toEqual(upTo(31).slice(1));
    expect(resets).toEqual([]);
    const { events, feeds, commands, broken } = await rows(town);
    for (const { code, seq, mark } of feeds) {
      const own = events.filter((event) => event.feed === code);
      expect(own.map((event) => event.seq)).toEqual(upTo(seq));
      expect(own.at(-1)?.mark).toBe(mark);
    }
    expect(feeds.map((feed) => feed.seq)).toEqual([31, 6]);
    expect(commands.every((command) => command.status === 'applied')).toBe(true);
    expect(broken).toBeNull();
  });

  test('fault: a transaction stays open for a minute → it holds up its own township, and no other', async () => {
    const { town, twin } = await start();
    const [inA, inB] = [await town.device('A1', 'agent-a1'), await town.device('B1', 'agent-b1')];
    for (const [client, person] of [
      [inA, 'agent-a1'],
      [inB, 'agent-b1'],
    ] as const) {
      await receive(town, client, person);
      await client.sync();
    }
    const { promise: gate, resolve: finish } = Promise.withResolvers<void>();
    const { promise: held, resolve: holding } = Promise.withResolvers<void>();
    const long = twin.store.write(async (trx) => {
      await sql`select seq from feed where code = ${SITES.A.id} for update`.execute(trx);
      holding();
      await gate;
    });
    await held;
    await receive(town, inA, 'agent-a1');
    let through = false;
    // more than a process has connections
    const waiting = Promise.all(upTo(24).map(() => inA.sync(inA.kept.slice(-1)))).then((answers) => {
      through = true;
      return answers;
    });
    const others = await Promise.all(upTo(24).map(() => town.device('A2', 'agent-a2')));
    for (const other of others) await receive(town, other, 'agent-a2');
    const more = others.map((other) => other.sync());
    await receive(town, inB, 'agent-b1');
    expect((await inB.sync(inB.kept.slice(-1))).outcomes[0]).toMatchObject({ is: 'applied', seq: 2 });
    expect(through).toBe(false);
    finish();
    await long;
    for (const answer of [...(await waiting), ...(await Promise.all(more))])
      expect(answer.outcomes[0]).toMatchObject({ is: 'applied' });
    const { feeds } = await rows(town);
    expect(feeds.map((feed) => feed.seq)).toEqual([26, 2]);
  });

  test('I3: fault: two transactions commit in reverse of their start → no event is skipped', async () => {
    const { town, twin } = await start();
    town.reach = inTurn(town.office);
    const [village, counter] = [await town.device('A1', 'agent-a1'), await town.device('A', 'clerk-a')];
    town.reach = inTurn(twin);
    const neighbour = await town.device('A2', 'agent-a2');
    await receive(town, village, 'agent-a1');
    await village.sync();
    expect((await counter.pull()).resets).toEqual(['first']);

    const { promise: gate, resolve: finish } = Promise.withResolvers<void>();
    const { promise: held, resolve: holding } = Promise.withResolvers<void>();
    const long = twin.store.write(async (trx) => {
      await sql`select id from device where id = ${village.device} for update`.execute(trx);
      holding();
      await gate;
    });
    await held;
    await receive(town, village, 'agent-a1');
    const early = village.sync(village.kept.slice(-1));
    // its transaction has begun and waits for its device's row, the first that it asks for
    const waiting = () =>
      town.store.read((trx) =>
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
          .execute(trx)
          .then(({ rows: found }) => found.length),
      );
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
    await receive(town, neighbour, 'agent-a2');
    expect((await neighbour.sync()).outcomes[0]).toMatchObject({ is: 'applied', seq: 2 });
    expect((await counter.pull()).events.map((event) => event.seq)).toEqual([2]);
    finish();
    await long;
    expect((await early).outcomes[0]).toMatchObject({ is: 'applied', seq: 3 });
    expect((await counter.pull()).events.map((event) => event.seq)).toEqual([3]);
  });

  test('who waits too long for another process is told to come again; nothing is parked', async () => {
    const { town, twin } = await start();
    const client = await town.device('A1', 'agent-a1');
    const { applicationId } = await receive(town, client, 'agent-a1');
    await client.sync();
    const hasty = twinOf(town.office, await openStore({ databaseUrl: `${await url()}&lock_timeout=100` }));
    town.reach = inTurn(hasty);
    const counter = await town.device('A', 'clerk-a');
    const accept = await counter.press('clerk-a', 'accept', {}, { applicationId, baseRev: 1 });
    const { promise: gate, resolve: finish } = Promise.withResolvers<void>();
    const { promise: held, resolve: holding } = Promise.withResolvers<void>();
    const long = twin.store.write(async (trx) => {
      await sql`select id from application where id = ${applicationId} for update`.execute(trx);
      holding();
      await gate;
    });
    await held;
    const refused = await counter.send(counter.request(counter.kept));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await rows(town)).commands).toHaveLength(1);
    finish();
    await long;
    expect(await counter.outcomeOf(accept)).toMatchObject({ is: 'applied', rev: 2 });
    await hasty.store.destroy();
  });

  test('one new application under one id from two villages at once: one is taken, the other told, none parked', async () => {
    const { town } = await start();
    const clients = [await town.device('A1', 'agent-a1'), await town.device('A2', 'agent-a2')] as const;
    for (let i = 0; i < 5; i++) {
      const { applicationId } = await receive(town, clients[0], 'agent-a1');
      await receive(town, clients[1], 'agent-a2', {}, { applicationId });
      const answers = await Promise.all(clients.map((client) => client.sync(client.kept.slice(-1))));
      const outcomes = answers.map((answer) => answer.outcomes[0]!);
      expect(outcomes.map((outcome) => outcome.is).sort()).toEqual(['applied', 'refused']);
    }
    const { events, commands } = await rows(town);
    expect(events.map((event) => event.seq)).toEqual(upTo(5));
    expect(commands.some((command) => command.status === 'parked')).toBe(false);
  });

  test('batches that take locks in opposite order end in a deadlock that nobody notices', async () => {
    const { town } = await start();
    const village = await town.device('A1', 'agent-a1');
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push((await receive(town, village, 'agent-a1')).applicationId);
    await village.sync();
    const counters = [await town.device('A', 'clerk-a'), await town.device('A', 'clerk-a')] as const;
    const amend = (key: string) => ({
      fields: { [`answers.${key}`]: { from: key === 'livingMode' ? '独居' : '王样本', to: '其他' } },
    });
    for (const id of ids)
      await counters[0].press('clerk-a', 'amend', amend('livingMode'), { applicationId: id, baseRev: 1 });
    for (const id of [...ids].reverse())
      await counters[1].press('clerk-a', 'amend', amend('liaisonName'), { applicationId: id, baseRev: 1 });
    const answers = await Promise.all(counters.map((counter) => counter.sync()));
    for (const { outcomes } of answers)
      expect(outcomes.map((outcome) => outcome.is)).toEqual(Array(4).fill('applied'));
    const { events, broken } = await rows(town);
    expect([events.map((event) => event.seq), broken]).toEqual([upTo(12), null]);
  });

  test('what one process changes, the other judges by at once: policy, staff, release', async () => {
    const { town, twin } = await start();
    const client = await town.device('A1', 'agent-a1');
    client.release = 'S410526000000/village/1';
    await receive(town, client, 'agent-a1');
    await client.sync();
    await client.sync();
    await twin.store.write((trx) =>
      trx.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'agent-a1').execute(),
    );
    const sent = [await receive(town, client, 'agent-a1'), await receive(town, client, 'agent-a1')];
    const { outcomes } = await client.sync(client.kept.slice(-2));
    expect(outcomes.map((outcome) => outcome.is)).toEqual(['quarantined', 'quarantined']);
    expect(outcomes.map((outcome) => outcome.id)).toEqual(sent.map((command) => command.id));
    await town.publish([{ ...ALLOWANCE, conditions: '改过的条件' }]);
    expect(new Set([(await client.sync([])).release, (await client.sync([])).release])).toEqual(
      new Set(['S410526000000/village/2']),
    );
  });
});
