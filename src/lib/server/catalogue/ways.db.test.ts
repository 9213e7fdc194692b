/** The way from an older release, from publishing to the answer of a sync. */
import { brotliDecompressSync } from 'node:zlib';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { rebuildRelease, type WholeRelease } from '#lib/catalogue/rebuild.ts';
import { PART_NAMES, unpackItems, type Manifest } from '#lib/catalogue/release.ts';
import { verifyManifest } from '#lib/catalogue/verify.ts';
import { syncResponse, type SyncRequest, type SyncResponse } from '#lib/protocol/sync.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { NOW, item } from '../../../../tests/support/builders.ts';
import { ALLOWANCE, COUNTY, PERMIT, foundTown, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { publishRelease } from './publish.ts';
import { pinnedKeys } from './release-keys.ts';
import { handleManifest, handlePart } from './serve.ts';

const village = { county: COUNTY, level: 'village', by: 'releaser', now: NOW } as const;
const address = (number: number): string => `${COUNTY}/village/${number}`;
const CHANGED = item({ conditions: '年满 80 周岁，改过的示例条件' });

async function ask(client: WireClient, change: Partial<SyncRequest>): Promise<SyncResponse> {
  const response = await client.call('/api/sync', {
    method: 'POST',
    body: JSON.stringify({ ...client.request([]), ...change }),
    headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip, br' },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const packed = response.headers.get('content-encoding') === 'br';
  return v.parse(syncResponse, JSON.parse((packed ? brotliDecompressSync(bytes) : bytes).toString()));
}

/** A release as a device fetches it. */
async function fetched({ office }: Town, number: number): Promise<WholeRelease> {
  const params = { county: COUNTY, level: 'village', number: String(number) };
  const call = { office, ip: '', request: new Request('http://office.example/') };
  const manifest = (await (await handleManifest({ ...call, params })).json()) as Manifest;
  const parts = {} as WholeRelease['parts'];
  for (const part of PART_NAMES) {
    const answer = await handlePart({ ...call, params: { ...params, part } });
    parts[part] = new Uint8Array(await answer.arrayBuffer());
  }
  return { manifest, parts };
}

eachDatabase('the way from an older release', (database) => {
  test('comes inside the answer to a sync, and leads to the release that was signed', async () => {
    const town = await foundTown(await database.open());
    const client = await town.device('A1', 'agent-a1');
    await publishRelease(town.store, { ...village, items: [CHANGED, PERMIT] });
    await publishRelease(town.store, { ...village, items: [CHANGED] });

    for (const since of [1, 2]) {
      const answer = await ask(client, { release: address(since), patch: 1 });
      expect(answer.release).toBe(address(3));
      const { raw, parts } = await rebuildRelease(await fetched(town, since), 3, answer.patch!);
      const keys = await town.store.read((trx) => pinnedKeys(trx, COUNTY));
      const place = { county: COUNTY, level: 'village', newest: since } as const;
      expect((await verifyManifest(raw, answer.patch!.signature, keys, place)).ok).toBe(true);
      expect(unpackItems(parts.items)).toEqual([CHANGED]);
    }
  });

  test('is offered to nobody who did not ask, has the newest, or names what is not his', async () => {
    const town = await foundTown(await database.open());
    const client = await town.device('A1', 'agent-a1');
    await publishRelease(town.store, { ...village, items: [CHANGED] });
    for (const release of [
      null,
      address(2),
      address(3),
      address(0),
      `${COUNTY}/township/1`,
      'S410527000000/village/1',
      `${address(1)}/`,
      'nonsense',
    ]) {
      expect((await ask(client, { release, patch: 1 })).patch).toBeUndefined();
    }
    expect((await ask(client, { release: address(1) })).patch).toBeUndefined();
    expect((await ask(client, { release: address(1), patch: 1 })).patch).toBeDefined();
  });

  test('only ways to the newest are kept, from the last twenty at most', async () => {
    const town = await foundTown(await database.open());
    const publish = (n: number) =>
      publishRelease(town.store, { ...village, items: [item({ promisedDays: (n % 9) + 1 })] });
    for (let n = 2; n <= 23; n++) await publish(n);
    const ways = await town.store.read((trx) =>
      trx
        .selectFrom('release_way')
        .select(['number', 'since'])
        .where('level', '=', 'village')
        .where('since', '>', 0)
        .orderBy('since')
        .execute(),
    );
    expect(ways).toEqual(Array.from({ length: 20 }, (_, i) => ({ number: 23, since: i + 3 })));
    expect(ALLOWANCE.code).toBe(item().code);
  });
});
