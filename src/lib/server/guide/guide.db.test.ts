import { expect, test } from 'vitest';
import { eachDatabase, type Database } from '../../../../tests/support/each-database.ts';
import { item, NOW } from '../../../../tests/support/builders.ts';
import { ALLOWANCE, COUNTY, PERMIT, SITES, foundTown, type Town } from '../../../../tests/support/town.ts';
import type { Item } from '#lib/domain/item.ts';
import { entriesOf, wantedOf } from './browse.ts';
import { noticeOf, viewCityItem, viewItem } from './item.ts';
import { newestOffers, shelvesOf } from './offers.ts';
import { findPlace, listCounties } from './places.ts';
import { viewCity, viewPlace } from './region.ts';
import { guideAddresses, sitemapOf } from './sitemap.ts';

const CITY = 'S410500000000';
const COUNTY_CODE = '410526000000';
const nothing = wantedOf(new URLSearchParams());
const asking = (search: string) => wantedOf(new URLSearchParams(search));

const AT_STATION: Item = item({
  code: '410511005002',
  taskCode: '11410526MB0000000X6410511005002',
  name: '村里开证明',
  levels: ['village'],
});
const AT_COUNTER: Item = item({
  code: '410511005003',
  taskCode: '11410526MB0000000X6410511005003',
  name: '镇里盖章',
  levels: ['township'],
});
const ALL = [ALLOWANCE, PERMIT, AT_STATION, AT_COUNTER];

/** The town of all tests under its city, and beside it what the public must not see: practice, and a village that is gone. */
async function publicTown(database: Database): Promise<Town> {
  const town = await foundTown(await database.open());
  const village = { ...SITES.A1, township: SITES.A.id, parent: SITES.A.id };
  const practice = { name: '（练习）滑县', full_name: '（练习）滑县', county: 'L990526000000' };
  await town.store.write(async (trx) => {
    await trx
      .insertInto('site')
      .values([
        {
          id: CITY,
          code: '410500000000',
          name: '安阳市',
          full_name: '安阳市',
          level: 'city',
          path: `${CITY}/`,
          status: 'open',
        },
        { ...village, id: 'S410526102209', code: '410526102209', full_name: '没了的村', status: 'closed' },
        {
          ...practice,
          id: practice.county,
          code: '990526000000',
          level: 'county',
          status: 'open',
          path: `${CITY}/L990526000000/`,
        },
      ])
      .execute();
    await trx
      .insertInto('county')
      .values({ id: practice.county, code: '990526000000', name: practice.name, policy: '{}' })
      .execute();
  });
  await town.publish(ALL);
  return town;
}

eachDatabase('the public guide', (database) => {
  test('a region shows what lies in it and how much is handled there; practice and closed sites do not exist', async () => {
    const { store } = await publicTown(database);
    const city = await viewCity(store, nothing);
    expect(city).toMatchObject({ city: { name: '安阳市' }, total: 4, lines: [] });
    expect(city?.counties).toMatchObject([{ name: '滑县', townships: 2, stations: 3, items: 4 }]);
    const county = await viewPlace(store, COUNTY_CODE, nothing);
    expect(county).toMatchObject({ total: 4, lines: [], county: null });
    expect(county?.townships).toMatchObject([
      { name: '示例镇', stations: 2 },
      { name: '另一镇', stations: 1 },
    ]);
    const township = await viewPlace(store, SITES.A.code, nothing);
    expect(township?.stations.map(({ name }) => name)).toEqual(['示例村', '样本村']);
    expect(township?.lines.map(({ entry }) => entry.name)).toEqual([ALLOWANCE.name, PERMIT.name, '镇里盖章']);
    const village = await viewPlace(store, SITES.A1.code, nothing);
    expect(village).toMatchObject({ total: 3, township: { name: '示例镇' }, county: { name: '滑县' } });
    for (const code of ['990526000000', '410526102209', '410500000000', '123', "' or 1=1 --", ''])
      expect(await viewPlace(store, code, nothing)).toBeNull();
    const paused = { status: 'paused' } as const;
    await store.write((trx) => trx.updateTable('site').set(paused).where('id', '=', SITES.B.id).execute());
    expect(await store.read((trx) => findPlace(trx, SITES.B.code))).toMatchObject({ paused: true });
  });

  test('items are found by characters, pinyin, initials and topic; what a place does not handle is said to be elsewhere', async () => {
    const { store } = await publicTown(database);
    const names = async (code: string, search: string) => {
      const view = await viewPlace(store, code, asking(search));
      return [view?.lines, view?.elsewhere].map((lines) => lines?.map(({ entry }) => entry.name));
    };
    for (const query of ['许可', 'xuke', 'slxk'])
      expect(await names(COUNTY_CODE, `q=${query}`)).toEqual([[PERMIT.name], []]);
    expect(await names(SITES.A1.code, 'q=盖章')).toEqual([[], ['镇里盖章']]);
    expect(await names(SITES.A.code, 'q=zhengming')).toEqual([[], ['村里开证明']]);
    expect((await names(SITES.A.code, `topic=${ALLOWANCE.topics[0]}`))[0]).toHaveLength(3);
    expect(await names(SITES.A.code, 'topic=没有这个主题')).toEqual([[], []]);
    for (const query of ['%', "' or 1=1 --", '<script>', '\0', '字'.repeat(500)])
      expect(await names(COUNTY_CODE, `q=${encodeURIComponent(query)}`)).toEqual([[], []]);
  });

  test('a guide is the newest release of the level that handles the item, with where one can go', async () => {
    const { store } = await publicTown(database);
    const county = await viewItem(store, COUNTY_CODE, ALLOWANCE.code);
    expect(county).toMatchObject({ number: 2, level: 'township', at: null, toleranceDays: 10 });
    expect(county?.areas).toMatchObject([
      { name: '示例镇', centre: true, stations: 2 },
      { name: '另一镇', centre: true, stations: 1 },
    ]);
    expect((await viewItem(store, COUNTY_CODE, '410511005003'))?.areas[0]).toMatchObject({
      centre: true,
      stations: 0,
    });
    expect((await viewItem(store, COUNTY_CODE, '410511005002'))?.areas[0]).toMatchObject({
      centre: false,
      stations: 2,
    });

    const where = async (site: string, code: string) => {
      const view = await viewItem(store, site, code);
      return { at: view?.at?.name ?? null, level: view?.level, sites: view?.sites.map(({ name }) => name) };
    };
    expect(await where(SITES.A1.code, ALLOWANCE.code)).toEqual({
      at: '示例村',
      level: 'village',
      sites: ['示例村', '示例镇'],
    });
    expect(await where(SITES.A1.code, '410511005003')).toEqual({
      at: '示例镇',
      level: 'township',
      sites: ['示例镇'],
    });
    expect(await where(SITES.A.code, '410511005002')).toEqual({
      at: null,
      level: 'village',
      sites: ['示例村', '样本村'],
    });
    expect((await viewCityItem(store, '410511005002'))?.counties).toMatchObject([
      { place: { name: '滑县' }, levels: ['village'] },
    ]);
  });

  test('an item that the newest release leaves out is offered nowhere, and nobody knows a wrong code', async () => {
    const town = await publicTown(database);
    await town.publish([PERMIT]);
    const { store } = town;
    expect(await viewItem(store, SITES.A.code, ALLOWANCE.code)).toBeNull();
    expect(await viewCityItem(store, ALLOWANCE.code)).toBeNull();
    expect(await viewItem(store, SITES.A.code, PERMIT.code)).toMatchObject({ number: 3 });
    expect((await viewPlace(store, SITES.A.code, nothing))?.total).toBe(1);
    for (const code of ['none', '\0', "' or 1=1 --", 'x'.repeat(500)]) {
      expect(await viewItem(store, SITES.A.code, code)).toBeNull();
      expect(await viewItem(store, code, PERMIT.code)).toBeNull();
    }
  });

  test('a site’s own choice is respected: what it does not handle is elsewhere, and what nobody handles nowhere', async () => {
    const { store } = await publicTown(database);
    const leaveOut = (site: string, ...codes: string[]) =>
      store.write((trx) =>
        trx
          .insertInto('site_choice')
          .values({ site, left_out: JSON.stringify(codes), mark: 'm', changed_at: NOW, changed_by: 'admin' })
          .execute(),
      );
    const listed = async (code: string, search = '') => {
      const view = await viewPlace(store, code, asking(search));
      return [view?.lines, view?.elsewhere].map((lines) => lines?.map(({ entry }) => entry.code));
    };
    const where = async (code: string, item: string) =>
      (await viewItem(store, code, item))?.sites.map(({ name }) => name) ?? null;
    const centres = async (item: string) =>
      (await viewItem(store, COUNTY_CODE, item))?.areas.map(({ name, centre, stations }) => [
        name,
        centre,
        stations,
      ]);

    await leaveOut(SITES.A1.id, ALLOWANCE.code, AT_STATION.code);
    expect((await listed(SITES.A1.code))[0]).toEqual([PERMIT.code]);
    expect(await listed(SITES.A1.code, `q=${encodeURIComponent(ALLOWANCE.name)}`)).toEqual([
      [],
      [ALLOWANCE.code],
    ]);
    expect(await where(SITES.A1.code, ALLOWANCE.code)).toEqual(['示例镇']);
    expect(await where(SITES.A1.code, AT_STATION.code)).toBeNull();
    expect(await where(SITES.A.code, ALLOWANCE.code)).toEqual(['示例镇', '样本村']);
    expect((await listed(SITES.A.code, 'q=证明'))[1]).toEqual([AT_STATION.code]);
    expect(await centres(AT_STATION.code)).toEqual([
      ['示例镇', false, 1],
      ['另一镇', false, 1],
    ]);

    await leaveOut(SITES.A.id, ALLOWANCE.code);
    await leaveOut(SITES.A2.id, AT_STATION.code);
    expect((await listed(SITES.A.code, 'q=证明'))[1]).toEqual([]);
    expect((await listed(SITES.A.code))[0]).not.toContain(ALLOWANCE.code);
    expect(await where(SITES.A.code, ALLOWANCE.code)).toEqual(['样本村']);
    expect(await where(SITES.A1.code, ALLOWANCE.code)).toBeNull();
    expect(await centres(AT_STATION.code)).toEqual([['另一镇', false, 1]]);

    await leaveOut(SITES.B1.id, AT_STATION.code);
    expect(await viewItem(store, COUNTY_CODE, AT_STATION.code)).toBeNull();
    expect(await viewCityItem(store, AT_STATION.code)).toBeNull();
    expect((await viewPlace(store, COUNTY_CODE, nothing))?.total).toBe(3);
    const paths = (await guideAddresses(store)).map(({ path }) => path);
    expect(paths.filter((path) => path.endsWith(AT_STATION.code))).toEqual([]);
  });

  test('the notice names the place that handles the item, with the telephones that are known and no other', async () => {
    const { store } = await publicTown(database);
    const at = async (site: string, code: string) => {
      const view = await viewItem(store, site, code);
      return view && noticeOf(view, NOW);
    };
    expect(await at(SITES.A1.code, ALLOWANCE.code)).toMatchObject({
      title: '一次性告知单',
      issuer: '示例村便民服务站',
      phones: [{ name: '咨询', number: '0372-0000000' }],
      practice: false,
      qr: null,
    });
    expect((await at(SITES.A1.code, '410511005003'))?.issuer).toBe('示例镇便民服务中心');
    expect(await at(COUNTY_CODE, ALLOWANCE.code)).toBeNull();
  });

  test('search engines get every region, each item once a county, and never practice', async () => {
    const { store } = await publicTown(database);
    const addresses = await guideAddresses(store);
    const paths = addresses.map(({ path }) => path);
    expect(paths).toContain('/guide');
    expect(paths).toContain(`/guide/${SITES.B1.code}`);
    expect(paths.filter((path) => path.endsWith('/410511005002'))).toEqual([
      `/guide/${COUNTY_CODE}/410511005002`,
    ]);
    expect(paths.filter((path) => /99|2209/.test(path))).toEqual([]);
    expect(new Set(paths).size).toBe(1 + 6 + 4);
    expect(addresses.every(({ changed }) => changed === NOW)).toBe(true);
  });

  test('an office that was never set up has no guide', async () => {
    const store = await database.open();
    expect(await viewCity(store, nothing)).toBeNull();
    expect(await store.read(listCounties)).toEqual([]);
  });

  test('counties with the same lists share one', async () => {
    const { store } = await publicTown(database);
    const offers = await store.read((trx) => newestOffers(trx, COUNTY));
    const [first, again] = await Promise.all([shelvesOf(store, offers), shelvesOf(store, offers)]);
    expect(first[0]).toBe(again[0]);
    expect(entriesOf(first).map(({ code }) => code)).toHaveLength(4);
  });
});

test('a sitemap with too many addresses becomes several with an index', () => {
  const addresses = Array.from({ length: 5 }, (_, at) => ({ path: `/guide/${at}?a&b`, changed: NOW }));
  const of = (part: number | null) => sitemapOf(addresses, 'https://jinban.example', part, 2);
  expect(of(null)?.match(/part=\d/g)).toEqual(['part=1', 'part=2', 'part=3']);
  expect(of(3)?.match(/<loc>[^<]*/g)).toEqual(['<loc>https://jinban.example/guide/4?a&amp;b']);
  expect(of(4)).toBeNull();
  expect(of(Number('x'))).toBeNull();
  expect(sitemapOf(addresses, 'https://jinban.example', null)).toContain('<urlset');
});
