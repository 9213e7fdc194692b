/** Packed requests at the office's door: judged as the same request in JSON is, and never more than that. */
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Item } from '#lib/domain/item.ts';
import type { wireCommand } from '#lib/protocol/command.ts';
import { briefResponse, full } from '#lib/protocol/brief.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { pack, PACK_TYPE } from '#lib/protocol/pack.ts';
import type { SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, foundTown, PERMIT, receive, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';

eachDatabase('packed requests', ({ open }) => {
  const start = async () => {
    const town = await foundTown(await open());
    const client = await town.device('A1', 'agent-a1');
    const versions = new Map<string, Item>();
    for (const item of [ALLOWANCE, PERMIT]) versions.set((await town.refOf(item)).hash, item);
    return { town, client, versions };
  };
  const send = (client: WireClient, body: BodyInit, headers: Record<string, string> = {}) =>
    client.call('/api/sync', { method: 'POST', body, headers: { 'content-type': PACK_TYPE, ...headers } });
  const errorOf = async (response: Response): Promise<string> =>
    `${response.status} ${((await response.json()) as { error: string }).error}`;
  const stored = (town: Town) =>
    town.store.read((trx) => trx.selectFrom('command').select(['id', 'body']).execute());

  test('I1: the same commands packed and as JSON are the same commands, with the same outcomes', async () => {
    const { town, client, versions } = await start();
    for (let n = 0; n < 5; n++) await receive(town, client, 'agent-a1');
    const request = client.request(client.kept);
    const packed = await send(client, await pack(request, versions));
    const { outcomes } = full(v.parse(briefResponse, await packed.json()), request.commands)!;
    expect(outcomes.map(({ is }) => is)).toEqual(Array.from({ length: 5 }, () => 'applied'));
    const kept = await stored(town);
    expect((await client.sync()).outcomes).toEqual(outcomes);
    expect(await stored(town)).toEqual(kept);
  });

  test('I5: another body under the same id is refused, packed or not', async () => {
    const { town, client, versions } = await start();
    const command = await receive(town, client, 'agent-a1');
    await client.sync();
    const changed = { ...command, body: { ...command.body, present: false } } as typeof command;
    const request: SyncRequest = { ...client.request(client.kept), commands: [changed] };
    const { outcomes } = (await (await send(client, await pack(request, versions))).json()) as SyncResponse;
    expect(outcomes).toMatchObject([{ is: 'refused', code: 'idReused' }]);
  });

  test('a pack that the office cannot read is 400, one that unfolds too far 413, and nothing is stored', async () => {
    const { town, client, versions } = await start();
    await receive(town, client, 'agent-a1');
    const request = client.request(client.kept);
    const bytes = await pack(request, versions);
    const strange = {
      ...request,
      commands: request.commands.map((one: v.InferOutput<typeof wireCommand>) => ({
        ...one,
        item: { code: ALLOWANCE.code, hash: 'ab'.repeat(32) },
      })),
    };
    const foreign = await pack(strange as SyncRequest, new Map([['ab'.repeat(32), ALLOWANCE]]));
    const other = bytes.slice();
    other[0] = 9;
    const cases: [string, BodyInit, Record<string, string>?][] = [
      ['400 malformed', new Uint8Array(0)],
      ['400 malformed', bytes.slice(0, -9)],
      ['400 malformed', other],
      ['400 malformed', foreign],
      ['400 malformed', JSON.stringify(request)],
      ['400 malformed', await pack({ ...request, cursor: -1 }, versions)],
      ['426 oldProtocol', await pack({ ...request, protocol: 2 as 1 }, versions)],
      ['413 tooLarge', new Uint8Array(LIMITS.compressed + 1)],
      [
        '413 tooLarge',
        new Uint8Array(gzipSync(new Uint8Array(8 * LIMITS.inflated))),
        { 'content-encoding': 'gzip' },
      ],
    ];
    for (const [expected, body, headers] of cases)
      expect([expected, await errorOf(await send(client, body, headers))]).toEqual([expected, expected]);
    expect(await stored(town)).toEqual([]);
  });
});
