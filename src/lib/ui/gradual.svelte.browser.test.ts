import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { Gradual } from './gradual.svelte.ts';
import { inTurn } from './turns.ts';

/** A component's worth of state around it. */
function drawing(most: number) {
  let list = $state.raw({});
  let drawn!: Gradual;
  const stop = $effect.root(() => {
    drawn = new Gradual(
      () => list,
      () => most,
    );
  });
  flushSync();
  return { drawn, stop, another: () => (list = {}) };
}

test('rows come a few at a time until all are there', async () => {
  const { drawn, stop } = drawing(35);
  expect(drawn.count).toBe(0);
  await expect.poll(() => drawn.count).toBeGreaterThanOrEqual(35);
  stop();
});

test('another list begins anew, also for whoever asks before the next frame', async () => {
  const { drawn, stop, another } = drawing(200);
  await expect.poll(() => drawn.count).toBeGreaterThanOrEqual(200);
  another();
  expect(drawn.count).toBe(4);
  flushSync();
  expect(drawn.count).toBe(4);
  await expect.poll(() => drawn.count).toBeGreaterThanOrEqual(200);
  stop();
});

test('what is printed is whole', () => {
  const [first, second] = [drawing(300), drawing(500)];
  dispatchEvent(new Event('beforeprint'));
  expect([first.drawn.count, second.drawn.count]).toEqual([300, 500]);
  first.stop();
  second.stop();
});

test('a machine that is slow draws one thing a frame, from the top of the page to its end', async () => {
  const drawn: string[] = [];
  const slow = (name: string) => () => {
    const end = performance.now() + 15;
    while (performance.now() < end);
    drawn.push(name);
  };
  inTurn(9002, slow('foot'));
  inTurn(9001, slow('head'));
  const frames: string[][] = [];
  await new Promise<void>((resolve) => {
    const look = (): void => {
      frames.push([...drawn]);
      if (drawn.length === 2) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
  expect(drawn).toEqual(['head', 'foot']);
  expect(frames.map((names) => names.length)).toContain(1);
});
