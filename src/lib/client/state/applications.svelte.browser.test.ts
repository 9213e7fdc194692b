import { expect, test } from 'vitest';
import { item } from '../../../../tests/support/builders.ts';
import { keepItems } from '../store/releases.ts';
import { ItemCache } from './applications.svelte.ts';
import { openedStore } from './opened-store.ts';

const hashOf = (n: number): string => n.toString(16).padStart(64, '0');

async function keep(n: number): Promise<void> {
  const row = { hash: hashOf(n), code: String(n), item: item({ name: `事项 ${n}` }) };
  expect(await keepItems(await openedStore(), [row])).toMatchObject({ ok: true });
}

test('a list of forty items is drawn once for all of them, and again when one arrives that was missing', async () => {
  for (let n = 0; n < 39; n++) await keep(n);
  const hashes = Array.from({ length: 40 }, (_, n) => hashOf(n));
  const cache = new ItemCache();
  const drawn: (string | undefined)[][] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      cache.load(hashes);
      drawn.push(hashes.map((hash) => (cache.get(hash) === null ? '不在' : cache.get(hash)?.name)));
    });
  });

  const first = [...Array.from({ length: 39 }, (_, n) => `事项 ${n}`), '不在'];
  await expect.poll(() => drawn.at(-1)).toEqual(first);
  // each drawing before it knew of no item yet
  expect(drawn.slice(0, -1).flat()).toEqual(drawn.slice(0, -1).flatMap(() => hashes.map(() => undefined)));

  const before = drawn.length;
  await keep(39);
  await expect.poll(() => drawn.at(-1)).toEqual([...first.slice(0, 39), '事项 39']);
  // by the number of versions here, and by the one that came
  expect(drawn.length).toBe(before + 2);
  stop();
});
