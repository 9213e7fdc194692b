import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Item } from '#lib/domain/item.ts';
import { canonicalJson } from '../canonical.ts';
import { itemHash, sha256Hex } from '../hash.ts';
import { DEFAULT_COUNTY_POLICY, missingItems } from '../policy.ts';
import { unpackItems, unpackList, unpackRules } from '../release.ts';
import { verifyManifest, verifyPart } from '../verify.ts';
import { buildRelease } from './build.ts';
import type { BuiltRelease, ReleaseInput } from './build.ts';
import { createPublisherKey, signManifest } from './sign.ts';

const data = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../server/seed/data/${name}`, import.meta.url), 'utf8'));
const items = data('items.json') as Item[];
const input: ReleaseInput = {
  county: '410526000000',
  level: 'village',
  previous: 6,
  publishedAt: '2026-09-22T01:30:00.000Z',
  items,
  calendar: data('calendar.json') as Calendar,
  policy: DEFAULT_COUNTY_POLICY,
};

let release: BuiltRelease;
beforeAll(async () => {
  release = await buildRelease(input);
}, 60_000);

describe('a built release', { timeout: 30_000 }, () => {
  test('has the items of its level and no other, unchanged', async () => {
    const expected = items.filter((item) => item.levels.includes('village'));
    const back = unpackItems(release.parts.items.raw);
    expect(back).toHaveLength(173);
    expect(back.map(canonicalJson)).toEqual(expected.map(canonicalJson));
    expect(await itemHash(back[0]!)).toBe(await itemHash(expected[0]!));
    expect(release.manifest.itemsCount).toBe(173);
  });

  test('is numbered upward', () => {
    expect(release.manifest.number).toBe(7);
  });

  test('packs to the bytes that are verified', async () => {
    for (const part of Object.values(release.parts)) {
      const raw = new Uint8Array(brotliDecompressSync(part.packed));
      expect(await sha256Hex(raw)).toBe(part.sha256);
      expect(part.packed.length).toBeLessThan(part.raw.length);
    }
  });

  test('is the same for the same input, so unchanged parts keep their address', async () => {
    const again = await buildRelease({ ...input, previous: 7 });
    expect(again.parts.items.sha256).toBe(release.parts.items.sha256);
    expect(again.parts.rules.sha256).toBe(release.parts.rules.sha256);
    expect(again.manifest.number).toBe(8);
  });

  test('lists what a card shows, and how it is read', () => {
    const { entries, readings } = unpackList(release.parts.list.raw);
    const entry = entries.find(({ name }) => name === '老年人高龄津贴认定');
    expect(entry).toMatchObject({ department: '民政局', handling: '承诺件', free: true });
    expect(entry?.words).toContain('长寿钱');
    expect(readings.syllables['gao']).toContain('高');
  });

  test('carries calendar and policy', () => {
    const rules = unpackRules(release.parts.rules.raw);
    expect(rules.calendar.validThrough).toBe('2026-12-31');
    expect(rules.policy).toEqual(DEFAULT_COUNTY_POLICY);
  });

  test('fits the first load: the list within 1.7 s, all of it within 107.5 KB', () => {
    const { list, items: full, rules } = release.parts;
    expect(list.packed.length).toBeLessThan(12_000);
    expect(list.packed.length + full.packed.length + rules.packed.length).toBeLessThan(107_500);
  });

  test('a code that occurs twice stops the release', async () => {
    const village = items.filter((item) => item.levels.includes('village'));
    await expect(buildRelease({ ...input, items: [village[0]!, village[0]!] })).rejects.toThrow(RangeError);
  });

  test('what was signed is accepted on the device, part by part', async () => {
    const key = await createPublisherKey();
    const signature = await signManifest(release.manifestRaw, key.privateKey);
    const verdict = await verifyManifest(release.manifestRaw, signature, [key.publicKey], {
      county: input.county,
      level: 'village',
      newest: 6,
    });
    expect(verdict).toEqual({ ok: true, manifest: release.manifest });
    for (const name of ['list', 'items', 'rules'] as const) {
      expect(await verifyPart(release.parts[name].raw, release.manifest.parts[name])).toBe(true);
    }
  });
});

test('a site is told how many items it lacks', () => {
  expect(missingItems(DEFAULT_COUNTY_POLICY, 'village', 39)).toBe(1);
  expect(missingItems(DEFAULT_COUNTY_POLICY, 'township', 284)).toBe(0);
});
