/** Receiving at the office: what only the office knows when it judges a new application. */
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, foundTown, receive, type Town } from '../../../../tests/support/town.ts';

const rows = (town: Town) =>
  town.store.read(async (trx) => ({
    commands: await trx.selectFrom('command').selectAll().orderBy('n').execute(),
    events: await trx.selectFrom('event').selectAll().orderBy('seq').execute(),
    applications: await trx.selectFrom('application').selectAll().execute(),
    audit: (await trx.selectFrom('audit').select('what').orderBy('seq').execute()).map((row) => row.what),
  }));

eachDatabase('receiving', ({ open }) => {
  const start = async () => foundTown(await open());

  test('a body of another shape is refused with words, not as a bad request', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const odd = await client.press('agent-a1', 'accept', { extra: 1 } as never);
    expect(await client.outcomeOf(odd)).toEqual({
      id: odd.id,
      is: 'refused',
      code: 'invalid',
      reason: 'text',
    });
  });

  test('receipt numbers that clash get an alias; nothing is refused', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const first = await receive(town, client, 'agent-a1');
    const { receiptNumber } = first.body as { receiptNumber: string };
    await receive(town, client, 'agent-a1', { receiptNumber });
    expect((await client.sync()).outcomes.map((outcome) => outcome.is)).toEqual(['applied', 'applied']);
    const { applications, audit } = await rows(town);
    expect(applications.map((row) => row.receipt_alias).sort()).toEqual([`${receiptNumber}-2`, null].sort());
    expect(audit).toContain('receiptClash');
  });

  test('formal case numbers count by item and day, and a refused receipt uses none up', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    await receive(town, client, 'agent-a1', { answers: {} });
    await receive(town, client, 'agent-a1');
    await client.sync();
    const numbers = (await rows(town)).applications.map((row) => row.case_number).sort();
    expect(numbers).toEqual([`${ALLOWANCE.taskCode}202609180001`, `${ALLOWANCE.taskCode}202609180002`]);
    expect(numbers[0]).toHaveLength(31 + 8 + 4);
  });

  test('fault: release published mid-form; item withdrawn → taken and flagged from a device that did not know, and through the grace; later refused', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    client.release = 'S410526000000/village/1';
    await client.sync([]);
    await town.publish([{ ...ALLOWANCE, conditions: '改过的条件' }]);
    // days after the grace, from a device that has not heard of it
    town.setClock('2026-10-30T02:00:00.000Z');
    const early = await receive(town, client, 'agent-a1');
    client.release = 'S410526000000/village/2';
    expect((await client.sync()).outcomes).toMatchObject([{ id: early.id, is: 'applied' }]);
    const { state_json } = (await rows(town)).applications[0]!;
    expect(JSON.parse(state_json).flags).toEqual(['itemSuperseded']);
    await client.sync([]);
    const late = await receive(town, client, 'agent-a1');
    expect(await client.outcomeOf(late)).toMatchObject({
      is: 'refused',
      code: 'itemExpired',
      reason: 'itemUnknown',
    });
  });

  test('a day of receipt before the last contact is flagged; a queue that drains in two parts is not', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await client.sync([]);
    town.setClock('2026-09-21T02:00:00.000Z');
    await receive(town, client, 'agent-a1', { receivedOn: '2026-09-19' });
    await receive(town, client, 'agent-a1', { receivedOn: '2026-09-20' });
    await client.sync(client.kept.slice(0, 1));
    await client.sync();
    await client.sync([]);
    await receive(town, client, 'agent-a1', { receivedOn: '2026-09-20' });
    await client.sync();
    const states = (await rows(town)).applications.map((row) => JSON.parse(row.state_json));
    const early = states
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((state) => state.flags.includes('receivedEarly'));
    expect(early).toEqual([false, false, true]);
  });

  test('the same person and item within 30 days is flagged, at every village of the county; nothing is refused', async () => {
    const town = await start();
    const first = await town.device('A1', 'agent-a1');
    const second = await town.device('A2', 'agent-a2');
    await receive(town, first, 'agent-a1');
    await first.sync();
    town.setClock('2026-10-15T02:00:00.000Z');
    await receive(town, second, 'agent-a2', { duplicateReason: '上次填错了户名' });
    expect((await second.sync()).outcomes.map((outcome) => outcome.is)).toEqual(['applied']);
    town.setClock('2026-12-01T02:00:00.000Z');
    await receive(town, first, 'agent-a1');
    await first.sync();
    const { applications } = await rows(town);
    const states = applications.map((row) => JSON.parse(row.state_json));
    const flagged = states.filter((state) => state.flags.includes('duplicate'));
    expect(flagged.map(({ site, duplicateReason }) => ({ site, duplicateReason }))).toEqual([
      { site: 'S410526102202', duplicateReason: '上次填错了户名' },
    ]);
    const { idNumber } = states[0].applicant;
    for (const { applicant_key } of applications) expect(applicant_key).not.toContain(idNumber);
  });

  test('after a withdrawal applying again is no duplicate', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const { applicationId } = await receive(town, client, 'agent-a1');
    const signature = { kind: 'paper' as const, by: '王示例' };
    await client.press('agent-a1', 'withdraw', { reason: '不办了', signature }, { applicationId });
    await receive(town, client, 'agent-a1');
    await client.sync();
    const states = (await rows(town)).applications.map((row) => JSON.parse(row.state_json));
    expect(states.map((state) => state.flags)).toEqual([[], []]);
  });
});
