import { expect, test } from 'vitest';
import { withPlace } from './address-text.ts';

const PLACES = ['白道口镇', '白道口镇许村', '白道口镇石佛村'];

test.each([
  ['', '白道口镇许村', '白道口镇许村'],
  ['一组 3 号', '白道口镇许村', '白道口镇许村一组 3 号'],
  ['白道口镇石佛村一组', '白道口镇许村', '白道口镇许村一组'],
  ['白道口镇一组', '白道口镇许村', '白道口镇许村一组'],
  ['白道口镇许村一组', '白道口镇许村', '白道口镇许村一组'],
  [' 郑州市 ', '白道口镇', '白道口镇郑州市'],
])('%j with a place is %j → %j', (address, place, expected) => {
  expect(withPlace(address, place, PLACES)).toBe(expected);
});
