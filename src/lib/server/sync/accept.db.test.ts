/** Delivering commands: once, in order, under their author's name; and what becomes of those that cannot be taken. */
import { expect, test } from 'vitest';
import { BODIES, receiveBody } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, foundTown, receive, SITES, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { brokenAuditLine } from '../audit.ts';
import { replayParked } from './replay-parked.ts';

const rows = (town: Town) =>
  town.store.read(async (trx) => ({
    commands: await trx.selectFrom('command').selectAll().orderBy('n').execute(),
    events: await trx.selectFrom('event').selectAll().orderBy('seq').execute(),
    applications: await trx.selectFrom('application').selectAll().execute(),
    audit: (await trx.selectFrom('audit').select('what').orderBy('seq').execute()).map((row) => row.what),
  }));

const stateOf = async (town: Town, id: string): Promise<string | undefined> =>
  (await rows(town)).applications.find((row) => row.id === id)?.state;

const amend = (from: string, to: string) => ({ fields: { 'answers.livingMode': { from, to } } });

/** A trigger makes the office's own write of this application fail, as a bug of ours would. */
const SPOIL = '示例故障';
async function spoilt(client: WireClient, town: Town) {
  return receive(town, client, 'agent-a1', { item: { ...ALLOWANCE, taskCode: SPOIL } });
}

eachDatabase('commands', ({ open }) => {
  const start = async () => foundTown(await open());

  test('I1: three deliveries at once and three more later have one effect and the same outcome', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    await receive(town, client, 'agent-a1');
    const answers = await Promise.all([client.sync(), client.sync(), client.sync()]);
    for (let i = 0; i < 3; i++) answers.push(await client.sync());
    const [first, ...rest] = answers.map((answer) => answer.outcomes);
    expect(first?.map((outcome) => outcome.is)).toEqual(['applied', 'applied']);
    for (const other of rest) expect(other).toEqual(first);
    const { commands, events, applications } = await rows(town);
    expect([commands.length, events.length, applications.length]).toEqual([2, 2, 2]);
  });

  test('I5: the same id with another body is refused, changes nothing and raises an alarm', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const command = await receive(town, client, 'agent-a1');
    await client.sync();
    const before = await rows(town);
    const [kept] = client.kept;
    const forged = {
      ...kept!,
      command: { ...command, body: receiveBody({ present: false }) } as typeof command,
    };
    const { outcomes } = await client.sync([forged]);
    expect(outcomes).toEqual([{ id: command.id, is: 'refused', code: 'idReused', reason: 'idReused' }]);
    const after = await rows(town);
    expect(after.commands).toEqual(before.commands);
    expect(after.events).toEqual(before.events);
    expect(after.applications).toEqual(before.applications);
    expect(after.audit.at(-1)).toBe('idReused');
    expect((await client.sync()).outcomes[0]?.is).toBe('applied');
  });

  test('I7: a chain keeps its order in one request, and what follows a refused command is refused', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const good = await receive(town, client, 'agent-a1');
    const bad = await receive(town, client, 'agent-a1', { answers: {} });
    const onBad = await client.press('agent-a1', 'amend', amend('独居', '其他'), {
      applicationId: bad.applicationId,
    });
    const onGood = await client.press('agent-a1', 'amend', amend('独居', '其他'), {
      applicationId: good.applicationId,
    });
    const shuffled = client.request([...client.kept]);
    shuffled.commands.reverse();
    const { outcomes } = (await (await client.send(shuffled)).json()) as Awaited<
      ReturnType<WireClient['sync']>
    >;
    expect(outcomes).toMatchObject([
      { id: good.id, is: 'applied', rev: 1 },
      { id: bad.id, is: 'refused', code: 'invalid', reason: 'answers', at: ['livingMode', 'liaisonName'] },
      { id: onBad.id, is: 'refused', code: 'predecessor', reason: 'predecessorRefused' },
      { id: onGood.id, is: 'applied', rev: 2 },
    ]);
  });

  test('I8: the same field changed on two devices is a conflict with both values; different fields merge', async () => {
    const town = await start();
    const village = await town.device('A1', 'agent-a1');
    const { applicationId } = await receive(town, village, 'agent-a1');
    await village.sync();
    const counter = await town.device('A', 'clerk-a');
    await counter.press('clerk-a', 'amend', amend('独居', '与配偶居住'), { applicationId, baseRev: 1 });
    await counter.sync();
    const clash = await village.press('agent-a1', 'amend', amend('独居', '其他'), {
      applicationId,
      baseRev: 1,
    });
    expect(await village.outcomeOf(clash)).toMatchObject({
      is: 'refused',
      code: 'conflict',
      fields: { 'answers.livingMode': { from: '独居', mine: '其他', theirs: '与配偶居住' } },
    });
    const other = { fields: { 'answers.liaisonName': { from: '王样本', to: '张样本' } } };
    const merged = await village.press('agent-a1', 'amend', other, {
      applicationId,
      baseRev: 1,
      after: null,
    });
    expect(await village.outcomeOf(merged)).toMatchObject({ is: 'applied', rev: 3 });
    const { state_json } = (await rows(town)).applications[0]!;
    expect(JSON.parse(state_json).answers).toEqual({ livingMode: '与配偶居住', liaisonName: '张样本' });
  });

  test('withdrawal against decision to accept: whichever comes first wins, the other is told', async () => {
    const town = await start();
    const village = await town.device('A1', 'agent-a1');
    const { applicationId } = await receive(town, village, 'agent-a1');
    await village.sync();
    const counter = await town.device('A', 'clerk-a');
    const refusal = await counter.press('clerk-a', 'refuseAcceptance', BODIES.refuseAcceptance, {
      applicationId,
    });
    const withdrawal = await village.press('agent-a1', 'withdraw', BODIES.withdraw, { applicationId });
    const [first, second] = await Promise.all([counter.outcomeOf(refusal), village.outcomeOf(withdrawal)]);
    expect([first.is, second.is].sort()).toEqual(['applied', 'refused']);
    expect(first.is === 'refused' ? first : second).toMatchObject({ code: 'state', reason: 'closed' });
    expect(await stateOf(town, applicationId)).toBe(first.is === 'applied' ? 'refused' : 'withdrawn');
  });

  test('a hole that the device can fill is asked for; nothing is stored until it comes', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    for (let i = 0; i < 3; i++) await receive(town, client, 'agent-a1');
    const late = await client.sync(client.kept.slice(1));
    expect(late.outcomes.map((outcome) => outcome.is)).toEqual(['retry', 'retry']);
    expect(late.chain).toBe(0);
    expect((await rows(town)).commands).toEqual([]);
    const all = await client.sync();
    expect(all.outcomes.map((outcome) => outcome.is)).toEqual(['applied', 'applied', 'applied']);
    expect(all.chain).toBe(3);
  });

  test('a hole that cannot be filled: what it breaks is kept for people, and the chain goes on', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    for (let i = 0; i < 3; i++) await receive(town, client, 'agent-a1');
    const broken = await client.sync(client.kept.slice(1), { keeps: 2 });
    expect(broken.outcomes).toMatchObject([
      { is: 'quarantined', why: 'brokenChain' },
      { is: 'quarantined', why: 'brokenChain' },
    ]);
    expect(broken.chain).toBe(3);
    const next = await receive(town, client, 'agent-a1');
    const after = await client.sync(client.kept.slice(1), { keeps: 2 });
    expect(after.outcomes.slice(0, 2)).toEqual(broken.outcomes);
    expect(after.outcomes[2]).toMatchObject({ id: next.id, is: 'applied' });
    expect((await rows(town)).audit.filter((what) => what === 'quarantined')).toHaveLength(2);
  });

  test('a twin in a place that is taken is kept for people; the chain is untouched', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    await client.sync();
    const clone = await town.device('A1', 'agent-a1');
    const twin = { ...(await receive(town, clone, 'agent-a1')), device: client.device };
    const { outcomes, chain } = await client.sync([{ ...clone.kept[0]!, command: twin }]);
    expect(outcomes).toMatchObject([{ id: twin.id, is: 'quarantined', why: 'brokenChain' }]);
    expect(chain).toBe(1);
    await receive(town, client, 'agent-a1');
    expect((await client.sync()).outcomes.map((outcome) => outcome.is)).toEqual(['applied', 'applied']);
  });

  test('I14: a command that its author did not sign is not taken as theirs', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1', 'second-a1');
    await receive(town, client, 'agent-a1');
    const request = client.request(client.kept);
    const [forged] = request.runs;
    const stranger = await client.keysOf('second-a1');
    forged!.sig = await stranger.sign(new TextEncoder().encode('something else'));
    const answer = (await (await client.send(request)).json()) as { outcomes: unknown[] };
    expect(answer.outcomes).toMatchObject([{ is: 'quarantined', why: 'brokenChain' }]);
    const unsigned = await receive(town, client, 'agent-a1');
    const { outcomes } = await client.sync(client.kept, { runs: [] });
    expect(outcomes[1]).toMatchObject({ id: unsigned.id, is: 'quarantined', why: 'brokenChain' });
  });

  test('I14: what two people queued on one device goes under each one’s name, whoever carries it', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1', 'second-a1');
    await receive(town, client, 'agent-a1');
    await receive(town, client, 'second-a1');
    await receive(town, client, 'agent-a1');
    expect(client.request(client.kept).runs).toHaveLength(3);
    expect((await client.sync()).outcomes.map((outcome) => outcome.is)).toEqual([
      'applied',
      'applied',
      'applied',
    ]);
    const { events, commands } = await rows(town);
    expect(events.map((event) => JSON.parse(event.actor).id)).toEqual(['agent-a1', 'second-a1', 'agent-a1']);
    expect(commands.map((command) => command.actor)).toEqual(['agent-a1', 'second-a1', 'agent-a1']);
  });

  test('I14: a device enrolled anew carries the chain of the old one, judged as the old one’s', async () => {
    const town = await start();
    const old = await town.device('A1', 'agent-a1');
    await receive(town, old, 'agent-a1');
    await old.sync();
    await receive(town, old, 'agent-a1');
    const fresh = await town.device('A1', 'agent-a1');
    await receive(town, fresh, 'agent-a1');
    const kept = [...old.kept.slice(1), ...fresh.kept];
    const { outcomes, chain } = await fresh.sync(kept, { keeps: 1 });
    expect(outcomes.map((outcome) => outcome.is)).toEqual(['applied', 'applied']);
    expect(chain).toBe(1);
    const devices = (await rows(town)).commands.map((command) => command.device);
    expect(devices.filter((device) => device === old.device)).toHaveLength(2);
  });

  test('a batch may end anywhere: the last signature of what is sent is enough', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    for (let i = 0; i < 5; i++) await receive(town, client, 'agent-a1');
    for (const end of [2, 3, 5]) {
      const { outcomes } = await client.sync(client.kept.slice(0, end));
      expect(outcomes.every((outcome) => outcome.is === 'applied')).toBe(true);
    }
  });

  test('a revoked device hands over its work, which is kept for people; nothing goes down', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    await town.store.write((trx) => trx.updateTable('device').set({ status: 'revoked' }).execute());
    const answer = await client.sync();
    expect(answer.outcomes).toMatchObject([{ is: 'quarantined', why: 'deviceRevoked' }]);
    expect(answer.feed).toBeNull();
    expect(answer.release).toBe('');
    expect((await rows(town)).applications).toEqual([]);
  });

  test('the work of a person who was disabled meanwhile is kept for people; a colleague’s goes on', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1', 'second-a1');
    const left = await receive(town, client, 'agent-a1');
    const follow = await client.press('second-a1', 'amend', amend('独居', '其他'), {
      applicationId: left.applicationId,
    });
    await receive(town, client, 'second-a1');
    await town.store.write((trx) =>
      trx.updateTable('staff').set({ status: 'disabled' }).where('id', '=', 'agent-a1').execute(),
    );
    const { outcomes } = await client.sync();
    expect(outcomes).toMatchObject([
      { id: left.id, is: 'quarantined', why: 'staffDisabled' },
      { id: follow.id, is: 'quarantined', why: 'staffDisabled' },
      { is: 'applied' },
    ]);
  });

  test('a fault of ours parks one command and its followers; the others go on; a replay finishes them', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const item = { ...ALLOWANCE, taskCode: SPOIL };
    const { hash } = await town.refOf(item);
    const addItem = (data: string) =>
      town.store.write(async (trx) => {
        await trx
          .insertInto('item_version')
          .values({ hash, code: item.code, data })
          .onConflict((on) => on.column('hash').doUpdateSet({ data }))
          .execute();
      });
    // an item that our own rules cannot read
    await addItem(JSON.stringify({ ...item, materials: null }));
    await town.store.write((trx) =>
      trx
        .insertInto('item_release')
        .values({
          county: 'S410526000000',
          level: 'village',
          hash,
          code: item.code,
          first_release: 1,
          last_release: 1,
        })
        .execute(),
    );
    const bad = await spoilt(client, town);
    const follower = await client.press('agent-a1', 'amend', amend('独居', '其他'), {
      applicationId: bad.applicationId,
    });
    const good = await receive(town, client, 'agent-a1');
    const { outcomes } = await client.sync();
    expect(outcomes).toMatchObject([
      { id: bad.id, is: 'parked' },
      { id: follower.id, is: 'parked' },
      { id: good.id, is: 'applied', rev: 1, seq: 1 },
    ]);
    expect(await replayParked(town.office)).toEqual({ applied: 0, refused: 0, parked: 2 });

    await addItem(JSON.stringify(item));
    const mended = {
      ...town.office,
      rulebook: new (town.office.rulebook.constructor as new () => typeof town.office.rulebook)(),
    };
    expect(await replayParked(mended)).toEqual({ applied: 2, refused: 0, parked: 0 });
    expect((await client.sync()).outcomes).toMatchObject([
      { id: bad.id, is: 'applied', rev: 1, seq: 2 },
      { id: follower.id, is: 'applied', rev: 2, seq: 3 },
      { id: good.id, is: 'applied', rev: 1, seq: 1 },
    ]);
  });

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

  test('what follows a command that never existed is kept for people: it can never be judged', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const after = '0199aaaa-0000-7000-8000-000000000000';
    const lost = await receive(town, client, 'agent-a1', {}, { after });
    expect(await client.outcomeOf(lost)).toMatchObject({ is: 'quarantined', why: 'brokenChain' });
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

  test('an item that left the catalogue is taken and flagged from a device that did not know; later it is refused', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    client.release = 'S410526000000/village/1';
    await client.sync([]);
    await town.publish([{ ...ALLOWANCE, conditions: '改过的条件' }]);
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
    const flags = states.sort((a, b) => (a.id < b.id ? -1 : 1)).map((state) => state.flags);
    expect(flags).toEqual([[], [], ['receivedEarly']]);
  });

  test('the audit’s chain holds, and shows a line that was changed', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    await client.sync(client.kept, { runs: [] });
    expect(await town.store.read(brokenAuditLine)).toBeNull();
    await town.store.write((trx) =>
      trx.updateTable('audit').set({ who: 'nobody' }).where('seq', '=', 2).execute(),
    );
    expect(await town.store.read(brokenAuditLine)).toBe(2);
  });

  test('two hundred calls of twenty devices at once: all applied, numbers without gap', async () => {
    const town = await start();
    const clients = await Promise.all(
      Array.from({ length: 20 }, (_, i) => town.device(i % 2 ? 'A1' : 'A2', i % 2 ? 'agent-a1' : 'agent-a2')),
    );
    for (const client of clients) {
      const actor = client.enrolled.site.id === SITES.A1.id ? 'agent-a1' : 'agent-a2';
      for (let i = 0; i < 2; i++) await receive(town, client, actor);
    }
    const calls = Array.from({ length: 200 }, (_, i) => clients[i % 20]!.sync());
    const answers = await Promise.all(calls);
    expect(answers.flatMap((answer) => answer.outcomes).every((outcome) => outcome.is === 'applied')).toBe(
      true,
    );
    const { events, commands } = await rows(town);
    expect(commands).toHaveLength(40);
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });
});
