/** What goes down: every event of the scope once and in order, or, when a cursor says nothing any more, everything. */
import { expect, test } from 'vitest';
import { fold } from '#lib/domain/evolve.ts';
import type { FeedEvent } from '#lib/protocol/sync.ts';
import { BODIES } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { foundTown, receive, SITES, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';

const officeState = async (town: Town, id: string): Promise<unknown> => {
  const row = await town.store.read((trx) =>
    trx.selectFrom('application').select('state_json').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  return JSON.parse(row.state_json);
};

const receiveMany = async (town: Town, client: WireClient, actor: string, count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await receive(town, client, actor);
  await client.sync();
};

eachDatabase('the feed', ({ open }) => {
  const start = async () => foundTown(await open());

  test('I15: a device’s fold of what it pulled is the office’s state', async () => {
    const town = await start();
    const village = await town.device('A1', 'agent-a1');
    await village.pull();
    const { applicationId } = await receive(town, village, 'agent-a1');
    await village.sync();
    const counter = await town.device('A', 'clerk-a');
    await counter.press('clerk-a', 'accept', {}, { applicationId });
    await counter.press('clerk-a', 'assign', BODIES.assign, { applicationId });
    await counter.sync();
    const { snapshots } = await village.pull();
    expect(snapshots.map((one) => one.state)).toEqual([await officeState(town, applicationId)]);
    await counter.press('clerk-a', 'forward', BODIES.forward, { applicationId });
    await counter.sync();
    const { events, resets } = await village.pull();
    expect(resets).toEqual([]);
    expect(fold(events, snapshots[0]!.state)).toEqual(await officeState(town, applicationId));
  });

  test('I3: under twenty concurrent writers a polling device misses nothing and sees no gap', async () => {
    const town = await start();
    const counter = await town.device('A', 'clerk-a');
    await receiveMany(town, counter, 'clerk-a', 1);
    await counter.pull();
    const villages = await Promise.all(
      Array.from({ length: 10 }, (_, i) => town.device(i % 2 ? 'A1' : 'A2', i % 2 ? 'agent-a1' : 'agent-a2')),
    );
    for (const [i, village] of villages.entries()) {
      for (let k = 0; k < 4; k++) await receive(town, village, i % 2 ? 'agent-a1' : 'agent-a2');
    }
    const seen: FeedEvent[] = [];
    let writing = true;
    const polling = (async () => {
      for (;;) {
        const last = !writing;
        const { events, resets } = await counter.pull();
        expect(resets).toEqual([]);
        seen.push(...events);
        if (last) return;
      }
    })();
    await Promise.all(
      villages.map(async (village) => {
        for (const kept of [1, 2, 3, 4]) await village.sync(village.kept.slice(0, kept));
      }),
    );
    writing = false;
    await polling;
    expect(seen.map((event) => event.seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 2));
  });

  test('a village is sent its own rows only, and its cursor moves over the others', async () => {
    const town = await start();
    const [one, two] = [await town.device('A1', 'agent-a1'), await town.device('A2', 'agent-a2')];
    await receiveMany(town, one, 'agent-a1', 1);
    await one.pull();
    await receiveMany(town, two, 'agent-a2', 3);
    const { events } = await one.pull();
    expect(events).toEqual([]);
    expect(one.position.cursor).toBe(4);
    await receiveMany(town, one, 'agent-a1', 1);
    expect((await one.pull()).events.map((event) => event.seq)).toEqual([5]);
  });

  test('another township’s feed is another one', async () => {
    const town = await start();
    const [a, b] = [await town.device('A', 'clerk-a'), await town.device('B', 'clerk-b')];
    await receiveMany(town, a, 'clerk-a', 3);
    await receiveMany(town, b, 'clerk-b', 1);
    expect((await b.pull()).snapshots).toHaveLength(1);
    expect(b.position.cursor).toBe(1);
  });

  test('events come in pages of 64 KB, and every one of them once', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receiveMany(town, client, 'agent-a1', 1);
    await client.pull();
    const strokes = Array.from({ length: 20 }, (_, s) => Array.from({ length: 100 }, (_, p) => s * 100 + p));
    const signature = { kind: 'drawn' as const, by: '王示例', width: 3000, height: 1200, strokes };
    for (let i = 0; i < 20; i++) await receive(town, client, 'agent-a1', { signature });
    await client.sync();
    const first = await client.sync([]);
    if (first.feed === null || 'reset' in first.feed) throw new Error('events were expected');
    expect(first.feed.more).toBe(true);
    expect(JSON.stringify(first.feed.events).length).toBeLessThan(66_000);
    const { events } = await client.pull();
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 2));
  });

  test('a reset comes in pages, while the office goes on working, and ends where the feed goes on', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const strokes = Array.from({ length: 20 }, (_, s) => Array.from({ length: 100 }, (_, p) => s * 100 + p));
    const signature = { kind: 'drawn' as const, by: '王示例', width: 3000, height: 1200, strokes };
    for (let i = 0; i < 20; i++) await receive(town, client, 'agent-a1', { signature });
    await client.sync();
    const first = await client.sync([]);
    if (first.feed === null || !('reset' in first.feed)) throw new Error('a reset was expected');
    expect(first.feed).toMatchObject({ reset: 'first', at: 20 });
    expect(first.feed.next).not.toBeNull();
    const ids = first.feed.page.map((one) => one.applicationId);
    const target = ids[0]!;
    await client.press('agent-a1', 'withdraw', BODIES.withdraw, { applicationId: target });
    await client.sync();
    let { next } = first.feed;
    const { at, mark } = first.feed;
    client.position = { lineage: first.lineage, cursor: at, mark };
    while (next !== null) {
      const answer = await client.sync([], { page: { at, next } });
      if (answer.feed === null || !('reset' in answer.feed)) throw new Error('a reset was expected');
      expect(answer.feed).toMatchObject({ at, mark });
      ids.push(...answer.feed.page.map((one) => one.applicationId));
      next = answer.feed.next;
    }
    expect(new Set(ids).size).toBe(20);
    const { events } = await client.pull();
    expect(events).toMatchObject([{ seq: 21, applicationId: target, rev: 2, event: { is: 'withdrawn' } }]);
  });

  test('a reset leaves out what was closed more than seven days ago', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    const { applicationId } = await receive(town, client, 'agent-a1');
    await client.press('agent-a1', 'withdraw', BODIES.withdraw, { applicationId });
    const open_ = await receive(town, client, 'agent-a1');
    await client.sync();
    town.setClock('2026-09-25T02:00:00.000Z');
    expect((await client.pull()).snapshots).toHaveLength(2);
    town.setClock('2026-09-26T02:00:00.000Z');
    client.position = { lineage: '', cursor: 0, mark: '' };
    expect((await client.pull()).snapshots.map((one) => one.applicationId)).toEqual([open_.applicationId]);
  });

  test.each([
    ['lineage', { lineage: 'another office' }],
    ['ahead', { cursor: 99 }],
    ['mark', { mark: '0123456789abcdef' }],
    ['first', { lineage: '', cursor: 0, mark: '' }],
  ] as const)('a cursor that says nothing is answered with a reset: %s', async (reason, change) => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receiveMany(town, client, 'agent-a1', 2);
    await client.pull();
    expect((await client.pull()).resets).toEqual([]);
    const { feed } = await client.sync([], change);
    expect(feed).toMatchObject({ reset: reason, at: 2, next: null });
    expect(feed && 'page' in feed && feed.page).toHaveLength(2);
  });

  test('a site that comes under another path is sent everything anew', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receiveMany(town, client, 'agent-a1', 2);
    await client.pull();
    const path = SITES.A1.path.replace('S410526000000', 'S410505000000');
    await town.store.write((trx) =>
      trx.updateTable('site').set({ path }).where('id', '=', SITES.A1.id).execute(),
    );
    expect((await client.sync([])).feed).toMatchObject({ reset: 'scope', at: 2 });
    // the answer was lost: it is told again until the device has a mark of the new scope
    expect((await client.sync([])).feed).toMatchObject({ at: 2, next: null });
    expect((await client.pull()).resets).toEqual(['mark']);
    expect((await client.pull()).resets).toEqual([]);
  });

  test('I2: fault: office restored from last night → another lineage, fewer events; the device sends again and both agree', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    await receiveMany(town, client, 'agent-a1', 2);
    await client.pull();
    const third = await receive(town, client, 'agent-a1');
    // last night's backup: the third command never arrived, and restoring set a new lineage
    await town.store.write((trx) => trx.updateTable('lineage').set({ id: 'restored' }).execute());
    const answer = await client.sync();
    expect(answer.lineage).toBe('restored');
    expect(answer.feed).toMatchObject({ reset: 'lineage' });
    expect(answer.outcomes.at(-1)).toMatchObject({ id: third.id, is: 'applied' });
    expect((await client.pull()).snapshots).toHaveLength(3);
  });

  test('an office without applications answers empty events, not a reset for ever', async () => {
    const town = await start();
    const client = await town.device('A1', 'agent-a1');
    expect((await client.pull()).resets).toEqual(['first']);
    expect((await client.sync([])).feed).toEqual({ from: 0, to: 0, mark: '', more: false, events: [] });
  });
});
