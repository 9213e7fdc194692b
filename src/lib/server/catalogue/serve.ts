/**
 * What the office hands out of a release: the manifest as it was signed, and its parts as they were packed. Nothing is
 * personal and nothing ever changes, so whoever asks may keep it for ever.
 */
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import * as v from 'valibot';
import { PART_NAMES, type Manifest } from '#lib/catalogue/release.ts';
import { positive, shortId } from '#lib/protocol/primitives.ts';
import { answering, type Call } from '../call.ts';
import type { Store } from '../db/store.ts';
import { errorAnswer, takesBrotli } from '../http/answers.ts';
import type { ReleasePlace } from './current-release.ts';
import { packFor } from './ways.ts';

const unpack = promisify(brotliDecompress);

const place = v.object({
  county: shortId,
  level: v.picklist(['township', 'subdistrict', 'village']),
  number: v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/), v.transform(Number), positive),
});
const partName = v.picklist(PART_NAMES);

/** Whoever has it may keep it for ever. */
export const KEEP = {
  'content-type': 'application/json',
  'cache-control': 'public, max-age=31536000, immutable',
};

/** The address of a release out of a request; null when it is none. */
function readPlace(params: Params): ReleasePlace | null {
  const result = v.safeParse(place, params);
  return result.success ? result.output : null;
}

const releaseRow = (store: Store, { county, level, number }: ReleasePlace) =>
  store.read((trx) =>
    trx
      .selectFrom('release')
      .innerJoin('release_key', 'release_key.id', 'release.key')
      .select(['manifest', 'signature', 'public_key'])
      .where('release.county', '=', county)
      .where('level', '=', level)
      .where('number', '=', number)
      .executeTakeFirst(),
  );

type Params = Partial<Record<string, string>>;
type CatalogueCall = Call & { params: Params };

/** GET …/manifest: the very bytes that were signed, with signature and key (base64url) as headers. */
export const handleManifest = answering('manifest', async ({ office, params }: CatalogueCall) => {
  const at = readPlace(params);
  const row = at && (await releaseRow(office.store, at));
  if (!row) return errorAnswer('notFound');
  return new Response(new Uint8Array(row.manifest), {
    headers: { ...KEEP, 'jinban-signature': row.signature, 'jinban-key': row.public_key },
  });
});

/** GET …/pack: the newest release in one piece (catalogue/pack.ts). */
const handlePack = async ({ office, request }: CatalogueCall, at: ReleasePlace | null): Promise<Response> => {
  const packed = at && (await office.store.read((trx) => packFor(trx, at)));
  return packed ? brotliBytes(packed, request) : errorAnswer('notFound');
};

/** Packed for whoever takes brotli, else as it is verified. */
async function brotliBytes(packed: Uint8Array, request: Request): Promise<Response> {
  const headers = { ...KEEP, vary: 'accept-encoding' };
  if (takesBrotli(request.headers.get('accept-encoding'))) {
    return new Response(new Uint8Array(packed), { headers: { ...headers, 'content-encoding': 'br' } });
  }
  return new Response(new Uint8Array(await unpack(packed)), { headers });
}

/** GET …/list, …/rules, …/items: packed for whoever takes brotli, else as it is verified. */
export const handlePart = answering('part', async (call: CatalogueCall) => {
  const { office, params, request } = call;
  const at = readPlace(params);
  if (params.part === 'pack') return handlePack(call, at);
  const name = v.safeParse(partName, params.part);
  const row = at && name.success && (await releaseRow(office.store, at));
  if (!row || !name.success) return errorAnswer('notFound');
  const { parts } = JSON.parse(new TextDecoder().decode(row.manifest)) as Manifest;
  const { packed } = await office.store.read((trx) =>
    trx
      .selectFrom('release_part')
      .select('packed')
      .where('sha256', '=', parts[name.output].sha256)
      .executeTakeFirstOrThrow(),
  );
  return brotliBytes(packed, request);
});
