import { expect, test } from 'vitest';
import { fit, stepZoom, ZOOMS } from './fit.ts';
import { pageName, sizeWords } from './photo-page.ts';

const frame = { width: 800, height: 600 };

test('a picture fills its frame without being cut', () => {
  expect(fit({ width: 1600, height: 600 }, frame, 0, 1).room).toEqual({ width: 800, height: 300 });
  expect(fit({ width: 300, height: 1200 }, frame, 0, 1).room).toEqual({ width: 150, height: 600 });
});
test('turned by a quarter it takes the room of the turned picture', () => {
  const { picture, room } = fit({ width: 1600, height: 600 }, frame, 1, 1);
  expect(room).toEqual({ width: 225, height: 600 });
  expect(picture).toEqual({ width: 600, height: 225 });
});
test('zoom is times the frame, and nothing known yet takes no room', () => {
  expect(fit({ width: 800, height: 600 }, frame, 2, 2).room).toEqual({ width: 1600, height: 1200 });
  expect(fit({ width: 0, height: 0 }, frame, 0, 1).room).toEqual({ width: 0, height: 0 });
});
test('zooming goes step by step and stays at the ends', () => {
  expect(stepZoom(1, -1)).toBe(1);
  expect(stepZoom(1, 1)).toBe(1.5);
  expect(stepZoom(ZOOMS.at(-1)!, 1)).toBe(ZOOMS.at(-1));
});
test('sizes and pages in the words of the counter', () => {
  expect([1, 186_000, 1_300_000].map(sizeWords)).toEqual(['1 KB', '182 KB', '1.2 MB']);
  const page = { sha256: '', size: 1, type: 'jpeg' as const, material: '居民户口簿', held: true };
  expect(pageName({ ...page, page: 2, of: 3 })).toBe('居民户口簿 第 2 页，共 3 页');
  expect(pageName({ ...page, page: 1, of: 1 })).toBe('居民户口簿');
});
