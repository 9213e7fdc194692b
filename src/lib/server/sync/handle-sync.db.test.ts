/** The door itself: caps, malformed bodies, answers that a device can act on. */
import { gunzipSync, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { errorResponse } from '#lib/protocol/errors.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { syncResponse } from '#lib/protocol/sync.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { foundTown, receive } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

eachDatabase('POST /api/sync', ({ open }) => {
  const start = async () => {
    const town = await foundTown(await open());
    return { town, client: await town.device('A1', 'agent-a1') };
  };
  const raw = (
    client: WireClient,
    body: BodyInit | null,
    headers: Record<string, string>,
  ): Promise<Response> => client.call('/api/sync', { method: 'POST', body, headers });
  const errorOf = async (response: Response): Promise<string> => {
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    return `${response.status} ${v.parse(errorResponse, await response.json()).error}`;
  };

  test('answers as the protocol says, gzipped for who takes it, and kept by nobody', async () => {
    const { town, client } = await start();
    for (let i = 0; i < 3; i++) await receive(town, client, 'agent-a1');
    const response = await client.call('/api/sync', {
      method: 'POST',
      body: JSON.stringify(client.request(client.kept)),
      headers: { ...JSON_TYPE, 'accept-encoding': 'br, gzip' },
    });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const answer = v.parse(syncResponse, JSON.parse(gunzipSync(await response.arrayBuffer()).toString()));
    expect(answer).toMatchObject({
      chain: 3,
      release: 'S410526000000/village/1',
      now: '2026-09-18T02:00:00.000Z',
    });
  });

  test('fault: 401 → no session, a made-up session and one that ran out are answered so', async () => {
    const { town, client } = await start();
    const request = client.request([]);
    const { cookie } = client;
    client.cookie = '';
    expect(await errorOf(await client.send(request))).toBe('401 noSession');
    client.cookie = 'jinban-device=made-up';
    expect(await errorOf(await client.send(request))).toBe('401 noSession');
    client.cookie = cookie;
    expect((await client.send(request)).status).toBe(200);
    town.setClock('2026-09-18T14:00:00.000Z');
    expect(await errorOf(await client.send(request))).toBe('401 noSession');
  });

  test('fault: truncated gzip → it is told apart, as every body that is no JSON of ours, and nothing is stored', async () => {
    const { town, client } = await start();
    await receive(town, client, 'agent-a1');
    const request = client.request(client.kept);
    const text = JSON.stringify(request);
    const cases: [string, BodyInit | null, Record<string, string>][] = [
      ['415 notJson', text, { 'content-type': 'text/plain' }],
      ['415 notJson', text, { ...JSON_TYPE, 'content-encoding': 'br' }],
      ['400 malformed', '{"protocol":1', JSON_TYPE],
      ['400 malformed', null, JSON_TYPE],
      ['400 malformed', 'null', JSON_TYPE],
      ['400 malformed', '[]', JSON_TYPE],
      ['400 malformed', text, { ...JSON_TYPE, 'content-encoding': 'gzip' }],
      [
        '400 malformed',
        new Uint8Array(gzipSync(text)).slice(0, -20),
        { ...JSON_TYPE, 'content-encoding': 'gzip' },
      ],
      ['400 malformed', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), JSON_TYPE],
      ['400 malformed', JSON.stringify({ ...request, extra: 1 }), JSON_TYPE],
      ['400 malformed', JSON.stringify({ ...request, cursor: -1 }), JSON_TYPE],
      ['400 malformed', JSON.stringify({ ...request, protocol: undefined }), JSON_TYPE],
      ['400 malformed', text.replace('示例村一组', '\\ud800'), JSON_TYPE],
      ['426 oldProtocol', JSON.stringify({ protocol: 2, later: true }), JSON_TYPE],
    ];
    for (const [expected, body, headers] of cases) {
      expect([expected, await errorOf(await raw(client, body, headers))]).toEqual([expected, expected]);
    }
    expect(await town.store.read((trx) => trx.selectFrom('command').select('id').execute())).toEqual([]);
    expect((await client.sync()).outcomes[0]?.is).toBe('applied');
  });

  test('fault: 413; gzip bomb → told before it is read to its end: packed, unpacked, counted', async () => {
    const { town, client } = await start();
    const command = await receive(town, client, 'agent-a1');
    const request = client.request(client.kept);
    const noise = Array.from({ length: 60_000 }, (_, i) => Math.imul(i, 2654435761).toString(36)).join('');
    const large = JSON.stringify({ ...request, lineage: noise });
    expect(large.length).toBeGreaterThan(LIMITS.compressed);
    expect(await errorOf(await raw(client, large, JSON_TYPE))).toBe('413 tooLarge');

    const bomb = new Uint8Array(gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20), { level: 9 }));
    expect(bomb.length).toBeLessThan(LIMITS.compressed);
    const before = process.memoryUsage().arrayBuffers;
    expect(await errorOf(await raw(client, bomb, { ...JSON_TYPE, 'content-encoding': 'gzip' }))).toBe(
      '413 tooLarge',
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);

    const many = { ...request, commands: Array.from({ length: LIMITS.commands + 1 }, () => command) };
    expect(await errorOf(await client.send(many))).toBe('413 tooLarge');
  });

  test('a stream without a length is cut at the cap as well', async () => {
    const { client } = await start();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16 * 1024;
        controller.enqueue(new Uint8Array(16 * 1024).fill(0x20));
        if (sent > 64 * LIMITS.compressed) controller.close();
      },
    });
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body,
      headers: JSON_TYPE,
      duplex: 'half',
    };
    expect(await errorOf(await client.call('/api/sync', init))).toBe('413 tooLarge');
    expect(sent).toBeLessThan(2 * LIMITS.compressed);
  });

  test('500 commands in one request are judged, each on its own', async () => {
    const { town, client } = await start();
    const { applicationId } = await receive(town, client, 'agent-a1');
    const amend = { fields: { 'answers.livingMode': { from: '独居', to: '其他' } } };
    // agents never accept; without `after` the last one follows none of the refused
    for (let i = 2; i < LIMITS.commands; i++) {
      await client.press('agent-a1', 'accept', {}, { applicationId, after: null });
    }
    await client.press('agent-a1', 'amend', amend, { applicationId, after: null });
    const { outcomes } = await client.sync();
    expect(outcomes).toHaveLength(LIMITS.commands);
    expect(outcomes.filter((outcome) => outcome.is === 'refused')).toHaveLength(LIMITS.commands - 2);
    expect(outcomes.at(-1)).toMatchObject({ is: 'applied', rev: 2, seq: 2 });
  });

  test('fault: 500 → a database that fails says so in our JSON, and the device sends again', async () => {
    const { town, client } = await start();
    await receive(town, client, 'agent-a1');
    await town.store.write((trx) => trx.schema.alterTable('feed').renameTo('gone').execute());
    expect(await errorOf(await client.send(client.request(client.kept)))).toBe('500 fault');
    await town.store.write((trx) => trx.schema.alterTable('gone').renameTo('feed').execute());
    expect((await client.sync()).outcomes).toMatchObject([{ is: 'applied', rev: 1, seq: 1 }]);
  });
});
