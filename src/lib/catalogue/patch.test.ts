import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '#lib/domain/item.ts';
import { applyPatch } from './patch.ts';
import { packBrotli } from './publish/brotli.ts';
import { listOf } from './publish/build.ts';
import { diffPart } from './publish/diff.ts';
import { packItems, packList } from './release.ts';

const data = new URL('../server/seed/data/items.json', import.meta.url);
const items = (JSON.parse(readFileSync(data, 'utf8')) as Item[]).filter((item) =>
  item.levels.includes('village'),
);
const bytes = (text: string) => new TextEncoder().encode(text);
const throughJson = (patch: unknown) => JSON.parse(JSON.stringify(patch)) as unknown;

/** Five items of a village change as they do in life: a day less, a material gone, a word more. */
const changed = items.map((item, i): Item => {
  if (i === 10) return { ...item, promisedDays: item.promisedDays + 3 };
  if (i === 40) return { ...item, materials: item.materials.slice(1) };
  if (i === 70) return { ...item, keywords: [...item.keywords, '新加的俗称'] };
  if (i === 100) return { ...item, conditions: item.conditions.replace('，', '，且') };
  if (i === 130) return { ...item, visits: 1, form: item.form.slice(0, -1) };
  return item;
});

const older = { items: packItems(items), list: packList(listOf(items)) };

describe('a patch from an older release', { timeout: 30_000 }, () => {
  test.each<[string, Item[]]>([
    ['five items changed', changed],
    ['an item withdrawn', items.filter((_, i) => i !== 50)],
    ['an item moved to the front', [items[90]!, ...items.filter((_, i) => i !== 90)]],
    ['nothing changed', items],
    ['all withdrawn', []],
  ])('yields the new part byte for byte: %s', (_, next) => {
    const newer = { items: packItems(next), list: packList(listOf(next)) };
    for (const part of ['items', 'list'] as const) {
      const patch = throughJson(diffPart(older[part], newer[part]));
      expect(applyPatch(older[part], patch, newer[part].length)).toEqual(newer[part]);
    }
  });

  test('five changed items cost hundreds of bytes, not the 47 KB of the part', async () => {
    const patch = diffPart(older.items, packItems(changed));
    const packed = await packBrotli(bytes(JSON.stringify(patch)));
    expect(packed.length).toBeLessThan(500);
  });

  test('any text becomes any other text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc
        .array(fc.constantFrom('事项名称材料份数', '高龄津贴认定', '0,1,0,0,1,', '😀'), { maxLength: 30 })
        .map(String),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const to = bytes(b);
        expect(applyPatch(bytes(a), throughJson(diffPart(bytes(a), to)), to.length)).toEqual(to);
      }),
    );
  });

  test.each<[string, unknown]>([
    ['no list', {}],
    ['an unfinished turn', [0, 1]],
    ['a copy before the beginning', [-1, 1, '']],
    ['a copy beyond the end', [0, 99, '']],
    ['a copy backwards', [2, -1, '']],
    ['a text for a number', ['0', 1, '']],
    ['a fraction', [0, 0.5, '']],
    ['more than the manifest says', [0, 4, 'x'.repeat(100)]],
  ])('a patch that does not fit is refused, and the whole part is loaded: %s', (_, patch) => {
    expect(applyPatch(bytes('目录发布'), patch, 20)).toBeNull();
  });
});
