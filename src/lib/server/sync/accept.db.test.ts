/** Delivering commands: once, in order, under their author's name. */
import { expect, test } from 'vitest';
import { BODIES, receiveBody } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { foundTown, receive, SITES, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { brokenAuditLine } from '../audit.ts';

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

eachDatabase('commands', ({ open }) => {
  const start = async () => foundTown(await open());

  test('I1: fault: request sent three times at once; answer lost after commit → one effect, identical outcomes', async () => {
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

  test('I8: fault: village and township amend the same field; village and township amend different fields → a conflict with both values; merged', async () => {
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

  test('I14: fault: A queues and leaves, B signs in → each command goes under its author’s name, whoever carries it', async () => {
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
