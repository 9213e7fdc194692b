import { describe, expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { item, NOW } from '../../../../tests/support/builders.ts';
import { ALLOWANCE, COUNTY, foundTown, PERMIT } from '../../../../tests/support/town.ts';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import { compressionText } from '#lib/domain/time-limit-words.ts';
import { readLimitView } from '#lib/domain/time-limit-view.ts';
import { timeLimits } from '#lib/domain/time-limits.ts';
import type { Item } from '#lib/domain/item.ts';
import { audit } from '../audit.ts';
import { publishRelease } from '../catalogue/publish.ts';
import { createCountyKeys } from '../catalogue/release-keys.ts';
import type { Store } from '../db/store.ts';
import { figuresFile, fileName, itemsFile } from './limit-files.ts';
import { itemsAt, limitLists } from './limit-lists.ts';
import { limitsOverReleases, newestLimits } from './time-limits.ts';

const OTHER = 'S410527000000';
const LATER = '2026-10-09T02:00:00.000Z';
const QUICKER = { ...ALLOWANCE, promisedDays: 0, handling: '即办件' } as const;

/** A second county with a list of its own. */
async function foundOther(store: Store, items: readonly Item[]): Promise<void> {
  const keys = await createCountyKeys(OTHER, NOW);
  await store.write(async (trx) => {
    const policy = JSON.stringify(DEFAULT_COUNTY_POLICY);
    await trx
      .insertInto('county')
      .values({ id: OTHER, code: '410527000000', name: '内黄县', policy })
      .execute();
    await trx.insertInto('release_key').values(keys).execute();
  });
  await publishRelease(store, { county: OTHER, level: 'township', items, by: 'releaser', now: NOW });
}

eachDatabase('the time limits of a county', (database) => {
  test('are those of its newest release at each level', async () => {
    const town = await foundTown(await database.open());
    town.setClock(LATER);
    await town.publish([QUICKER]);
    expect(await newestLimits(town.store, COUNTY)).toMatchObject([
      {
        level: 'township',
        number: 2,
        publishedAt: LATER,
        items: [{ code: ALLOWANCE.code, promisedDays: 0 }],
      },
      { level: 'village', number: 2, publishedAt: LATER, items: [{ code: ALLOWANCE.code, promisedDays: 0 }] },
    ]);
  });

  test('show over the releases what changed from one to the next, and only as many as asked', async () => {
    const town = await foundTown(await database.open());
    town.setClock(LATER);
    await town.publish([QUICKER, PERMIT]);
    await town.publish([QUICKER]);
    await town.publish([QUICKER, PERMIT]);
    const over = async (most: number) =>
      (await limitsOverReleases(town.store, { county: COUNTY, level: 'village', most })).map(
        ({ number, publishedAt, items }) => [
          number,
          publishedAt,
          items.length,
          compressionText(timeLimits(items).compression),
        ],
      );
    expect(await over(12)).toEqual([
      [1, NOW, 2, '50.00%'],
      [2, LATER, 2, '75.00%'],
      [3, LATER, 1, '100.00%'],
      [4, LATER, 2, '75.00%'],
    ]);
    expect((await over(2)).map(([number]) => number)).toEqual([3, 4]);
  });

  test('are never another county’s', async () => {
    const { store } = await foundTown(await database.open());
    const [, permit] = [ALLOWANCE, item({ code: '410599000001', name: '别县的事项' })];
    await foundOther(store, [permit]);
    const codes = async (county: string) => {
      const { items } = await limitLists(store, { county, list: 'county' });
      const releases = await limitsOverReleases(store, { county, level: 'township', most: 12 });
      return [items, ...releases.map((release) => release.items)].map((list) => list.map(({ code }) => code));
    };
    expect(await codes(COUNTY)).toEqual(Array(2).fill([ALLOWANCE.code, PERMIT.code]));
    expect(await codes(OTHER)).toEqual(Array(2).fill([permit.code]));
    expect(await codes('S410528000000')).toEqual([[]]);
  });

  test('count an item once however many levels have it; a level that promises longer decides', async () => {
    const { store } = await foundTown(await database.open());
    const publication = { county: COUNTY, by: 'releaser', now: LATER };
    await publishRelease(store, { ...publication, level: 'village', items: [QUICKER, PERMIT] });
    const lists = await limitLists(store, { county: COUNTY, list: 'county' });
    expect(lists.items.map(({ code, promisedDays }) => [code, promisedDays])).toEqual([
      [ALLOWANCE.code, 10],
      [PERMIT.code, 10],
    ]);
    expect(lists.differing).toEqual([ALLOWANCE.code]);
    const promised = (level: 'township' | 'village' | 'subdistrict') =>
      itemsAt(lists, level).map(({ promisedDays }) => promisedDays);
    expect([promised('township'), promised('village'), promised('subdistrict')]).toEqual([
      [10, 10],
      [0, 10],
      [],
    ]);
  });

  test('before the first release there are none', async () => {
    const { store } = await foundTown(await database.open());
    const lists = await limitLists(store, { county: OTHER, list: 'county' });
    expect(lists).toEqual({ is: 'county', exampleItems: null, items: [], differing: [], levels: [] });
  });

  test('the synthetic city is offered in a demo and nowhere else', async () => {
    const { store } = await foundTown(await database.open());
    const asked = { county: COUNTY, ...readLimitView(new URLSearchParams('list=example')) };
    expect(await limitLists(store, asked)).toMatchObject({ is: 'county', exampleItems: null });
    const line = { who: 'office', what: 'seeded', detail: { version: '2', living: 0 } } as const;
    await store.write((trx) => audit(trx, NOW, [line]));
    const lists = await limitLists(store, asked);
    expect(lists).toMatchObject({ is: 'example', exampleItems: 2185 });
    expect(lists.items).toHaveLength(2185);
    expect(lists.levels.every(({ release, items }) => release === null && items.length > 500)).toBe(true);
  });
});

describe('the files', () => {
  const timed = item({ name: '=HYPERLINK("http://x")', statutoryDays: 0, promisedDays: 3 });
  const lists = {
    is: 'county',
    exampleItems: null,
    items: [timed, PERMIT],
    differing: [],
    levels: [{ level: 'village', items: [PERMIT], release: null }],
  } as const;

  test('of figures say how the rate is worked out, and leave empty what is not known', () => {
    const [heads, whole, ...rest] = figuresFile(lists).split('\r\n');
    expect(heads).toMatch(/^\uFEFF分组,名称,事项数,/);
    expect(whole).toBe('合计,全部事项,2,0,0.0%,0,0.0%,1,1,20,10,50.00%');
    expect(rest).toEqual([
      '部门,民政局,2,0,0.0%,0,0.0%,1,1,20,10,50.00%',
      '层级,村（社区）,1,0,0.0%,0,0.0%,1,0,20,10,50.00%',
      '类型,行政许可,1,0,0.0%,0,0.0%,1,0,20,10,50.00%',
      '类型,行政给付,1,0,0.0%,0,0.0%,0,1,0,0,',
      '算法,压缩率：（Σ法定 20 − Σ承诺 10） ÷ Σ法定 20 = 50.00%；只算写明法定时限的事项，各项天数先加总再相除',
      '',
    ]);
  });

  test('of items run nothing, and keep codes whole', () => {
    const [, first, second] = itemsFile(lists, lists.items).split('\r\n');
    expect(first).toBe(
      `1,'410511005000,"'=HYPERLINK(""http://x"")",行政给付,民政局,乡镇、街道、村（社区）,承诺件,,3,,否，没有写明法定时限`,
    );
    expect(second).toMatch(/,20,10,50\.00%,是$/);
  });

  test('of the synthetic list say so in their first line and in their name', () => {
    const example = { ...lists, is: 'example' } as const;
    expect([fileName('时限统计', lists), fileName('时限统计', example)]).toEqual([
      '时限统计.csv',
      '时限统计-示例.csv',
    ]);
    for (const file of [figuresFile(example), itemsFile(example, [])]) {
      expect(file).toMatch(/^\uFEFF示例：模拟数据，不是真实事项\r\n/);
    }
  });
});
