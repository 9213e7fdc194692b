import { expect, test } from 'vitest';
import { fromHex, itemHash, sha256Hex } from '#lib/catalogue/hash.ts';
import { ITEM_HASHES } from '#lib/protocol/item-hashes.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, PERMIT, foundTown, type Town } from '../../../../tests/support/town.ts';
import { handleItem, handleItems } from './item-versions.ts';

const URL_OF = 'http://office.example/';
const one = ({ office }: Town, hash: string) =>
  handleItem({ office, params: { hash }, ip: '127.0.0.1', request: new Request(URL_OF) });
const many = ({ office }: Town, body: Uint8Array<ArrayBuffer>, type: string = ITEM_HASHES.type) =>
  handleItems({
    office,
    ip: '127.0.0.1',
    request: new Request(URL_OF, { method: 'POST', body, headers: { 'content-type': type } }),
  });
const bytesOf = (hashes: readonly string[]) => fromHex(hashes.join(''))!;

eachDatabase('versions of items', (database) => {
  test('one comes by its hash, as it was hashed; anything else is not there', async () => {
    const town = await foundTown(await database.open());
    const hash = await itemHash(ALLOWANCE);
    const bytes = new Uint8Array(await (await one(town, hash)).arrayBuffer());
    expect(await sha256Hex(bytes)).toBe(hash);
    for (const wrong of ['0'.repeat(64), hash.toUpperCase(), '', '../manifest']) {
      expect((await one(town, wrong)).status).toBe(404);
    }
  });

  test('many come together; what was never published is left out', async () => {
    const town = await foundTown(await database.open());
    const hashes = await Promise.all([itemHash(PERMIT), itemHash(ALLOWANCE)]);
    const answer = await many(town, bytesOf([...hashes, '0'.repeat(64), hashes[0]]));
    expect(answer.status).toBe(200);
    const items = (await answer.json()) as (typeof PERMIT)[];
    expect(items.toSorted((a, b) => a.code.localeCompare(b.code))).toEqual([ALLOWANCE, PERMIT]);
    expect(await (await many(town, bytesOf(['1'.repeat(64)]))).json()).toEqual([]);
  });

  test('what is no list of hashes is called so', async () => {
    const town = await foundTown(await database.open());
    const hash = await itemHash(ALLOWANCE);
    const codeOf = async (answer: Response) => [
      answer.status,
      ((await answer.json()) as { error: string }).error,
    ];
    expect(await codeOf(await many(town, new Uint8Array()))).toEqual([400, 'malformed']);
    expect(await codeOf(await many(town, bytesOf([hash]).subarray(1)))).toEqual([400, 'malformed']);
    expect(await codeOf(await many(town, bytesOf([hash]), 'text/plain'))).toEqual([400, 'malformed']);
    const tooMany = Array.from({ length: ITEM_HASHES.most + 1 }, () => hash);
    expect(await codeOf(await many(town, bytesOf(tooMany)))).toEqual([413, 'tooLarge']);
  });
});
