import { expect, test } from 'vitest';
import { clarityOf, greyOf, type Grey } from './clarity.ts';

/** A page of strokes: black bars two pixels wide, as small print has them at this size. */
function print(width: number, height: number, dark = 1): Grey {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const ink = y % 24 > 6 && (x + (y >> 2)) % 7 < 2;
      data[y * width + x] = (ink ? 40 : 225) * dark;
    }
  return { data, width, height };
}

/** Means over a square: a lens out of focus. */
function blurred({ data, width, height }: Grey, radius: number): Grey {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let [sum, count] = [0, 0];
      for (let j = Math.max(0, y - radius); j <= Math.min(height - 1, y + radius); j++)
        for (let i = Math.max(0, x - radius); i <= Math.min(width - 1, x + radius); i++) {
          sum += data[j * width + i]!;
          count += 1;
        }
      out[y * width + x] = sum / count;
    }
  return { data: out, width, height };
}

test('sharp print is clear, and stays so when the light is weaker', () => {
  expect(clarityOf(print(320, 256), 'print')).toBe('clear');
  expect(clarityOf(print(320, 256, 0.5), 'print')).toBe('clear');
});

test('print out of focus is told, also when most of the sheet is blank', () => {
  const soft = blurred(print(320, 256), 3);
  expect(clarityOf(soft, 'print')).toBe('blurred');
  const data = new Uint8Array(320 * 1024).fill(225);
  data.set(soft.data.subarray(0, 320 * 128), 320 * 256);
  expect(clarityOf({ data, width: 320, height: 1024 }, 'print')).toBe('blurred');
});

test('a sheet in the dark is told before anything else', () => {
  expect(clarityOf(print(320, 256, 0.2), 'print')).toBe('dark');
});

test('a blank sheet has nothing that could be blurred', () => {
  expect(clarityOf({ data: new Uint8Array(256 * 256).fill(220), width: 256, height: 256 }, 'print')).toBe(
    'clear',
  );
});

test('soft edges of a person or a place are no blur', () => {
  const soft = blurred(print(320, 256), 1);
  expect(clarityOf(soft, 'scene')).toBe('clear');
  expect(clarityOf(blurred(blurred(soft, 5), 5), 'scene')).toBe('blurred');
});

test.each([
  [1, 1],
  [3, 2],
  [63, 40],
])('a picture of %i × %i is judged too', (width, height) => {
  expect(clarityOf({ data: new Uint8Array(width * height).fill(200), width, height }, 'print')).toBe('clear');
});

test('brightness is weighed as the eye does', () => {
  const data = Uint8ClampedArray.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]);
  expect([...greyOf({ data, width: 4, height: 1 }).data]).toEqual([76, 149, 29, 255]);
});
