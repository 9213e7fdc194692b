import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import SignaturePad from './SignaturePad.svelte';
import type { Strokes } from './strokes.ts';

/** Draws on the pad as a finger does; offsets are from the pad's corner. */
function draw(canvas: HTMLCanvasElement, points: readonly (readonly [number, number])[]): void {
  const { left, top } = canvas.getBoundingClientRect();
  const fire = (type: string, [x, y]: readonly [number, number]): boolean =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 7,
        pointerType: 'touch',
        isPrimary: true,
        clientX: left + x,
        clientY: top + y,
        button: 0,
        buttons: type === 'pointerup' ? 0 : 1,
        pressure: 0.5,
        bubbles: true,
        cancelable: true,
      }),
    );
  const [first = [0, 0] as const, ...rest] = points;
  fire('pointerdown', first);
  for (const point of rest) fire('pointermove', point);
  fire('pointerup', points[points.length - 1] ?? first);
}

const ink = (canvas: HTMLCanvasElement): number => {
  const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]) count++;
  return count;
};

async function pad(value?: Strokes) {
  const onchange = vi.fn<(value: Strokes | undefined) => void>();
  const screen = await render(SignaturePad, { label: '王示例的签名', onchange, value });
  const canvas = screen.container.querySelector('canvas') as HTMLCanvasElement;
  return { screen, onchange, canvas };
}

test('each stroke is emitted as whole numbers inside the pad, and can be taken back', async () => {
  const { screen, onchange, canvas } = await pad();
  draw(canvas, [
    [20, 30],
    [60, 34],
    [100, 40],
  ]);
  draw(canvas, [
    [60, 10],
    [62, 90],
  ]);

  await vi.waitFor(() => expect(onchange).toHaveBeenCalledTimes(2));
  const signed = onchange.mock.lastCall?.[0];
  expect(signed?.strokes).toHaveLength(2);
  expect(signed?.width).toBe(canvas.clientWidth);
  expect(signed?.strokes.flat().every(Number.isInteger)).toBe(true);
  expect(signed?.strokes[0]?.slice(0, 2)).toEqual([20, 30]);
  await expect
    .element(screen.getByRole('group', { name: '王示例的签名' }))
    .toHaveAccessibleDescription('已写 2 笔');

  await screen.getByRole('button', { name: '退一笔' }).click();
  expect(onchange.mock.lastCall?.[0]?.strokes).toHaveLength(1);
  await screen.getByRole('button', { name: '重签' }).click();
  expect(onchange.mock.lastCall?.[0]).toBeUndefined();
  expect(ink(canvas)).toBe(0);
  await expect.element(screen.getByRole('group')).toHaveAccessibleDescription('还没有签');
});

test('a draft’s signature is drawn again, and survives the pad becoming narrower', async () => {
  const { screen, canvas } = await pad({ width: 300, height: 150, strokes: [[20, 30, 120, 40, 200, 90]] });
  await vi.waitFor(() => expect(ink(canvas)).toBeGreaterThan(50));
  const before = canvas.width;
  (screen.container as HTMLElement).style.width = '240px';
  await vi.waitFor(() => expect(canvas.width).toBeLessThan(before));
  expect(ink(canvas)).toBeGreaterThan(50);
});
