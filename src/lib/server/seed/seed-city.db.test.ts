import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Level } from '#lib/domain/item.ts';
import { unpackItems } from '#lib/catalogue/release.ts';
import { verifyManifest, verifyPart } from '#lib/catalogue/verify.ts';
import type { Kdf } from '#lib/protocol/auth.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { deriveProof, isProof } from '../auth/passphrase.ts';
import { pinnedKeys } from '../catalogue/release-keys.ts';
import { readCalendar } from '../catalogue/rules.ts';
import type { Store } from '../db/store.ts';
import { demoAccounts } from './demo-accounts.ts';
import { readSheets } from '../county/working-list.ts';
import { DEMO_PASSPHRASE, SEED_VERSION, seedCity } from './seed-city.ts';
import { seededVersion } from './seeded-version.ts';
import { setUpCounty } from './set-up-county.ts';

const now = '2026-09-23T01:00:00.000Z';
const HUAXIAN = 'S410526000000';

/** The release as a device of that county would take it, or why it would not. */
async function asDeviceSees(store: Store, county: string, level: Level) {
  const { release, keys } = await store.read(async (trx) => ({
    release: await trx
      .selectFrom('release')
      .selectAll()
      .where('county', '=', county)
      .where('level', '=', level)
      .executeTakeFirstOrThrow(),
    keys: await pinnedKeys(trx, county),
  }));
  const expected = { county, level, newest: null };
  const verdict = await verifyManifest(new Uint8Array(release.manifest), release.signature, keys, expected);
  if (!verdict.ok) return verdict.reason;
  const ref = verdict.manifest.parts.items;
  const part = await store.read((trx) =>
    trx
      .selectFrom('release_part')
      .select('packed')
      .where('sha256', '=', ref.sha256)
      .executeTakeFirstOrThrow(),
  );
  const raw = new Uint8Array(brotliDecompressSync(part.packed));
  return (await verifyPart(raw, ref)) ? unpackItems(raw).length : 'damaged';
}

eachDatabase('the demo city', (database) => {
  test('is all of Anyang, with a signed release for each county and level, and people for two townships', async () => {
    const store = await database.open();
    expect(await seedCity(store, { now })).toEqual({ is: 'seeded' });

    const counted = await store.read(async (trx) => ({
      levels: await trx
        .selectFrom('site')
        .select(({ fn }) => ['level', fn.countAll<number>().as('n')])
        .groupBy('level')
        .execute(),
      counties: (await trx.selectFrom('county').select('id').execute()).map(({ id }) => id),
      releases: await trx.selectFrom('release').select(['county', 'level', 'number']).execute(),
      accounts: await demoAccounts(trx),
      calendar: await readCalendar(trx, HUAXIAN),
    }));
    expect(Object.fromEntries(counted.levels.map(({ level, n }) => [level, n]))).toEqual({
      city: 1,
      county: 10,
      township: 87,
      subdistrict: 48,
      village: 1349,
      community: 204,
    });
    expect(counted.releases).toHaveLength(30);
    expect(counted.calendar).toMatchObject({ validThrough: '2027-12-31', simulatedFrom: '2027-01-01' });

    for (const county of counted.counties) {
      const list = await store.read((trx) => readSheets(trx, county));
      expect([list.length, list.every(({ sheet }) => sheet.synthetic)]).toEqual([298, true]);
      expect(await asDeviceSees(store, county, 'township')).toBe(284);
      expect(await asDeviceSees(store, county, 'subdistrict')).toBe(217);
      expect(await asDeviceSees(store, county, 'village')).toBe(173);
    }

    const rolesAt = (code: string) =>
      counted.accounts.filter(({ site }) => site.code === code).map(({ roles }) => roles.join());
    for (const township of ['410526102000', '410526103000']) {
      expect(rolesAt(township)).toEqual(['clerk', 'clerk', 'reviewer', 'reviewer', 'head', 'clerk,reviewer']);
    }
    const villages = counted.accounts.filter(({ site }) => site.level === 'village');
    expect(villages.every(({ roles }) => roles.join() === 'agent')).toBe(true);
    expect(new Set(villages.map(({ site }) => site.id)).size).toBe(17 + 26);
    expect(rolesAt('410526000000')).toEqual(['admin', 'admin,releaser']);
    expect(new Set(counted.accounts.map(({ name }) => name)).size).toBe(counted.accounts.length);

    const clerk = await store.read((trx) =>
      trx.selectFrom('staff').selectAll().where('id', '=', 'P410526102000-1').executeTakeFirstOrThrow(),
    );
    const proof = await deriveProof(DEMO_PASSPHRASE, JSON.parse(clerk.kdf!) as Kdf);
    expect(await isProof(clerk.proof_hash, proof)).toBe(true);
    const salts = await store.read((trx) => trx.selectFrom('staff').select('kdf').execute());
    expect(new Set(salts.map(({ kdf }) => kdf)).size).toBe(salts.length);

    // again: nothing is done
    expect(await seedCity(store, { now })).toEqual({ is: 'already' });
    expect(await store.read((trx) => trx.selectFrom('audit').select('seq').execute())).toHaveLength(1);
  }, 180_000);

  test('is never put into a database that holds something else', async () => {
    const store = await database.open();
    const setup = {
      county: '410526',
      admin: '王示例',
      passphrase: 'long enough 1',
      exampleItems: false,
      now,
    };
    expect(await setUpCounty(store, setup)).toEqual({ is: 'done', name: '滑县', sites: 348 });
    expect(await seedCity(store, { now })).toEqual({ is: 'other', found: null });
    expect(await store.read(seededVersion)).toBeNull();
  });

  test('of another version is named, not mixed with this one', async () => {
    const store = await database.open();
    const line = { seq: 1, prev_hash: '', hash: '', at: now, who: 'office', what: 'seeded' };
    await store.write((trx) =>
      trx
        .insertInto('audit')
        .values({ ...line, detail: JSON.stringify({ version: '0' }) })
        .execute(),
    );
    expect(SEED_VERSION).not.toBe('0');
    expect(await seedCity(store, { now })).toEqual({ is: 'other', found: '0' });
  });
});

eachDatabase('a county that is set up for real', (database) => {
  const setup = {
    county: '410526000000',
    admin: '王示例',
    passphrase: 'long enough 1',
    exampleItems: false,
    now,
  };

  test('has its own sites, keys and one administrator, no simulated days and no items', async () => {
    const store = await database.open();
    expect((await setUpCounty(store, setup)).is).toBe('done');
    const made = await store.read(async (trx) => ({
      counties: await trx.selectFrom('site').select('id').where('level', '=', 'county').execute(),
      accounts: await demoAccounts(trx),
      keys: await pinnedKeys(trx, HUAXIAN),
      calendar: await readCalendar(trx, HUAXIAN),
      releases: await trx.selectFrom('release').select('number').execute(),
      list: await readSheets(trx, HUAXIAN),
      phones: await trx.selectFrom('site').select('id').where('phone', 'is not', null).execute(),
    }));
    expect(made.counties).toEqual([{ id: HUAXIAN }]);
    expect(made.accounts.map(({ login, roles }) => [login, roles])).toEqual([
      ['王示例', ['admin', 'releaser']],
    ]);
    expect(made.keys).toHaveLength(2);
    expect(made.calendar.validThrough).toBe('2026-12-31');
    expect(made.calendar.simulatedFrom).toBeUndefined();
    expect([made.releases, made.list, made.phones]).toEqual([[], [], []]);
  });

  test('can be joined by another county, is not set up twice, and says why it refuses', async () => {
    const store = await database.open();
    await setUpCounty(store, setup);
    expect(await setUpCounty(store, { ...setup, county: '410527', admin: '李示例' })).toMatchObject({
      is: 'done',
      name: '内黄县',
    });
    const refusals = [
      await setUpCounty(store, { ...setup, admin: '赵示例' }),
      await setUpCounty(store, { ...setup, county: '410523' }),
      await setUpCounty(store, { ...setup, county: '110101' }),
      await setUpCounty(store, { ...setup, passphrase: '九个字不够长度啊呀' }),
      await setUpCounty(store, { ...setup, admin: ' ' }),
    ];
    expect(refusals.map(({ is }) => is)).toEqual([
      'countyThere',
      'loginTaken',
      'unknownCounty',
      'shortPassphrase',
      'noName',
    ]);
  });

  test('offers the example items only when asked to, and begins its working list with them', async () => {
    const store = await database.open();
    await setUpCounty(store, { ...setup, exampleItems: true });
    expect(await store.read((trx) => readSheets(trx, HUAXIAN))).toHaveLength(298);
    expect(await asDeviceSees(store, HUAXIAN, 'village')).toBe(173);
  }, 60_000);
});
