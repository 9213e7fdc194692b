/** Single versions of items by their hashes, for whoever holds applications that cite them: public, as releases are. */
import * as v from 'valibot';
import { canonicalBytes } from '#lib/catalogue/canonical.ts';
import { toHex } from '#lib/catalogue/hash.ts';
import type { Item } from '#lib/domain/item.ts';
import { ITEM_HASHES } from '#lib/protocol/item-hashes.ts';
import { sha256 } from '#lib/protocol/primitives.ts';
import { answering, type Call } from '../call.ts';
import type { Trx } from '../db/dialect.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { isOfType, readBody } from '../http/read-json.ts';
import { KEEP } from './serve.ts';

const HASH_BYTES = 32;

const dataOf = async (trx: Trx, hashes: string[]): Promise<string[]> =>
  (await trx.selectFrom('item_version').select('data').where('hash', 'in', hashes).execute()).map(
    ({ data }) => data,
  );

type OneCall = Call & { params: Partial<Record<string, string>> };

/** GET item/{hash}: the canonical bytes of one version. */
export const handleItem = answering('item', async ({ office, params }: OneCall) => {
  const hash = v.safeParse(sha256, params.hash);
  const [data] = hash.success ? await office.store.read((trx) => dataOf(trx, [hash.output])) : [];
  if (data === undefined) return errorAnswer('notFound');
  return new Response(canonicalBytes(JSON.parse(data)), { headers: KEEP });
});

/** POST items: those of the hashes in the body (protocol/item-hashes.ts) that were ever published, in any order. */
export const handleItems = answering('items', async ({ office, request }: Call) => {
  if (!isOfType(request, ITEM_HASHES.type)) return errorAnswer('malformed');
  const most = ITEM_HASHES.most * HASH_BYTES;
  const read = await readBody(request, { sent: most, inflated: most });
  if (!read.ok) return errorAnswer(read.error);
  const bytes = read.value;
  if (bytes.length === 0 || bytes.length % HASH_BYTES !== 0) return errorAnswer('malformed');
  const hashes = Array.from({ length: bytes.length / HASH_BYTES }, (_, i) =>
    toHex(bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
  );
  const found = await office.store.read((trx) => dataOf(trx, hashes));
  return jsonAnswer(
    found.map((data) => JSON.parse(data) as Item),
    request,
  );
});
