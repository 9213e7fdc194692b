import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { expect, test } from 'vitest';
import { packOf } from '#lib/catalogue/pack.ts';
import { PART_NAMES, unpackItems, unpackRules, type PartName } from '#lib/catalogue/release.ts';
import { verifyManifest, verifyPart } from '#lib/catalogue/verify.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, COUNTY, PERMIT, foundTown, type Town } from '../../../../tests/support/town.ts';
import { handleManifest, handlePart } from './serve.ts';

const first = { county: COUNTY, level: 'village', number: '1' };

const ask = ({ office }: Town, params: Record<string, string>, encoding?: string) => ({
  office,
  params,
  ip: '127.0.0.1',
  request: new Request('http://office.example/', {
    headers: encoding === undefined ? {} : { 'accept-encoding': encoding },
  }),
});
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());

eachDatabase('a release over HTTP', (database) => {
  test('the manifest comes as it was signed, and its parts are the ones it names', async () => {
    const town = await foundTown(await database.open());
    const answer = await handleManifest(ask(town, first));
    const key = answer.headers.get('jinban-key')!;
    const verdict = await verifyManifest(
      await bytesOf(answer),
      answer.headers.get('jinban-signature')!,
      [key],
      { county: COUNTY, level: 'village', newest: null },
    );
    if (!verdict.ok) throw new Error(verdict.reason);
    const { parts } = verdict.manifest;

    const items = await bytesOf(await handlePart(ask(town, { ...first, part: 'items' })));
    expect(await verifyPart(items, parts.items)).toBe(true);
    expect(unpackItems(items)).toEqual([ALLOWANCE, PERMIT]);
    const rules = await bytesOf(await handlePart(ask(town, { ...first, part: 'rules' })));
    expect(await verifyPart(rules, parts.rules)).toBe(true);
    expect(unpackRules(rules).policy.correctionDays).toBe(15);
    const list = await bytesOf(await handlePart(ask(town, { ...first, part: 'list' })));
    expect(await verifyPart(list, parts.list)).toBe(true);
  });

  test('is packed for whoever takes brotli, and raw for everybody else', async () => {
    const town = await foundTown(await database.open());
    const params = { ...first, part: 'items' };
    const raw = await bytesOf(await handlePart(ask(town, params)));
    for (const encoding of ['br', 'gzip, deflate, br, zstd', 'br;q=0.5, *;q=0.1', ' BR ']) {
      const answer = await handlePart(ask(town, params, encoding));
      expect(answer.headers.get('content-encoding')).toBe('br');
      expect(new Uint8Array(brotliDecompressSync(await bytesOf(answer)))).toEqual(raw);
    }
    for (const encoding of ['gzip', '', 'br;q=0', 'brotli']) {
      const answer = await handlePart(ask(town, params, encoding));
      expect(answer.headers.get('content-encoding')).toBeNull();
      expect(await bytesOf(answer)).toEqual(raw);
    }
  });

  test('comes in one piece, list first, readable before the rest has come', async () => {
    const town = await foundTown(await database.open());
    const packed = await bytesOf(await handlePart(ask(town, { ...first, part: 'pack' }, 'br')));
    const raw = await bytesOf(await handlePart(ask(town, { ...first, part: 'pack' })));
    expect(new Uint8Array(brotliDecompressSync(packed))).toEqual(raw);
    const manifest = await handleManifest(ask(town, first));
    const parts = {} as Record<PartName, Uint8Array<ArrayBuffer>>;
    for (const part of PART_NAMES)
      parts[part] = await bytesOf(await handlePart(ask(town, { ...first, part })));
    const signature = manifest.headers.get('jinban-signature')!;
    const pack = packOf(signature, await bytesOf(manifest), parts);
    expect(raw).toEqual(pack.raw);

    const unpacking = createBrotliDecompress();
    const seen: Buffer[] = [];
    unpacking.on('data', (chunk: Buffer) => seen.push(chunk));
    const early = packed.subarray(0, packed.length - 500);
    await new Promise((resolve) => unpacking.write(early, resolve));
    await expect.poll(() => Buffer.concat(seen).length).toBeGreaterThanOrEqual(pack.listEnds);
  });

  test('may be kept for ever, and a cache tells the packed from the raw', async () => {
    const town = await foundTown(await database.open());
    const keep = 'public, max-age=31536000, immutable';
    const manifest = await handleManifest(ask(town, first));
    const part = await handlePart(ask(town, { ...first, part: 'list' }, 'br'));
    expect(manifest.headers.get('cache-control')).toBe(keep);
    expect(part.headers.get('cache-control')).toBe(keep);
    expect(part.headers.get('vary')).toBe('accept-encoding');
  });

  test.each([
    { number: '2' },
    { number: '0' },
    { number: '01' },
    { number: '1e0' },
    { number: '99999999999999999999' },
    { level: 'community' },
    { county: 'S410527000000' },
    { county: "' or 1=1 --" },
  ])('%o is not there, and not being there is kept by nobody', async (change) => {
    const town = await foundTown(await database.open());
    for (const answer of [
      await handleManifest(ask(town, { ...first, ...change })),
      await handlePart(ask(town, { ...first, ...change, part: 'list' })),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toMatchObject({ error: 'notFound' });
    }
  });

  test.each(['toString', 'manifest', 'Items', '../items'])('there is no part %s', async (part) => {
    const town = await foundTown(await database.open());
    expect((await handlePart(ask(town, { ...first, part }))).status).toBe(404);
  });
});
