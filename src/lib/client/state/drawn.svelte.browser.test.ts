import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { Drawn } from './drawn.svelte.ts';

/** A component's worth of state around it. */
function drawing(most: number) {
  let list = $state.raw({});
  let drawn!: Drawn;
  const stop = $effect.root(() => {
    drawn = new Drawn(
      () => list,
      () => most,
    );
  });
  flushSync();
  return { drawn, stop, another: () => (list = {}) };
}

test('rows come a few with each frame until all are there', async () => {
  const { drawn, stop } = drawing(35);
  expect(drawn.count).toBe(0);
  await expect.poll(() => drawn.count).toBeGreaterThanOrEqual(35);
  stop();
});

test('another list begins anew, also for whoever asks before the next frame', async () => {
  const { drawn, stop, another } = drawing(200);
  await expect.poll(() => drawn.count).toBeGreaterThanOrEqual(200);
  another();
  expect(drawn.count).toBe(10);
  flushSync();
  expect(drawn.count).toBe(10);
  await expect.poll(() => drawn.count).toBeGreaterThanOrEqual(200);
  stop();
});
