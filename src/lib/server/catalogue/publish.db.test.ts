import { expect, test } from 'vitest';
import { itemHash } from '#lib/catalogue/hash.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { NOW, item } from '../../../../tests/support/builders.ts';
import { ALLOWANCE, COUNTY, PERMIT, SITES, foundTown } from '../../../../tests/support/town.ts';
import { newestNumber, releaseForSite } from './current-release.ts';
import { publishRelease } from './publish.ts';

const village = { county: COUNTY, level: 'village', by: 'releaser', now: NOW } as const;

eachDatabase('publishing', (database) => {
  test('numbers rise by one for each county and level, also when three publish at once', async () => {
    const { store } = await foundTown(await database.open());
    const publish = () => publishRelease(store, { ...village, items: [ALLOWANCE] });
    const places = await Promise.all([publish(), publish(), publish()]);
    expect(places.map(({ number }) => number).sort()).toEqual([2, 3, 4]);
    const numbers = await store.read(async (trx) => [
      await newestNumber(trx, COUNTY, 'village'),
      await newestNumber(trx, COUNTY, 'township'),
      await newestNumber(trx, COUNTY, 'subdistrict'),
    ]);
    expect(numbers).toEqual([4, 1, 0]);
  });

  test('a site works with the newest release for its level; a county’s counter and an unknown county with none', async () => {
    const { store } = await foundTown(await database.open());
    await publishRelease(store, { ...village, items: [ALLOWANCE] });
    const places = await store.read(async (trx) => [
      await releaseForSite(trx, SITES.A1, null),
      await releaseForSite(trx, SITES.A, null),
      await releaseForSite(trx, { ...SITES.A, level: 'county' }, null),
      await releaseForSite(trx, { ...SITES.A1, county: 'S000000000000' }, null),
    ]);
    expect(places).toEqual([
      { county: COUNTY, level: 'village', number: 2 },
      { county: COUNTY, level: 'township', number: 1 },
      null,
      null,
    ]);
  });

  test('a version of an item is kept with the releases it was in, a part that did not change only once', async () => {
    const { store } = await foundTown(await database.open());
    const changed = item({ conditions: '年满 80 周岁，改过的示例条件' });
    const partsOf = () => store.read((trx) => trx.selectFrom('release_part').select('sha256').execute());
    const before = (await partsOf()).length;
    await publishRelease(store, { ...village, items: [ALLOWANCE, PERMIT] });
    expect(await partsOf()).toHaveLength(before);
    await publishRelease(store, { ...village, items: [changed, PERMIT] });

    const spans = await store.read((trx) =>
      trx
        .selectFrom('item_release')
        .select(['hash', 'first_release', 'last_release'])
        .where('level', '=', 'village')
        .execute(),
    );
    const spanOf = async (one: typeof ALLOWANCE) => {
      const hash = await itemHash(one);
      const span = spans.find((row) => row.hash === hash);
      return span && [span.first_release, span.last_release];
    };
    expect(await spanOf(ALLOWANCE)).toEqual([1, 2]);
    expect(await spanOf(changed)).toEqual([3, 3]);
    expect(await spanOf(PERMIT)).toEqual([1, 3]);
  });

  test('an unfit item or a county without a key stops everything', async () => {
    const { store } = await foundTown(await database.open());
    const unfit = item({ promisedDays: 90, statutoryDays: 20 });
    await expect(publishRelease(store, { ...village, items: [unfit] })).rejects.toThrow(RangeError);
    await store.write((trx) => trx.updateTable('release_key').set({ standing: 'spare' }).execute());
    await expect(publishRelease(store, { ...village, items: [ALLOWANCE] })).rejects.toThrow(/no key/);
    expect(await store.read((trx) => newestNumber(trx, COUNTY, 'village'))).toBe(1);
  });
});
