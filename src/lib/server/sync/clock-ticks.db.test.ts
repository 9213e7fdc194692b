/** I9: clocks fire at the office only, once, by its own clock; and what a calendar does not know is not guessed. */
import type { MaterialEntry } from '#lib/domain/materials.ts';
import { expect, test } from 'vitest';
import { BODIES, calendar, TODAY } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { COUNTY, foundTown, PERMIT, receive, type Town } from '../../../../tests/support/town.ts';
import { saveCalendar } from '../catalogue/rules.ts';
import { officeCommand } from './office-command.ts';
import { followRules, recalculateDueDays, startSweeper, sweepClocks } from './sweeper.ts';

const one = async (town: Town) =>
  town.store.read(async (trx) => ({
    application: await trx.selectFrom('application').selectAll().executeTakeFirstOrThrow(),
    events: (await trx.selectFrom('event').selectAll().orderBy('seq').execute()).map((row) => ({
      ...row,
      actor: JSON.parse(row.actor),
      event: JSON.parse(row.data),
    })),
    office: await trx.selectFrom('command').select(['id', 'kind']).where('device', 'is', null).execute(),
  }));

const day = (text: string): string => `${text}T02:00:00.000Z`;

eachDatabase('clocks', ({ open }) => {
  const start = async () => foundTown(await open());

  test('silence accepts a permit on the day after the fifth working day, once, in the office’s name', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1', { item: PERMIT });
    await client.sync();
    // received on Friday; 20 September is a Sunday that is worked, the 25th a holiday
    expect((await one(town)).application.next_due).toBe('2026-09-24');
    town.setClock(day('2026-09-24'));
    expect(await sweepClocks(town.office)).toBe(0);
    town.setClock(day('2026-09-25'));
    expect(await sweepClocks(town.office)).toBe(1);
    expect(await sweepClocks(town.office)).toBe(0);
    const { application, events, office } = await one(town);
    expect(application.state).toBe('accepted');
    expect(events.at(-1)).toMatchObject({
      seq: 2,
      actor: { id: 'office', name: '系统' },
      now: day('2026-09-25'),
      event: { is: 'accepted', on: TODAY, bySilence: true },
    });
    expect(office.map((row) => row.kind)).toEqual(['deemAccepted']);
    const { feed } = await client.sync([]);
    expect(feed && 'page' in feed && feed.page[0]?.state.acceptedBySilence).toBe(true);
  });

  test('ten sweeps and a command at once fire it once', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const { applicationId } = await receive(town, client, 'agent-a1', { item: PERMIT });
    await client.sync();
    await client.press('agent-a1', 'addMaterial', BODIES.addMaterial, { applicationId });
    town.setClock(day('2026-09-28'));
    await Promise.all([client.sync(), ...Array.from({ length: 10 }, () => sweepClocks(town.office))]);
    const { events } = await one(town);
    expect(events.filter((row) => row.event.is === 'accepted')).toHaveLength(1);
  });

  test('a clock that is due fires before a command is judged', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const { applicationId } = await receive(town, client, 'agent-a1', { item: PERMIT });
    await client.sync();
    const counter = await town.device('A', 'clerk-a');
    const ask = await counter.press('clerk-a', 'refuseAcceptance', BODIES.refuseAcceptance, {
      applicationId,
    });
    town.setClock(day('2026-09-28'));
    expect(await counter.outcomeOf(ask)).toMatchObject({
      is: 'refused',
      code: 'state',
      reason: 'wrongState',
    });
    const { application, events } = await one(town);
    expect(application.state).toBe('accepted');
    expect(events.map((row) => row.event.is)).toEqual(['received', 'accepted']);
  });

  test('for what is no permit silence is an alarm, not an acceptance', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    await client.sync();
    town.setClock(day('2026-10-09'));
    expect(await sweepClocks(town.office)).toBe(1);
    const { application, events } = await one(town);
    expect(application.state).toBe('pending');
    expect(events.at(-1)?.event).toEqual({ is: 'overdueMarked', clock: 'acceptance', due: '2026-09-24' });
    expect(application.next_due).toBeNull();
  });

  test('I9: fault: clock two hours ahead; clock a year back; clock that jumps → judged today, by the office’s clock', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const clocks = ['2026-09-18T04:00:00.000Z', '2025-09-18T02:00:00.000Z', '2027-09-18T02:00:00.000Z'];
    for (const at of clocks) await receive(town, client, 'agent-a1', {}, { at });
    const { outcomes } = await client.sync();
    expect(outcomes.map((outcome) => outcome.is)).toEqual(['applied', 'applied', 'applied']);
    const { events } = await one(town);
    expect(events).toHaveLength(clocks.length);
    for (const event of events) expect(event).toMatchObject({ now: day(TODAY), event: { arrivedOn: TODAY } });
  });

  test('beyond the calendar nothing fires and nothing is guessed; the new calendar brings the day', async () => {
    const town = await start();
    const known = (validThrough: string) =>
      town.store.write((trx) =>
        trx
          .updateTable('calendar')
          .set({ data: JSON.stringify({ ...calendar, validThrough }) })
          .execute(),
      );
    await known('2026-09-20');
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1', { item: PERMIT });
    await client.sync();
    expect((await one(town)).application.next_due).toBe('2026-09-20');
    town.setClock(day('2026-10-09'));
    expect(await sweepClocks(town.office)).toBe(0);
    expect((await one(town)).application.next_due).toBe('2026-10-09');
    await known('2026-12-31');
    await recalculateDueDays(town.office);
    expect((await one(town)).application.next_due).toBe('2026-09-24');
    expect(await sweepClocks(town.office)).toBe(1);
  });

  test('a release that puts another calendar in force moves terms before the next sweep, earlier ones too', async () => {
    const town = await start();
    const follow = followRules(town.office);
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1', { item: PERMIT });
    await client.sync();
    expect(await follow()).toBe(true);
    expect(await follow()).toBe(false);
    // Saturday the 19th is worked as well: the fifth day comes a day earlier
    const work = [...calendar.work, '2026-09-19'].sort();
    await town.store.write((trx) => saveCalendar(trx, COUNTY, { ...calendar, work }));
    expect((await one(town)).application.next_due).toBe('2026-09-24');
    expect(await follow()).toBe(true);
    expect((await one(town)).application.next_due).toBe('2026-09-23');
    town.setClock(day('2026-09-24'));
    expect(await sweepClocks(town.office)).toBe(1);
  });

  test('at boot the sweeper does what was due while nobody was there', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1', { item: PERMIT });
    await client.sync();
    town.setClock(day('2026-09-28'));
    const stop = startSweeper(town.office);
    await stop();
    expect((await one(town)).application.state).toBe('accepted');
    expect(await town.store.read((trx) => trx.selectFrom('session').select('device').execute())).toEqual([]);
  });

  test('an application that cannot be judged holds up no other', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const broken = await receive(town, client, 'agent-a1', { item: PERMIT });
    const sound = await receive(town, client, 'agent-a1', { item: PERMIT });
    await client.sync();
    await town.store.write((trx) =>
      trx
        .updateTable('application')
        .set({ state_json: '{}' })
        .where('id', '=', broken.applicationId)
        .execute(),
    );
    town.setClock(day('2026-09-28'));
    expect(await sweepClocks(town.office)).toBe(1);
    const { state } = await town.store.read((trx) =>
      trx
        .selectFrom('application')
        .select('state')
        .where('id', '=', sound.applicationId)
        .executeTakeFirstOrThrow(),
    );
    expect(state).toBe('accepted');
    expect(town.logged.some((line) => line.includes(broken.applicationId))).toBe(true);
  });

  test('a command of the office itself happens once, and its refusal leaves nothing behind', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const photo = { sha256: 'b'.repeat(64), size: 10, type: 'jpeg' as const };
    const materials: MaterialEntry[] = [
      { code: 'M0001', status: 'received', kind: '原件', copies: 1, photos: [photo] },
      { code: 'M0002', status: 'received', kind: '原件', copies: 1 },
      { code: 'M0026', status: 'notNeeded', kind: '原件', copies: 0 },
    ];
    const { applicationId } = await receive(town, client, 'agent-a1', { materials });
    await client.sync();
    const verified = (sha256: string) =>
      officeCommand(
        town.office,
        applicationId,
        { kind: 'photoVerified', body: { material: 'M0001', sha256 } },
        '6ba7b810-9dad-51d1-80b4-00c04fd430c8',
      );
    expect(await verified('c'.repeat(64))).toBeNull();
    const first = await verified(photo.sha256);
    expect(first).toMatchObject({ is: 'applied', rev: 2, seq: 2 });
    expect(await verified(photo.sha256)).toEqual(first);
    expect((await one(town)).events).toHaveLength(2);
  });
});
