/** The office process itself when its PostgreSQL is not there: at the start, and in the middle of the day. */
import { expect, test } from '@playwright/test';
import { demoCountyOn } from '../support/demo-city.ts';
import { lineTo } from '../support/line.ts';
import { startOffice } from '../support/office-process.ts';
import { VILLAGE } from '../support/station.ts';
import { temporaryDatabase } from '../support/temporary-database.ts';
import { WireClient } from '../support/wire-client.ts';

const SECRET = 'geheim-4711';

function addressWith(databaseUrl: string, change: (url: URL) => void): string {
  const url = new URL(databaseUrl);
  url.password = SECRET;
  change(url);
  return url.href;
}

test('on PostgreSQL that cannot be opened the office says why in Chinese and ends with 1', async () => {
  await using database = await temporaryDatabase();
  const start = (databaseUrl: string): Promise<string> =>
    startOffice({ dataDir: test.info().outputPath('data'), databaseUrl }).then(
      () => 'started',
      (error: Error) => error.message,
    );
  const nobody = await start(addressWith(database.url, (url) => (url.port = '1')));
  const noDatabase = await start(addressWith(database.url, (url) => (url.pathname = '/jinban_no_such')));
  const noAddress = await start(`mysql://root:${SECRET}@127.0.0.1/county`);
  for (const said of [nobody, noDatabase, noAddress]) {
    expect(said).toMatch(/^office ended with 1:/);
    expect(said).not.toContain(SECRET);
  }
  expect(nobody).toContain('连不上 PostgreSQL');
  expect(noDatabase).toContain('没有“jinban_no_such”这个库');
  expect(noAddress).toContain('DATABASE_URL 不是 PostgreSQL 的地址');
});

test('on PostgreSQL that goes away: pages and devices are told to come again, and the same process goes on', async () => {
  await using database = await temporaryDatabase();
  await using city = await demoCountyOn(database.url);
  await using line = await lineTo(database.url);
  const databaseUrl = addressWith(line.url, () => undefined);
  const office = await startOffice({ dataDir: city.dataDir, databaseUrl });
  try {
    const statusOf = async (path: string): Promise<(number | string | null)[]> => {
      const { status, headers } = await fetch(office.url + path);
      return [status, headers.get('retry-after')];
    };
    const client = new WireClient((request) => fetch(request), office.url);
    await client.enrol((await city.issueCode(VILLAGE)).code);
    await client.openSession();
    expect((await client.sync([])).chain).toBe(0);
    expect(await statusOf('/county')).toEqual([200, null]);
    expect(await statusOf('/readyz')).toEqual([200, null]);

    line.cut();
    const away = await client.send(client.request([]));
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5']);
    const cookie = 'jinban-admin=somebody';
    const page = await fetch(`${office.url}/county`, { headers: { cookie } });
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await page.text()).toContain('数据库暂时连不上，办件都在');
    expect(await statusOf('/readyz')).toEqual([503, '5']);
    // it lives, and devices go on with the shell they have
    expect(await statusOf('/healthz')).toEqual([200, null]);
    expect(await statusOf('/shell')).toEqual([200, null]);

    line.mend();
    expect(await statusOf('/readyz')).toEqual([200, null]);
    expect((await client.sync([])).chain).toBe(0);
  } finally {
    // it can be stopped in good order without a database, too
    line.cut();
    expect(await office.stop()).toBe(0);
  }
});
