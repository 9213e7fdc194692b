import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalBytes } from './canonical.ts';
import { sha256Hex, toBase64url } from './hash.ts';
import { createPublisherKey, signManifest } from './publish/sign.ts';
import type { PublisherKey } from './publish/sign.ts';
import type { Manifest } from './release.ts';
import { verifyManifest, verifyPart } from './verify.ts';
import type { Expected } from './verify.ts';

const part = { sha256: 'a'.repeat(64), size: 2, packed: 1 };
const manifest: Manifest = {
  format: 1,
  county: 'county-1',
  level: 'village',
  number: 7,
  publishedAt: '2026-09-22T01:30:00.000Z',
  itemsCount: 173,
  parts: { list: part, items: part, rules: part },
};
const expected: Expected = { county: 'county-1', level: 'village', newest: 7 };

let current: PublisherKey;
let next: PublisherKey;
let stranger: PublisherKey;
beforeAll(async () => {
  [current, next, stranger] = await Promise.all([
    createPublisherKey(),
    createPublisherKey(),
    createPublisherKey(),
  ]);
});

async function judge(value: unknown, change: Partial<Expected> = {}, by = current) {
  const raw = canonicalBytes(value);
  const signature = await signManifest(raw, by.privateKey);
  return verifyManifest(raw, signature, [current.publicKey, next.publicKey], { ...expected, ...change });
}

describe('a manifest on the device', () => {
  test('is accepted from either pinned key', async () => {
    expect(await judge(manifest)).toEqual({ ok: true, manifest });
    expect(await judge(manifest, {}, next)).toEqual({ ok: true, manifest });
  });

  test('keys may be pinned as raw point or as SPKI', async () => {
    const raw = canonicalBytes(manifest);
    const signature = await signManifest(raw, current.privateKey);
    const { subtle } = globalThis.crypto;
    const curve = { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await subtle.importKey('jwk', current.publicKey, curve, true, ['verify']);
    for (const format of ['raw', 'spki'] as const) {
      const pinned = toBase64url(new Uint8Array(await subtle.exportKey(format, key)));
      expect(await verifyManifest(raw, signature, [pinned], expected)).toMatchObject({ ok: true });
    }
  });

  test('is refused from a stranger', async () => {
    expect(await judge(manifest, {}, stranger)).toEqual({ ok: false, reason: 'signature' });
  });

  test('is refused when one byte differs, even where the JSON means the same', async () => {
    const raw = canonicalBytes(manifest);
    const signature = await signManifest(raw, current.privateKey);
    const spaced = new TextEncoder().encode(JSON.stringify(manifest, null, 1));
    expect(await verifyManifest(spaced, signature, [current.publicKey], expected)).toEqual({
      ok: false,
      reason: 'signature',
    });
  });

  test.each(['', 'AAAA', 'not base64url!', 'A'.repeat(86), 'A'.repeat(10_000)])(
    'a signature that is no signature is refused: %#',
    async (signature) => {
      const verdict = await verifyManifest(
        canonicalBytes(manifest),
        signature,
        [current.publicKey],
        expected,
      );
      expect(verdict).toEqual({ ok: false, reason: 'signature' });
    },
  );

  test('a truly signed older release is no way back; the same number may be loaded again', async () => {
    expect(await judge(manifest, { newest: 8 })).toEqual({ ok: false, reason: 'older' });
    expect(await judge(manifest, { newest: 7 })).toMatchObject({ ok: true });
    expect(await judge(manifest, { newest: null })).toMatchObject({ ok: true });
  });

  test('the release of another county or level is refused', async () => {
    expect(await judge(manifest, { county: 'county-2' })).toEqual({ ok: false, reason: 'county' });
    expect(await judge(manifest, { level: 'township' })).toEqual({ ok: false, reason: 'level' });
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a text', 'x'],
    ['a later format', { ...manifest, format: 2 }],
    ['number 0', { ...manifest, number: 0 }],
    ['a fraction', { ...manifest, number: 7.5 }],
    ['an unknown level', { ...manifest, level: 'county' }],
    ['no parts', { ...manifest, parts: null }],
    ['a part missing', { ...manifest, parts: { list: part, items: part } }],
    ['a hash too short', { ...manifest, parts: { ...manifest.parts, list: { ...part, sha256: 'ab' } } }],
    ['a negative size', { ...manifest, parts: { ...manifest.parts, list: { ...part, size: -1 } } }],
    ['a day for a moment', { ...manifest, publishedAt: '2026-09-22' }],
  ])('a signed manifest of another shape is refused: %s', async (_, value) => {
    expect(await judge(value)).toEqual({ ok: false, reason: 'format' });
  });

  test('signed bytes that are no JSON are refused', async () => {
    const raw = new Uint8Array([0xff, 0xfe, 0x7b]);
    const signature = await signManifest(raw, current.privateKey);
    expect(await verifyManifest(raw, signature, [current.publicKey], expected)).toEqual({
      ok: false,
      reason: 'format',
    });
  });

  test('a part counts only when size and hash match', async () => {
    const raw = new TextEncoder().encode('目录');
    const ref = { sha256: await sha256Hex(raw), size: raw.length };
    expect(await verifyPart(raw, ref)).toBe(true);
    expect(await verifyPart(raw.subarray(1), ref)).toBe(false);
    expect(await verifyPart(new TextEncoder().encode('目彔'), ref)).toBe(false);
  });
});
