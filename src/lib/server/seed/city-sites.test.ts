import { describe, expect, test } from 'vitest';
import { SITE_LEVELS, countyOf, isWithin, townshipOf, type SiteLevel } from '#lib/domain/site.ts';
import { citySites } from './city-sites.ts';
import { readSitesCsv } from './read-data.ts';

const sites = citySites(readSitesCsv());
const byCode = new Map(sites.map((site) => [site.code, site]));
const head = 'code,name,level,parent';

describe('the sites of the city', () => {
  test('are one city, 10 counties, 135 centres and 1553 stations, each with an id of its own', () => {
    const count = (level: SiteLevel) => sites.filter((site) => site.level === level).length;
    expect(SITE_LEVELS.map(count)).toEqual([1, 10, 87, 48, 1349, 204]);
    expect(new Set(sites.map((site) => site.id)).size).toBe(sites.length);
  });

  test('each lies in its county and township, and after the site above it', () => {
    const seen = new Map<string, string>();
    for (const site of sites) {
      expect(site.county).toBe(countyOf(site.path));
      expect(site.township).toBe(townshipOf(site.path));
      if (site.parent) expect(site.path).toBe(`${seen.get(site.parent)}${site.id}/`);
      seen.set(site.id, site.path);
    }
  });

  test('a township run by another county than its statistical parent is in the scope of the one that runs it', () => {
    const tongye = byCode.get('410522102000')!;
    expect(tongye.full_name).toBe('铜冶镇');
    expect(isWithin(byCode.get('410505000000')!.path, tongye.path)).toBe(true);
    expect(isWithin(byCode.get('410522000000')!.path, tongye.path)).toBe(false);
    const village = sites.find((site) => site.parent === tongye.id)!;
    expect(village.county).toBe('S410505000000');
  });

  test('are named as people say it and as it stands over the door', () => {
    expect(byCode.get('410526102213')).toMatchObject({
      name: '许村便民服务站',
      full_name: '白道口镇许村',
      phone: null,
    });
    expect(byCode.get('410526102000')).toMatchObject({
      name: '白道口镇便民服务中心',
      full_name: '白道口镇',
      phone: '0372-0000000',
    });
    expect(byCode.get('410526000000')).toMatchObject({ name: '滑县', full_name: '滑县' });
  });
});

describe('a table of sites that is wrong is refused, never half read', () => {
  const read = (...lines: string[]) =>
    citySites({ sites: [head, ...lines].join('\n'), managing: 'code,managing' });
  test.each([
    ['no head line', () => citySites({ sites: 'code,name', managing: 'code,managing' }), /line 1/],
    ['a cell too few', () => read('410500000000,安阳市,city'), /line 2/],
    ['a code of 11 digits', () => read('41050000000,安阳市,city,'), /not a code/],
    [
      'a code twice',
      () => read('410500000000,安阳市,city,', '410500000000,安阳市,city,'),
      /not a code, or twice/,
    ],
    ['a level nobody knows', () => read('410500000000,安阳市,province,'), /no such level/],
    ['a parent that is not there', () => read('410526000000,滑县,county,410500000000'), /not in the table/],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});
