import { describe, expect, it, test } from 'vitest';
import {
  childPath,
  countyOf,
  countyPathOf,
  fullName,
  isSitePath,
  isWithin,
  itemLevelOf,
  parentPath,
  townshipOf,
  townshipPathOf,
} from './site.ts';
import type { SiteLevel } from './site.ts';

const city = 'S410500000000/';
const county = `${city}S410526000000/`;
const township = `${county}S410526102000/`;
const village = `${township}S410526102201/`;

describe('scope is the managing path', () => {
  test.each([
    [city, village, true],
    [county, village, true],
    [township, village, true],
    [village, village, true],
    [village, township, false],
    [township, `${county}S410526103000/S410526103201/`, false],
    [county, `${city}S410505000000/S410522102000/`, false],
  ])('%s contains %s: %s', (scope, path, within) => expect(isWithin(scope, path)).toBe(within));

  it('an id that begins like another is not inside it', () => {
    expect(isWithin('C1/T1/', 'C1/T10/')).toBe(false);
    expect(isWithin('C1/T1', 'C1/T10/')).toBe(false);
  });

  test.each(['', '/', 'S1', '//', '../', 'S1/%/', 'a/b/c/d/e/f/'])(
    'a broken scope “%s” contains nothing',
    (scope) => {
      expect(isSitePath(scope)).toBe(false);
      expect(isWithin(scope, village)).toBe(false);
      expect(isWithin(scope, scope)).toBe(false);
    },
  );

  it('a town that another district runs belongs to that district (铜冶镇)', () => {
    const tongye = `${city}S410505000000/S410522102000/`;
    expect(countyOf(tongye)).toBe('S410505000000');
    expect(isWithin(`${city}S410522000000/`, tongye)).toBe(false);
  });
});

describe('a path tells who manages a site', () => {
  it('from the village up', () => {
    expect(townshipOf(village)).toBe('S410526102000');
    expect(townshipPathOf(village)).toBe(township);
    expect(countyOf(village)).toBe('S410526000000');
    expect(countyPathOf(village)).toBe(county);
    expect(parentPath(village)).toBe(township);
    expect(childPath(township, 'S410526102201')).toBe(village);
  });
  it('at the top there is nobody above', () => {
    expect(townshipOf(county)).toBeNull();
    expect(townshipPathOf(county)).toBeNull();
    expect(countyOf(city)).toBeNull();
    expect(countyPathOf(city)).toBeNull();
    expect(parentPath(city)).toBeNull();
  });
  it('a broken path is a bug', () => {
    expect(() => townshipOf('S1')).toThrow(RangeError);
    expect(() => childPath(`${village}S410526102202/`, 'S1')).toThrow(RangeError);
    expect(() => childPath(township, 'a/b')).toThrow(RangeError);
  });
});

test.each<[SiteLevel, string | null]>([
  ['township', 'township'],
  ['subdistrict', 'subdistrict'],
  ['village', 'village'],
  ['community', 'village'],
  ['county', null],
  ['city', null],
])('a %s offers the items of level %s', (level, items) => expect(itemLevelOf(level)).toBe(items));

test('a station is named with its township', () => {
  expect(fullName({ level: 'village', name: '示例村' }, { name: '样本镇' })).toBe('样本镇示例村');
  expect(fullName({ level: 'township', name: '样本镇' }, null)).toBe('样本镇');
  expect(fullName({ level: 'village', name: '示例村' }, null)).toBe('示例村');
  const centre = { name: '样本镇便民服务中心' };
  expect(fullName({ level: 'village', name: '示例村便民服务站' }, centre)).toBe('样本镇示例村');
  expect(fullName({ level: 'township', ...centre }, null)).toBe('样本镇');
  expect(fullName({ level: 'village', name: '便民服务站' }, centre)).toBe('样本镇便民服务站');
});
