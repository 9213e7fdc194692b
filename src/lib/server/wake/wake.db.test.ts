/** The held stream at the office's door: whom it wakes, whom it does not, and when it ends. */
import { expect, test } from 'vitest';
import { isWake, WAKE_COMMENT, WAKE_TYPE } from '#lib/protocol/wake.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, COUNTY, foundTown, receive, SITES, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { WakeStreams } from './wake-streams.ts';

/** What a device has heard so far; `over` once the office has ended the stream. */
async function listen(client: WireClient) {
  const response = await client.call('/api/wake');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, WAKE_TYPE]);
  const reader = response.body!.getReader();
  const heard = { first: '', wakes: 0, over: false, stop: () => reader.cancel() };
  const read = async (): Promise<Uint8Array | undefined> => (await reader.read()).value;
  heard.first = new TextDecoder().decode(await read());
  void (async () => {
    for (let bytes = await read(); bytes; bytes = await read()) heard.wakes += Number(isWake(bytes));
    heard.over = true;
  })();
  return heard;
}

const look = async ({ office }: Town): Promise<void> => {
  await office.store.read((trx) => office.watch.look(trx));
  await new Promise((resolve) => setImmediate(resolve));
};
const check = async ({ office }: Town): Promise<void> => {
  await office.store.read((trx) => office.watch.check(trx, office.clock.now()));
  await new Promise((resolve) => setImmediate(resolve));
};

eachDatabase('the held stream', ({ open }) => {
  const start = async () => {
    const town = await foundTown(await open());
    const agent = await town.device('A1', 'agent-a1');
    return { town, agent };
  };

  test('an application wakes the clerk of its township at once, and nobody else', async () => {
    const { town, agent } = await start();
    const own = await listen(agent);
    const clerk = await listen(await town.device('A', 'clerk-a'));
    const neighbour = await listen(await town.device('A2', 'agent-a2'));
    const stranger = await listen(await town.device('B', 'clerk-b'));
    const colleague = await listen(await town.device('A1', 'second-a1'));
    const all = [own, clerk, neighbour, stranger, colleague];
    expect(all.map(({ first }) => first)).toEqual(all.map(() => WAKE_COMMENT));
    await look(town);
    expect(all.map(({ wakes }) => wakes)).toEqual([0, 0, 0, 0, 0]);
    await receive(town, agent, 'agent-a1');
    await agent.sync();
    await look(town);
    // who sent it has heard of it in the answer
    expect(all.map(({ wakes }) => wakes)).toEqual([0, 1, 0, 0, 1]);
    await look(town);
    expect(all.map(({ wakes }) => wakes)).toEqual([0, 1, 0, 0, 1]);
  });

  test('a release wakes the sites of its county and level', async () => {
    const { town, agent } = await start();
    const heard = await listen(agent);
    await town.publish([ALLOWANCE]);
    await look(town);
    expect(heard.wakes).toBe(1);
  });

  test('so does a step of a release from ring to ring, and a choice of items', async () => {
    const { town, agent } = await start();
    const heard = await listen(agent);
    const at = '2026-09-23T06:00:00.000Z';
    const plan = {
      id: 'plan',
      county: COUNTY,
      stage: 'all' as const,
      number: 1,
      base: '{}',
      summary: '',
      note: '',
    };
    await town.store.write(async (trx) => {
      const made = { made_by: 'releaser', made_at: at, contents: new Uint8Array(1) };
      await trx
        .insertInto('release_plan')
        .values({ ...plan, ...made })
        .execute();
      const step = { plan: 'plan', n: 1, at, who: 'releaser', what: '全县', note: '' };
      await trx.insertInto('release_step').values(step).execute();
    });
    await look(town);
    expect(heard.wakes).toBe(1);
    const choice = { site: SITES.A1.id, left_out: '[]', mark: '', changed_at: at, changed_by: 'admin' };
    await town.store.write((trx) => trx.insertInto('site_choice').values(choice).execute());
    await look(town);
    await look(town);
    expect(heard.wakes).toBe(2);
  });

  test('what was committed before a stream opened is left to the poll, all that comes after wakes', async () => {
    const { town, agent } = await start();
    const clerk = await town.device('A', 'clerk-a');
    await receive(town, agent, 'agent-a1');
    await agent.sync();
    const heard = await listen(clerk);
    await look(town);
    expect(heard.wakes).toBe(0);
    await receive(town, agent, 'agent-a1');
    await agent.sync();
    await look(town);
    expect(heard.wakes).toBe(1);
  });

  test('it ends with the session: revoked, moved, or over', async () => {
    const { town, agent } = await start();
    const other = await town.device('A2', 'agent-a2');
    const third = await town.device('B1', 'agent-b1');
    const [one, two, three] = [await listen(agent), await listen(other), await listen(third)];
    await check(town);
    expect([one.over, two.over, three.over]).toEqual([false, false, false]);
    await town.store.write(async (trx) => {
      const of = (client: WireClient) => trx.updateTable('device').where('id', '=', client.device);
      await of(agent).set({ status: 'revoked' }).execute();
      await of(other).set({ site: 'S410526103000' }).execute();
    });
    await check(town);
    expect([one.over, two.over, three.over]).toEqual([true, true, false]);
    expect((await agent.call('/api/wake')).status).toBe(403);
    town.setClock('2027-01-01T00:00:00.000Z');
    await check(town);
    expect(three.over).toBe(true);
    expect((await third.call('/api/wake')).status).toBe(401);
  });

  test('one stream a device, no more than so many in all, and none for a line that takes nothing', async () => {
    const { town, agent } = await start();
    const older = await listen(agent);
    const newer = await listen(agent);
    await expect.poll(() => older.over).toBe(true);
    expect(town.office.wakeStreams.listeners).toHaveLength(1);
    await newer.stop();
    expect(town.office.wakeStreams.listeners).toHaveLength(0);

    Object.assign(town.office, { wakeStreams: new WakeStreams(1) });
    await agent.call('/api/wake');
    const refused = await (await town.device('A2', 'agent-a2')).call('/api/wake');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '600']);
    // nobody reads the agent's
    for (let beats = 0; beats < 20; beats++) town.office.wakeStreams.beat();
    expect(town.office.wakeStreams.listeners).toHaveLength(0);
  });
});
