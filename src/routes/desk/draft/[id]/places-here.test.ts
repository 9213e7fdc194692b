import { expect, test } from 'vitest';
import { placesHere } from './places-here.ts';

const village = { id: 'S1', level: 'village' as const, fullName: '白道口镇许村' };
const township = { id: 'S0', level: 'township' as const, fullName: '白道口镇' };

test('a village station means its own village', () => {
  expect(placesHere(village, [{ id: 'S1', name: '许村便民服务站' }])).toEqual(['白道口镇许村']);
  expect(placesHere(undefined, [])).toEqual([]);
});

test('a township means itself and its villages, by place, not by what is over the door', () => {
  const sites = [
    { id: 'S0', name: '白道口镇便民服务中心' },
    { id: 'S1', name: '许村便民服务站' },
    { id: 'S2', name: '白道口镇石佛村便民服务站' },
  ];
  expect(placesHere(township, sites)).toEqual(['白道口镇', '白道口镇许村', '白道口镇石佛村']);
});
