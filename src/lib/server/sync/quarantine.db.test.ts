/** Commands that cannot be taken as they come: broken chains, revoked devices, faults of ours. None is lost. */
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, foundTown, receive, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { replayParked } from './replay-parked.ts';

const rows = (town: Town) =>
  town.store.read(async (trx) => ({
    commands: await trx.selectFrom('command').selectAll().orderBy('n').execute(),
    events: await trx.selectFrom('event').selectAll().orderBy('seq').execute(),
    applications: await trx.selectFrom('application').selectAll().execute(),
    audit: (await trx.selectFrom('audit').select('what').orderBy('seq').execute()).map((row) => row.what),
  }));

const amend = (from: string, to: string) => ({ fields: { 'answers.livingMode': { from, to } } });

/** An item that our own rules trip over, as a bug of ours would. */
const SPOIL = '示例故障';
async function spoilt(client: WireClient, town: Town) {
  return receive(town, client, 'agent-a1', { item: { ...ALLOWANCE, taskCode: SPOIL } });
}

eachDatabase('commands that people judge', ({ open }) => {
  const start = async () => foundTown(await open());

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

  test('I7: fault: handler throws on one command of fifty → it and what follows it are parked, the others go on; a replay finishes them', async () => {
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
    for (let i = 0; i < 24; i++) await receive(town, client, 'agent-a1');
    const bad = await spoilt(client, town);
    for (let i = 0; i < 25; i++) await receive(town, client, 'agent-a1');
    const follower = await client.press('agent-a1', 'amend', amend('独居', '其他'), {
      applicationId: bad.applicationId,
    });
    const { outcomes } = await client.sync();
    expect(outcomes.filter(({ is }) => is === 'parked').map(({ id }) => id)).toEqual([bad.id, follower.id]);
    expect(outcomes.filter(({ is }) => is === 'applied')).toHaveLength(49);
    expect(outcomes.at(-2)).toMatchObject({ is: 'applied', rev: 1, seq: 49 });
    expect(await replayParked(town.office)).toEqual({ applied: 0, refused: 0, parked: 2 });

    await addItem(JSON.stringify(item));
    const mended = {
      ...town.office,
      rulebook: new (town.office.rulebook.constructor as new () => typeof town.office.rulebook)(),
    };
    expect(await replayParked(mended)).toEqual({ applied: 2, refused: 0, parked: 0 });
    const after = (await client.sync()).outcomes;
    expect(after[24]).toMatchObject({ id: bad.id, is: 'applied', rev: 1, seq: 50 });
    expect(after.at(-1)).toMatchObject({ id: follower.id, is: 'applied', rev: 2, seq: 51 });
    expect(after.toSpliced(24, 1).slice(0, -1)).toEqual(outcomes.filter(({ is }) => is === 'applied'));
  });

  test('a row that the database does not take parks its own command alone; the others are numbered without a gap', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const first = await receive(town, client, 'agent-a1');
    const { queryToken } = first.body as { queryToken: string };
    // no two applications may bear one token: a fault of the device's program
    const twin = await receive(town, client, 'agent-a1', { queryToken });
    const last = await receive(town, client, 'agent-a1');
    expect((await client.sync()).outcomes).toMatchObject([
      { id: first.id, is: 'applied', rev: 1, seq: 1 },
      { id: twin.id, is: 'parked' },
      { id: last.id, is: 'applied', rev: 1, seq: 2 },
    ]);
    const { commands, events, applications } = await rows(town);
    expect(commands.map(({ status }) => status)).toEqual(['applied', 'parked', 'applied']);
    expect(events.map(({ application }) => application)).toEqual([first.applicationId, last.applicationId]);
    expect(applications.map(({ seq }) => seq).sort()).toEqual([1, 2]);
  });

  test('what follows a command that never existed is kept for people: it can never be judged', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const after = '0199aaaa-0000-7000-8000-000000000000';
    const lost = await receive(town, client, 'agent-a1', {}, { after });
    expect(await client.outcomeOf(lost)).toMatchObject({ is: 'quarantined', why: 'brokenChain' });
  });
});
