import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstTry, MOST_BYTES, nextTry, targetOf, TARGETS, type Target } from './targets.ts';

test.each<[string, Target]>([
  ['居民身份证', 'card'],
  ['法定代表人（负责人）居民身份证', 'card'],
  ['医保电子凭证、居民身份证或社会保障卡', 'card'],
  ['居民身份证或营业执照', 'page'],
  ['残疾人证申请表', 'page'],
  ['居民户口簿', 'page'],
  ['房屋平面图及客房分布图', 'drawing'],
  ['购物凭证（发票、收据、付款截图等）', 'page'],
  ['现场照片或视频', 'scene'],
  ['夫妻及子女合影照片', 'scene'],
  ['公示照片及异议处理记录', 'page'],
])('%s is photographed as a %s', (name, target) => {
  expect(targetOf(name)).toBe(target);
});

test('an A4 page keeps 200 dots an inch, an A3 drawing too (DA/T 31-2017)', () => {
  expect(firstTry('page').longSide).toBeGreaterThanOrEqual((297 / 25.4) * 200);
  expect(firstTry('drawing').longSide).toBeGreaterThanOrEqual((420 / 25.4) * 200);
});

test('whatever the picture, a few tries end below 500 KB', () => {
  const noise = fc.double({ min: 0.02, max: 4, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(...TARGETS), noise, (target, bytesPerPixel) => {
      let aim: ReturnType<typeof nextTry> = firstTry(target);
      for (let tries = 1; aim; tries++) {
        expect(tries).toBeLessThan(12);
        // square, and every step of quality saves little: harder than any real picture
        const bytes = Math.round(aim.longSide ** 2 * bytesPerPixel * (0.4 + 0.6 * aim.quality));
        const last = aim;
        aim = nextTry({ ...last, bytes });
        if (!aim) expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
        else expect(aim.longSide < last.longSide || aim.quality < last.quality).toBe(true);
      }
    }),
  );
});

test('a picture that is slightly too large loses quality first, never its size', () => {
  const { longSide, quality } = firstTry('page');
  expect(nextTry({ longSide, quality, bytes: MOST_BYTES + 1 })).toEqual({ longSide, quality: 0.7 });
  expect(nextTry({ longSide, quality, bytes: MOST_BYTES })).toBeNull();
});
