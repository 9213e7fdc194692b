/** What the event log holds, however devices' clocks, transactions and time zones stand: only what the table allows, all of it. */
import { afterEach, expect, test } from 'vitest';
import type { CommandKind } from '#lib/domain/commands.ts';
import { evolve } from '#lib/domain/evolve.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { Application } from '#lib/domain/state.ts';
import { tableVerdict } from '#lib/domain/transitions.ts';
import type { FeedEvent } from '#lib/protocol/sync.ts';
import { BODIES, NOW } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { foundTown, PERMIT, receive, SITES, type Town } from '../../../../tests/support/town.ts';
import { sweepClocks } from './sweeper.ts';

const usualZone = process.env.TZ;
afterEach(() => {
  if (usualZone === undefined) delete process.env.TZ;
  else process.env.TZ = usualZone;
});

const rows = (town: Town) =>
  town.store.read(async (trx) => ({
    commands: await trx.selectFrom('command').selectAll().execute(),
    events: await trx.selectFrom('event').selectAll().orderBy('seq').execute(),
    applications: await trx.selectFrom('application').selectAll().execute(),
    staff: await trx.selectFrom('staff').select(['id', 'roles']).execute(),
  }));

/** The township's head of department, who decides. */
async function hireHead(town: Town): Promise<void> {
  await town.store.write(async (trx) => {
    const clerk = await trx
      .selectFrom('staff')
      .selectAll()
      .where('id', '=', 'clerk-a')
      .executeTakeFirstOrThrow();
    const roles = JSON.stringify(['head']);
    await trx
      .insertInto('staff')
      .values({ ...clerk, id: 'head-a', name: '周示范', roles })
      .execute();
  });
}

eachDatabase('the event log', ({ open }) => {
  const start = async () => foundTown(await open());

  test('I9: every transition is allowed by the table and names actor, command and office time; device clocks change none', async () => {
    const town = await start();
    await hireHead(town);
    const village = await town.device('A1', 'agent-a1');
    const counter = await town.device('A', 'clerk-a', 'reviewer-a', 'head-a');
    const { applicationId } = await receive(
      town,
      village,
      'agent-a1',
      {},
      { at: '2099-01-01T00:00:00.000Z' },
    );
    const silent = await receive(
      town,
      village,
      'agent-a1',
      { item: PERMIT },
      { at: '1980-01-01T00:00:00.000Z' },
    );
    const withdrawn = await receive(town, village, 'agent-a1');
    await village.press('agent-a1', 'withdraw', BODIES.withdraw, { applicationId: withdrawn.applicationId });
    // not allowed: an agent accepts, an application is withdrawn twice
    await village.press('agent-a1', 'accept', {}, { applicationId, after: null });
    await village.press('agent-a1', 'withdraw', BODIES.withdraw, { applicationId: withdrawn.applicationId });
    await village.sync();
    const at = '1999-12-31T23:59:59.000Z';
    for (const kind of ['accept', 'assign'] as const)
      await counter.press('clerk-a', kind, BODIES[kind], { applicationId, at });
    await counter.press('reviewer-a', 'review', BODIES.review, { applicationId, at });
    await counter.press('head-a', 'decide', BODIES.decide, { applicationId, at });
    await counter.press('clerk-a', 'deliver', BODIES.deliver, { applicationId, at });
    await counter.press('clerk-a', 'void', BODIES.void, { applicationId, at });
    await counter.sync();
    town.setClock('2026-09-25T02:00:00.000Z');
    expect(await sweepClocks(town.office)).toBe(1);

    const { commands, events, applications, staff } = await rows(town);
    const rolesOf = new Map(staff.map(({ id, roles }) => [id, JSON.parse(roles) as Role[]]));
    const receipts = new Map(commands.map((command) => [command.id, command]));
    const states = new Map<string, Application>();
    for (const row of events) {
      const receipt = receipts.get(row.command);
      const actor = JSON.parse(row.actor) as FeedEvent['actor'];
      const before = states.get(row.application) ?? null;
      expect(receipt).toMatchObject({ status: 'applied', application: row.application, actor: actor.id });
      expect(
        tableVerdict(
          before?.state ?? 'none',
          receipt!.kind as CommandKind,
          rolesOf.get(actor.id) ?? ['office'],
        ),
      ).toBe('allowed');
      expect([NOW, '2026-09-25T02:00:00.000Z']).toContain(row.now);
      const { application: applicationId, rev, now } = row;
      states.set(
        applicationId,
        evolve(before, { applicationId, rev, now, actor, event: JSON.parse(row.data) }),
      );
    }
    for (const { id, state_json } of applications) expect(states.get(id)).toEqual(JSON.parse(state_json));
    expect(
      [applicationId, silent.applicationId, withdrawn.applicationId].map((id) => states.get(id)?.state),
    ).toEqual(['settled', 'accepted', 'withdrawn']);
    expect(commands.filter((command) => command.status === 'refused')).toHaveLength(3);
  });

  test('fault: withdrawal against decision, in both orders → exactly one wins, the other is told', async () => {
    const town = await start();
    await hireHead(town);
    const village = await town.device('A1', 'agent-a1');
    const counter = await town.device('A', 'clerk-a', 'reviewer-a', 'head-a');
    for (const order of ['withdrawal first', 'decision first', 'at once'] as const) {
      const { applicationId } = await receive(town, village, 'agent-a1');
      await village.sync();
      await counter.press('clerk-a', 'accept', {}, { applicationId });
      await counter.press('clerk-a', 'assign', BODIES.assign, { applicationId });
      await counter.press('reviewer-a', 'review', BODIES.review, { applicationId });
      await counter.sync();
      const decision = await counter.press('head-a', 'decide', BODIES.decide, { applicationId });
      const withdrawal = await village.press('agent-a1', 'withdraw', BODIES.withdraw, { applicationId });
      const decide = () => counter.outcomeOf(decision);
      const withdraw = () => village.outcomeOf(withdrawal);
      const early = order === 'withdrawal first' ? await withdraw() : null;
      const first = order === 'decision first' ? await decide() : null;
      const [decided, left] = await Promise.all([first ?? decide(), early ?? withdraw()]);
      const won = decided.is === 'applied';
      if (order !== 'at once') expect(won, order).toBe(order === 'decision first');
      expect(won ? left : decided, order).toMatchObject({ is: 'refused', code: 'state' });
      expect(won ? decided : left, order).toMatchObject({ is: 'applied' });
      const { applications, events } = await rows(town);
      expect(applications.find(({ id }) => id === applicationId)?.state).toBe(won ? 'decided' : 'withdrawn');
      const last = events.filter((event) => event.application === applicationId).at(-1);
      expect(JSON.parse(last!.data).is).toBe(won ? 'decided' : 'withdrawn');
    }
  });

  test('fault: a transaction stays open for a minute → readers are answered meanwhile, and no event is skipped', async () => {
    const town = await start();
    const [village, neighbour] = [await town.device('A1', 'agent-a1'), await town.device('A2', 'agent-a2')];
    const counter = await town.device('A', 'clerk-a');
    await receive(town, village, 'agent-a1');
    await village.sync();
    expect((await counter.pull()).resets).toEqual(['first']);

    const { promise: gate, resolve: finish } = Promise.withResolvers<void>();
    const { promise: held, resolve: holding } = Promise.withResolvers<void>();
    const long = town.store.write(async (trx) => {
      await trx.updateTable('feed').set({ seq: 1 }).where('code', '=', SITES.A.id).execute();
      holding();
      await gate;
    });
    await held;
    await receive(town, village, 'agent-a1');
    await receive(town, neighbour, 'agent-a2');
    const writing = [village, neighbour].map((client) => client.sync(client.kept.slice(-1)));
    expect((await counter.pull()).events).toEqual([]);
    finish();
    await long;
    const answers = await Promise.all(writing);
    expect(answers.map(({ outcomes }) => outcomes[0]?.is)).toEqual(['applied', 'applied']);
    const { events, resets } = await counter.pull();
    expect(resets).toEqual([]);
    expect(events.map((event) => event.seq)).toEqual([2, 3]);
  });

  test('fault: office in UTC and in New York → days are those of UTC+8, and all results are the same', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    // half past midnight of Saturday in China, still Friday elsewhere
    town.setClock('2026-09-18T16:30:00.000Z');
    const told: unknown[] = [];
    for (const [zone, minutes] of [
      ['UTC', 0],
      ['America/New_York', 240],
    ] as const) {
      process.env.TZ = zone;
      expect(new Date('2026-09-18T16:30:00.000Z').getTimezoneOffset()).toBe(minutes);
      const { applicationId } = await receive(town, client, 'agent-a1', {
        item: PERMIT,
        receivedOn: '2026-09-19',
      });
      await client.sync();
      const { applications } = await rows(town);
      const { arrived_on, next_due, case_number } = applications.find(({ id }) => id === applicationId)!;
      told.push({ arrived_on, next_due, numberedOn: case_number?.slice(-12, -4) });
    }
    const first = { arrived_on: '2026-09-19', next_due: '2026-09-24', numberedOn: '20260919' };
    expect(told).toEqual([first, first]);
  });
});
