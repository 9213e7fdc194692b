/** The page of a board and the list of its stations: small however many stations there are, and the calendar is asked for. */
import { expect, test } from 'vitest';
import { yearChange } from '#lib/catalogue/calendar-edit.ts';
import { readNotice } from '#lib/catalogue/holiday-notice.ts';
import { readBoardView, type BoardView } from '#lib/domain/board-view.ts';
import { eachDatabase } from '../../../../../tests/support/each-database.ts';
import { calendar, NOW } from '../../../../../tests/support/builders.ts';
import { NOTICE_2027 } from '../../../../../tests/support/holiday-notices.ts';
import { COUNTY, foundTown, SITES, type Town } from '../../../../../tests/support/town.ts';
import { inSlices } from '../../db/in-slices.ts';
import { changeCalendar } from '../working-rules.ts';
import { siteTree } from '../site-page.ts';
import { boardPage, listStations } from './board-page.ts';

const WHOLE = 1688;
const pageAt = (town: Town, now = NOW, township?: string) =>
  town.store.read((trx) => boardPage(trx, { county: COUNTY, now, ...(township ? { township } : {}) }));
const listed = (town: Town, said: string) =>
  town.store.read((trx) =>
    listStations(trx, { county: COUNTY, now: NOW, view: readBoardView(new URLSearchParams(said)) }),
  );
const kilobytes = (data: unknown): number => Buffer.byteLength(JSON.stringify(data)) / 1024;

/** So many stations that the county has 1,688 in all, each with a device that was heard of once. */
async function fillCounty(town: Town): Promise<void> {
  await town.store.write(async (trx) => {
    const one = await trx
      .selectFrom('site')
      .selectAll()
      .where('id', '=', SITES.A1.id)
      .executeTakeFirstOrThrow();
    const { count } = await trx
      .selectFrom('site')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('county', '=', COUNTY)
      .where('township', 'is not', null)
      .executeTakeFirstOrThrow();
    const many = Array.from({ length: WHOLE - Number(count) }, (_, n) => {
      const code = String(410526300000 + n);
      const name = `第${n}村便民服务站`;
      return { ...one, id: `S${code}`, code, name, full_name: `示例镇第${n}村`, path: `${one.path}${n}/` };
    });
    await inSlices(many, (slice) => trx.insertInto('site').values(slice).execute());
  });
}

eachDatabase('the page of a board', (database) => {
  test('holds the first that need somebody, and how many there are; the rest is listed page by page', async () => {
    const town = await foundTown(await database.open());
    await fillCounty(town);
    const page = (await pageAt(town))!;
    expect(page).toMatchObject({ count: WHOLE, short: { total: WHOLE }, totals: { withoutDevice: WHOLE } });
    expect([page.short.rows.length, page.call.rows.length, page.rows.length]).toEqual([12, 0, 2]);
    expect(page.rows.map(({ fullName, stations }) => [fullName, stations])).toEqual([
      ['示例镇', WHOLE - 4 + 1],
      ['另一镇', 1],
    ]);
    expect(kilobytes(page)).toBeLessThan(60);

    const first = await listed(town, '');
    expect([first.rows.length, first.found, first.pages]).toEqual([50, WHOLE, 34]);
    expect(kilobytes(first)).toBeLessThan(60);
    expect((await listed(town, 'q=第1600')).rows.map(({ fullName }) => fullName)).toEqual(['示例镇第1600村']);
    expect((await listed(town, 'q=lyc')).rows.map(({ fullName }) => fullName)).toEqual(['另一村']);
    const last = await listed(town, 'page=99');
    expect([last.view.page, last.rows.length]).toEqual([34, WHOLE - 33 * 50]);
    const within = await listed(town, `in=${SITES.B.id}&is=bare`);
    expect([within.found, within.total, within.needs.bare]).toEqual([2, 2, 2]);
  });

  test('the tree of sites has the stations of the township that was opened, of no other', async () => {
    const town = await foundTown(await database.open());
    await fillCounty(town);
    const tree = await town.store.read((trx) => siteTree(trx, COUNTY, SITES.B.id));
    expect(tree.map(({ count, stations }) => [count, stations?.length ?? null])).toEqual([
      [WHOLE - 4 + 1, null],
      [1, 1],
    ]);
  });

  test('stations are found by what they need, the worst first', async () => {
    const town = await foundTown(await database.open());
    const [one, two] = [await town.device('A1'), await town.device('B1')];
    await one.sync([], { report: { waiting: 1, age: 3000, photos: 0, room: 100 } });
    await two.sync([], { report: { waiting: 0, age: 0, photos: 0, room: 9000 } });
    const codes = async (is: BoardView['need']) =>
      (await listed(town, `is=${is}`)).rows.map(({ code }) => code);
    expect(await codes('call')).toEqual([SITES.A1.code]);
    expect(await codes('bare')).toEqual([SITES.A.code, SITES.A2.code, SITES.B.code]);
    expect(await codes('late')).toEqual([]);
    expect((await pageAt(town))!.call.rows.map(({ code }) => code)).toEqual([SITES.A1.code]);
  });

  test('says from October on that next year’s calendar is missing, until it is entered and released', async () => {
    const town = await foundTown(await database.open());
    const duty = async (now: string, township?: string) =>
      (await pageAt(town, now, township))!.duties.find(({ key }) => key === 'calendar');
    const year = 2026;
    expect(await duty(`${year}-09-30T01:00:00.000Z`)).toBeUndefined();
    expect(await duty(`${year}-10-01T01:00:00.000Z`)).toMatchObject({
      sign: `${year + 1} 年日历没录`,
      href: '/county/rules',
      worst: false,
    });
    expect(await duty(`${year}-10-01T01:00:00.000Z`, SITES.A.id)).toBeUndefined();
    expect(await duty(`${year + 1}-01-02T01:00:00.000Z`)).toMatchObject({ worst: true });

    const change = yearChange(calendar, 2027, readNotice(NOTICE_2027, 2027).days);
    const writing = { county: COUNTY, by: 'admin-1', now: NOW, basis: '示例电〔2026〕1号' };
    expect(await town.store.write((trx) => changeCalendar(trx, change, writing))).toMatchObject({
      is: 'written',
    });
    expect(await duty(`${year}-10-01T01:00:00.000Z`)).toMatchObject({
      sign: `${year + 1} 年日历没发布`,
      href: '/county/releases/new',
    });
  });
});
