/** Opening a PostgreSQL: raced by several processes, refused with words, and never with the password. */
import { expect, test } from 'vitest';
import { DEMO_COUNTY } from '../seed/demo-people.ts';
import { seedCity } from '../seed/seed-city.ts';
import { setUpCounty } from '../seed/set-up-county.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { onPostgres } from '../../../../tests/support/each-database.ts';
import { temporaryDatabase, testServer } from '../../../../tests/support/temporary-database.ts';
import { MIGRATIONS } from './migrate.ts';
import { openStore } from './store.ts';
import { DatabaseUnusable } from './unusable.ts';

const SECRET = 'geheim-4711';

const refusalOf = (databaseUrl: string): Promise<unknown> =>
  openStore({ databaseUrl }).then(
    () => 'opened',
    (error: unknown) => error,
  );

/** The test server's address with something else in it. */
function changed(change: (url: URL) => void): string {
  const url = new URL(testServer ?? '');
  change(url);
  return url.href;
}

onPostgres('opening a PostgreSQL', ({ open, openBeside }) => {
  test('six processes that start on an empty database at once migrate it once, and it has one lineage', async () => {
    await using database = await temporaryDatabase();
    const stores = await Promise.all([0, 1, 2, 3, 4, 5].map(() => openStore({ databaseUrl: database.url })));
    const [one] = stores;
    const seen = await Promise.all(
      stores.map((store) => store.read((trx) => trx.selectFrom('lineage').selectAll().execute())),
    );
    expect(new Set(seen.flat().map(({ id }) => id)).size).toBe(1);
    const steps = await one!.read((trx) =>
      trx
        .selectFrom('migration' as never)
        .select('name' as never)
        .orderBy('id' as never)
        .execute(),
    );
    expect(steps).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
    await Promise.all(stores.map((store) => store.destroy()));
  });

  test.each([
    ['nobody listens there', changed((url) => (url.port = '1')), '连不上 PostgreSQL'],
    ['there is no such host', changed((url) => (url.hostname = 'no-such-host.invalid')), '连不上 PostgreSQL'],
    [
      'there is no such database',
      changed((url) => (url.pathname = '/jinban_no_such')),
      '没有“jinban_no_such”这个库',
    ],
    [
      'there is no such user',
      changed((url) => (url.username = 'jinban_no_such')),
      '不认用户“jinban_no_such”',
    ],
  ])('%s: said in Chinese with a way out, without the password', async (_, databaseUrl, words) => {
    const url = new URL(databaseUrl);
    url.password = SECRET;
    const error = await refusalOf(url.href);
    expect(error).toBeInstanceOf(DatabaseUnusable);
    const { chinese, message } = error as DatabaseUnusable;
    expect(chinese).toContain(words);
    expect(message + String((error as Error).stack)).not.toContain(SECRET);
  });

  test('two that seed the demo city at once: one does, the other finds it', async () => {
    const stores = [await open(), await openBeside()];
    const outcomes = await Promise.all(
      stores.map((store) => seedCity(store, { now: NOW, counties: [DEMO_COUNTY] })),
    );
    expect(outcomes.map(({ is }) => is).sort()).toEqual(['already', 'seeded']);
    const county = {
      county: '410526',
      admin: '赵示范',
      passphrase: '示例口令 一二三四五',
      exampleItems: false,
      now: NOW,
    };
    expect(await setUpCounty(stores[1]!, county)).toEqual({ is: 'demo' });
  });

  test('two that set up one county at once: one does, the other is told', async () => {
    const stores = [await open(), await openBeside()];
    const setup = { county: '410526', passphrase: '示例口令 一二三四五', exampleItems: false, now: NOW };
    const outcomes = await Promise.all(
      stores.map((store, i) => setUpCounty(store, { ...setup, admin: ['赵示范', '钱示范'][i]! })),
    );
    expect(outcomes.map(({ is }) => is).sort()).toEqual(['countyThere', 'done']);
  });
});
