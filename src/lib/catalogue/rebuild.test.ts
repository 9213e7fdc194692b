import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Item } from '#lib/domain/item.ts';
import { canonicalBytes } from './canonical.ts';
import { packRows } from './columns.ts';
import { DEFAULT_COUNTY_POLICY, type CountyPolicy } from './policy.ts';
import { packBrotli } from './publish/brotli.ts';
import { buildRelease, listOf, type BuiltRelease } from './publish/build.ts';
import { patchRelease } from './publish/patch-release.ts';
import { tighten } from './publish/tighten.ts';
import { rebuildRelease, type WholeRelease } from './rebuild.ts';
import { unpackList } from './release.ts';
import { numberOfTight, openTight } from './tight-patch.ts';

const data = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../server/seed/data/${name}`, import.meta.url), 'utf8'));
const items = (data('items.json') as Item[]).filter((item) => item.levels.includes('village'));
const SIGNATURE = 'w'.repeat(86);

/** Five items of a village change as they do in life: days, a material gone, a word more, a condition, a question gone. */
const changed = items.map((item, i): Item => {
  if (i === 10) return { ...item, promisedDays: item.promisedDays + 3 };
  if (i === 40) return { ...item, materials: item.materials.slice(1) };
  if (i === 70) return { ...item, keywords: [...item.keywords, '新加的俗称'] };
  if (i === 100) return { ...item, conditions: item.conditions.replace('，', '，且') };
  if (i === 130) return { ...item, visits: 1, form: item.form.slice(0, -1) };
  return item;
});

// brotli at its best takes seconds, and no byte of it is looked at here
const steps = { list: listOf, pack: (raw: Uint8Array<ArrayBuffer>) => packBrotli(raw, { quality: 1 }) };
const build = (previous: number, of: Item[], policy: CountyPolicy = DEFAULT_COUNTY_POLICY) =>
  buildRelease(
    {
      county: 'S410526000000',
      level: 'village',
      previous,
      publishedAt: `2026-09-2${previous}T01:30:00.000Z`,
      items: of,
      calendar: data('calendar.json') as Calendar,
      policy,
    },
    steps,
  );

let older: WholeRelease;
beforeAll(async () => {
  older = wholeOf(await build(1, items));
});

describe('from an older release to a newer one', { timeout: 30_000 }, () => {
  test.each<[string, Item[], CountyPolicy?]>([
    ['five items changed', changed],
    ['an item withdrawn', items.filter((_, i) => i !== 50)],
    ['an item moved to the front', [items[90]!, ...items.filter((_, i) => i !== 90)]],
    ['nothing changed', items],
    ['all withdrawn', []],
    ['the county decided otherwise', items, { ...DEFAULT_COUNTY_POLICY, correctionDays: 9 }],
  ])('yields the signed manifest and every part byte for byte: %s', async (_, of, policy) => {
    const next = await build(2, of, policy);
    const patch = JSON.parse(JSON.stringify(await patchRelease(older, next, SIGNATURE)));
    const rebuilt = await rebuildRelease(older, 3, patch);
    expect(rebuilt.raw).toEqual(next.manifestRaw);
    expect(rebuilt.parts).toEqual(wholeOf(next).parts);
    const bytes = (await tighten(older, 3, patch))!;
    expect(numberOfTight(bytes)).toBe(3);
    expect(await openTight(older, bytes)).toEqual(patch);
  });

  test('a release of the older layout leads on as well, as shortly, and is read alike', async () => {
    const { entries, readings } = listOf(items);
    const list = canonicalBytes({ entries: packRows(entries), readings });
    expect(list.length).toBeGreaterThan(older.parts.list.length);
    expect(unpackList(list)).toEqual(unpackList(older.parts.list));
    const next = await build(2, changed);
    const patch = await patchRelease({ ...older, parts: { ...older.parts, list } }, next, SIGNATURE);
    expect(patch).toEqual(await patchRelease(older, next, SIGNATURE));
  });

  test('five changed items cost hundreds of bytes, signature and all', async () => {
    const patch = await patchRelease(older, await build(2, changed), SIGNATURE);
    const packed = await packBrotli(new TextEncoder().encode(JSON.stringify(patch)));
    expect(packed.length).toBeLessThan(450);
    // a text is said by what changed in it, since its old version can be pointed at
    expect((await tighten(older, 2, patch!))!.length).toBeLessThan(300);
  });

  test('bytes cut anywhere, of another release or endless are refused, and nothing else happens', async () => {
    const bytes = (await tighten(
      older,
      2,
      (await patchRelease(older, await build(2, changed), SIGNATURE))!,
    ))!;
    for (let end = 0; end < bytes.length; end += 7)
      await expect(openTight(older, bytes.slice(0, end))).rejects.toThrow();
    const other = wholeOf(await build(1, []));
    await expect(openTight(other, bytes)).rejects.toThrow(TypeError);
    const none = [...new Uint8Array(64), 2, 0, 0, 0, 0, 0];
    const bomb = deflateRawSync(Buffer.alloc(3_000_000, 32));
    await expect(openTight(older, Uint8Array.from([...none, ...bomb]))).rejects.toThrow('too long');
  });

  test('where everything changed there is no short way', async () => {
    const all = items.map((item): Item => ({
      ...item,
      conditions: item.conditions + '另有规定。'.repeat(50),
    }));
    expect(await patchRelease(older, await build(2, all), SIGNATURE)).toBeNull();
  });

  test('a patch that belongs to another release yields another manifest, which nobody signed', async () => {
    const patch = (await patchRelease(older, await build(2, changed), SIGNATURE))!;
    const wrong = await rebuildRelease(wholeOf(await build(1, items.slice(0, 150))), 3, patch);
    expect(wrong.raw).not.toEqual((await rebuildRelease(older, 3, patch)).raw);
    await expect(rebuildRelease(wholeOf(await build(1, [])), 3, patch)).rejects.toThrow(TypeError);
  });
});

function wholeOf({ manifest, parts: { list, items: full, rules } }: BuiltRelease): WholeRelease {
  return { manifest, parts: { list: list.raw, items: full.raw, rules: rules.raw } };
}
