import { expect, test } from 'vitest';
import { canonicalBytes } from './canonical.ts';
import type { Manifest } from './release.ts';
import { verifyManifest, verifyPart } from './verify.ts';

// signed once by the office's Node; the private key was thrown away
const key = {
  kty: 'EC',
  crv: 'P-256',
  x: 'YaStZx-nWWBNrsfLjDMtDWRE3Wfq4US7P89pjcagufk',
  y: 'Ii9tna6fGWWSOgo3VRpYif6vbGWxFVUWyKCMvbgZAyM',
};
const signature = '-SDoYZj3u3Sipku92LE-bHH-zyDSj46yFuc540m5UBSCrOnwT63OvvgKixBe-ffNeS9hB1D3Vgmnw9qfhWeNDA';
const part = {
  sha256: '2a2f0430ad057c652c9aa3308ff01d3387d0fa4f587c7194e52eb88553809428',
  size: 8,
  packed: 12,
};
const manifest: Manifest = {
  format: 1,
  county: 'county-1',
  level: 'village',
  number: 7,
  publishedAt: '2026-09-22T01:30:00.000Z',
  itemsCount: 173,
  parts: { list: part, items: part, rules: part },
};
const expected = { county: 'county-1', level: 'village', newest: 6 } as const;

test('what the office signed in Node is accepted by the browser, part by part', async () => {
  const verdict = await verifyManifest(canonicalBytes(manifest), signature, [key], expected);
  expect(verdict).toEqual({ ok: true, manifest });
  expect(await verifyPart(canonicalBytes('目录'), part)).toBe(true);
});

test('the browser refuses it when a number was raised after signing', async () => {
  const raised = canonicalBytes({ ...manifest, number: 8 });
  expect(await verifyManifest(raised, signature, [key], expected)).toEqual({
    ok: false,
    reason: 'signature',
  });
});
