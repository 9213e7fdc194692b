/** The idle poll at the office's door: quiet only when there is nothing to say, else the answer that POST gives. */
import { expect, test } from 'vitest';
import { numberOfTight, openTight } from '#lib/catalogue/tight-patch.ts';
import type { Level } from '#lib/domain/item.ts';
import { NEWS_TYPE, POLL_HEADER, pollOf, standingAfter, type Standing } from '#lib/protocol/poll.ts';
import type { SyncResponse } from '#lib/protocol/sync.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, foundTown, receive } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { wholeRelease } from '../catalogue/ways.ts';

eachDatabase('the idle poll', ({ open }) => {
  const start = async () => {
    const town = await foundTown(await open());
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    await client.sync();
    await client.pull();
    const standing = standingAfter(await client.sync([]))!;
    return { town, client, standing };
  };
  const poll = (client: WireClient, standing: Standing, change = (query: string) => query) =>
    client.call(`/api/sync?${change(pollOf(standing))}`);
  const answerOf = async (response: Response): Promise<SyncResponse> =>
    (await response.json()) as SyncResponse;

  test('nothing new is 204 without a body, with the office’s clock and its own header', async () => {
    const { town, client, standing } = await start();
    const quiet = await poll(client, standing);
    expect([quiet.status, await quiet.text(), quiet.headers.get(POLL_HEADER)]).toEqual([204, '', '1']);
    expect(Date.parse(quiet.headers.get('date')!)).toBe(Date.parse(town.office.clock.now()));
  });

  test('what is new comes in the same answer: an event, a release, another lineage, a lost end of the chain', async () => {
    const { town, client, standing } = await start();
    await receive(town, client, 'agent-a1');
    await client.sync();
    const event = await answerOf(await poll(client, standing));
    expect(event).toEqual(await client.sync([]));
    expect(event.feed).toMatchObject({ from: 1, to: 2, events: [{ seq: 2 }] });
    await client.pull();
    const after = standingAfter(await client.sync([]))!;
    expect((await poll(client, after)).status).toBe(204);
    for (const other of [{ chain: 1 }, { mark: '0'.repeat(16) }, { lineage: 'another' }, { cursor: 1 }])
      expect((await poll(client, { ...after, ...other })).status).toBe(200);
    await town.publish([ALLOWANCE]);
    const news = await poll(client, after);
    expect(numberOfTight(new Uint8Array(await news.arrayBuffer()))).toBe(2);
  });

  test('where only the release is new, the patch to it comes alone and in bytes', async () => {
    const { town, client } = await start();
    client.release = (await client.sync([])).release;
    const standing = standingAfter(await client.sync([]))!;
    await town.publish([{ ...ALLOWANCE, conditions: '改过的条件' }]);
    const answer = await poll(client, standing);
    expect(answer.headers.get('content-type')).toBe(NEWS_TYPE);
    expect(Date.parse(answer.headers.get('date')!)).toBe(Date.parse(town.office.clock.now()));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    expect(numberOfTight(bytes)).toBe(2);
    const [, county, level] = /^(.+)\/(.+)\/1$/.exec(standing.release)!;
    const place = { county: county!, level: level as Level };
    const older = await town.store.read((trx) => wholeRelease(trx, place, 1));
    const patch = await openTight(older!, bytes);
    expect(JSON.stringify(patch)).toContain('改过的条件');
    // once it is not alone, and for a program that takes no bytes, it comes as JSON
    const asJson = { release: standing.release.replace(/1$/, '2'), patch };
    const yesterday = (query: string) => query.replace('~', '.');
    expect(await answerOf(await poll(client, standing, yesterday))).toMatchObject(asJson);
    await receive(town, client, 'agent-a1');
    await client.sync();
    expect(await answerOf(await poll(client, standing))).toMatchObject({ ...asJson, feed: { to: 2 } });
  });

  test('a revoked device hears nothing, a stranger 401, nonsense 400, another protocol 426', async () => {
    const { town, client, standing } = await start();
    const statusOf = async (change: (query: string) => string): Promise<number> =>
      (await poll(client, standing, change)).status;
    expect(await statusOf(() => 'x')).toBe(400);
    expect(await statusOf((query) => query.slice(0, -3))).toBe(400);
    expect(await statusOf((query) => query.replace(/^1\./, '2.'))).toBe(426);
    await town.store.write((trx) => trx.updateTable('device').set({ status: 'revoked' }).execute());
    expect((await answerOf(await poll(client, standing))).feed).toBe(null);
    client.cookie = '';
    expect(await statusOf((query) => query)).toBe(401);
  });
});
