import axe from 'axe-core';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { WHOLE } from '#lib/client/photo/corners.ts';
import type { Quad } from '#lib/client/photo/homography.ts';
import { asJpeg, quarters } from '../../../../tests/support/drawn-pictures.ts';
import '../tokens.css';
import CropFrame from './CropFrame.svelte';

afterEach(() => document.documentElement.removeAttribute('data-elder'));

async function frame() {
  let corners = $state.raw<Quad>(WHOLE);
  let quarterTurns = $state(0);
  const screen = await render(CropFrame, {
    picture: await asJpeg(quarters(400, 200)),
    width: 400,
    height: 200,
    get corners() {
      return corners;
    },
    set corners(next: Quad) {
      corners = next;
    },
    get quarterTurns() {
      return quarterTurns;
    },
    set quarterTurns(next: number) {
      quarterTurns = next;
    },
  });
  const corner = (name: string): HTMLElement =>
    screen.getByRole('button', { name: new RegExp(`^${name}`) }).element() as HTMLElement;
  return { screen, corner, corners: () => corners, turns: () => quarterTurns };
}

/** A finger on a corner, moved by so many pixels of the screen. */
function drag(handle: HTMLElement, x: number, y: number): void {
  const box = handle.getBoundingClientRect();
  const at = { x: box.left + box.width / 2 + 5, y: box.top + box.height / 2 - 3 };
  const fire = (type: string, dx: number, dy: number): boolean =>
    handle.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 1,
        pointerType: 'touch',
        isPrimary: true,
        clientX: at.x + dx,
        clientY: at.y + dy,
        bubbles: true,
      }),
    );
  // an invented pointer cannot be captured: the browser knows none of that number
  handle.setPointerCapture = () => undefined;
  handle.hasPointerCapture = () => true;
  fire('pointerdown', 0, 0);
  fire('pointermove', x / 2, y / 2);
  fire('pointermove', x, y);
  fire('pointerup', x, y);
}

const stageOf = (handle: HTMLElement): DOMRect =>
  (handle.parentElement as HTMLElement).getBoundingClientRect();

test('a corner follows the finger from where it was taken, not to where the finger is', async () => {
  const { corner, corners } = await frame();
  const handle = corner('左上角');
  const { width, height } = stageOf(handle);
  drag(handle, width * 0.2, height * 0.1);
  const [moved, ...rest] = corners();
  expect(moved.x).toBeCloseTo(0.2, 2);
  expect(moved.y).toBeCloseTo(0.1, 2);
  expect(rest).toEqual(WHOLE.slice(1));
});

test('a corner stays inside the picture and never crosses the others', async () => {
  const { corner, corners } = await frame();
  const handle = corner('右下角');
  const { width, height } = stageOf(handle);
  drag(handle, width, height);
  expect(corners()[2]).toEqual({ x: 1, y: 1 });
  drag(handle, -width * 2, -height * 2);
  const [tl, , br] = corners();
  expect(br.x > tl.x || br.y > tl.y).toBe(true);
});

test('arrow keys move the corner that has the focus, Shift moves it far, and its place is said', async () => {
  const { corner, corners, screen } = await frame();
  corner('左上角').focus();
  await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}{ArrowRight}');
  expect(corners()[0].x).toBeCloseTo(0.055, 5);
  expect(corners()[0].y).toBeCloseTo(0.1, 5);
  await expect.element(screen.getByRole('button', { name: '左上角，横 6%，竖 10%' })).toHaveFocus();
});

test('turned on the screen, the corner at the top left is another one of the picture', async () => {
  const { screen, corner, corners, turns } = await frame();
  await screen.getByRole('button', { name: '右转' }).click();
  expect(turns()).toBe(1);
  const handle = corner('左上角');
  const { width, height } = stageOf(handle);
  expect(width / height).toBeCloseTo(0.5, 1);
  drag(handle, width * 0.3, height * 0.1);
  // clockwise: what is at the top left now was at the bottom left
  expect(corners()[3].x).toBeCloseTo(0.1, 2);
  expect(corners()[3].y).toBeCloseTo(0.7, 2);
});

test('整张不裁 takes the whole picture again and keeps it turned; 恢复原样 takes both back', async () => {
  const { screen, corner, corners, turns } = await frame();
  await screen.getByRole('button', { name: '左转' }).click();
  corner('右上角').focus();
  await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
  expect(corners()).not.toEqual(WHOLE);
  await screen.getByRole('button', { name: '整张不裁' }).click();
  expect([corners(), turns()]).toEqual([WHOLE, 3]);
  await screen.getByRole('button', { name: '恢复原样' }).click();
  expect(turns()).toBe(0);
});

test.each([
  ['ordinary', 44],
  ['large', 60],
])('in %s print a corner is at least %i px for the finger, and nobody is kept out', async (print, least) => {
  document.documentElement.toggleAttribute('data-elder', print === 'large');
  const { screen, corner } = await frame();
  for (const name of ['左上角', '右上角', '右下角', '左下角']) {
    const { width, height } = corner(name).getBoundingClientRect();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(least);
  }
  await vi.waitFor(() => expect(screen.container.querySelector('canvas')?.width).toBe(400));
  const { violations } = await axe.run(screen.container);
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
