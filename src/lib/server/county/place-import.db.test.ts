/** Sites and people from a workbook: nothing before 确认, then all of it or nothing, and nobody's own changes lost. */
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { COUNTY, foundTown, SITES, type Town } from '../../../../tests/support/town.ts';
import type { SheetMapping } from '#lib/catalogue/book-mapping.ts';
import { placeBook } from '#lib/catalogue/place-book.ts';
import type { PlaceKind } from '#lib/catalogue/place-columns.ts';
import { brokenAuditLine } from '../audit.ts';
import { readWorkbook, writeWorkbook } from '../workbook/run-worker.ts';
import { editSite, type Keeping } from './keep-sites.ts';
import { openImport } from './list-import.ts';
import { placeFiles } from './place-files.ts';
import { beginPlaces, confirmPlaces, findPlaces, knownPlaces, tryPlaces } from './place-import.ts';
import { sitePage } from './site-page.ts';

const WHO = { county: COUNTY, by: 'admin-1' };
const BY: Keeping = { ...WHO, now: NOW };
const SITE_HEAD = ['12 位代码', '名称', '级别', '归哪个乡镇（代码）', '电话'];
const STAFF_HEAD = ['姓名', '站点代码', '角色', '登录名'];
const NEW_VILLAGE = ['410526102299', '新村便民服务站', '村', SITES.A.code, '0372-8123456'];

async function begin(town: Town, sites: string[][], staff: string[][] = []): Promise<string> {
  const sheet = (name: string, ...rows: string[][]) => ({ name, rows, bad: [], notes: [] });
  const sheets = [sheet('站点', SITE_HEAD, ...sites), sheet('人员', STAFF_HEAD, ...staff)];
  return tried(town, sheets);
}
/** Uploaded, and tried with the columns as their headings say. */
async function tried(town: Town, sheets: Parameters<typeof beginPlaces>[2]['sheets']): Promise<string> {
  const id = await beginPlaces(town.store, WHO, { fileName: '站点.xlsx', sheets, now: NOW });
  const { mappings } = (await pending(town, id))!;
  expect(await tryPlaces(town.store, WHO, { id, mappings, now: NOW })).toEqual({ is: 'tried' });
  return id;
}
const pending = (town: Town, id: string, who = WHO) => town.store.read((trx) => findPlaces(trx, who, id));
const known = (town: Town) => town.store.read((trx) => knownPlaces(trx, COUNTY));

eachDatabase('an import of sites and people', (database) => {
  test('writes nothing before it is confirmed, then sites and people with their audit lines, once', async () => {
    const town = await foundTown(await database.open());
    const before = await known(town);
    const id = await begin(town, [NEW_VILLAGE], [['周样本', NEW_VILLAGE[0]!, '代办员', '']]);
    expect(await known(town)).toEqual(before);
    expect((await pending(town, id))?.plan?.problems).toEqual([]);
    expect(await pending(town, id, { ...WHO, by: 'admin-2' })).toBeNull();
    expect(await pending(town, id, { ...WHO, county: 'S410527000000' })).toBeNull();
    expect(await town.store.read((trx) => openImport(trx, WHO, 'items'))).toBeNull();
    expect(await town.store.read((trx) => openImport(trx, WHO, 'places'))).toMatchObject({ id, tried: true });

    expect(await confirmPlaces(town.store, BY, id)).toEqual({ is: 'written', sites: 1, staff: 1 });
    expect(await confirmPlaces(town.store, BY, id)).toEqual({ is: 'gone' });
    const page = await town.store.read((trx) => sitePage(trx, COUNTY, `S${NEW_VILLAGE[0]}`));
    expect(page).toMatchObject({ name: '新村便民服务站', history: [{ what: 'siteAdded' }] });
    expect((await known(town)).people.find(({ site }) => site === NEW_VILLAGE[0])?.form).toMatchObject({
      name: '周样本',
      roles: ['agent'],
    });
    expect(await town.store.read(brokenAuditLine)).toBeNull();
  });

  test('is refused as a whole where somebody changed a site meanwhile, and theirs stays', async () => {
    const town = await foundTown(await database.open());
    const id = await begin(town, [NEW_VILLAGE, [SITES.A1.code, '改名村便民服务站', '村', SITES.A.code, '']]);
    const form = (await known(town)).sites.find((one) => one.id === SITES.A1.id)!.form;
    await town.store.write((trx) =>
      editSite(trx, BY, { id: SITES.A1.id, form: { ...form, name: '别人改的村' } }),
    );
    expect(await confirmPlaces(town.store, BY, id)).toEqual({ is: 'changed', names: ['改名村便民服务站'] });
    const names = (await known(town)).sites.map((one) => one.form.name);
    expect(names).toContain('别人改的村');
    expect(names).not.toContain('新村便民服务站');
  });

  test('writes nothing at all where one part is refused', async () => {
    const town = await foundTown(await database.open());
    const id = await begin(town, [NEW_VILLAGE], [['周样本', COUNTY.slice(1), '县管理员', 'taken']]);
    const neighbour = { id: 'other-admin', site: SITES.A.id, path: SITES.A.path, county: 'S410527000000' };
    await town.store.write((trx) =>
      trx
        .insertInto('staff')
        .values({ ...neighbour, name: '邻县', roles: '["admin"]', login: 'taken', created_at: NOW })
        .execute(),
    );
    expect(await confirmPlaces(town.store, BY, id)).toMatchObject({ is: 'refused', name: '周样本' });
    expect((await known(town)).sites.map((one) => one.form.name)).not.toContain('新村便民服务站');
    expect(await pending(town, id)).not.toBeNull();
  });

  test('of the county’s own export changes nothing, through a real file', async () => {
    const town = await foundTown(await database.open());
    const { sites, people } = await known(town);
    const file = await writeWorkbook(placeFiles(placeBook(sites, people)));
    const book = await readWorkbook(file, '站点人员.xlsx');
    if (!book.ok) throw new Error(book.text);
    const id = await tried(town, book.sheets);
    const plan = (await pending(town, id))!.plan!;
    expect([plan.same, plan.sites, plan.staff]).toEqual([sites.length - 1 + people.length, [], []]);
    expect(await confirmPlaces(town.store, BY, id)).toEqual({ is: 'nothing' });
  });

  test('with headings of its own is read as somebody says, and so the next time without being told', async () => {
    const town = await foundTown(await database.open());
    const [code, name, level, parent] = NEW_VILLAGE;
    const own = {
      name: '表1',
      rows: [
        ['编号', '叫什么', '哪一级', '上头'],
        [code!, name!, level!, parent!],
      ],
      bad: [],
      notes: [],
    };
    const upload = () => beginPlaces(town.store, WHO, { fileName: 'a.csv', sheets: [own], now: NOW });
    const id = await upload();
    const guessed = (await pending(town, id))!;
    expect([guessed.plan, guessed.mappings]).toEqual([
      null,
      [{ kind: null, heading: 0, columns: ['', '', '', ''] }],
    ]);
    expect(await confirmPlaces(town.store, BY, id)).toEqual({ is: 'nothing' });
    const unclear = { id, mappings: guessed.mappings, now: NOW };
    expect(await tryPlaces(town.store, WHO, unclear)).toMatchObject({
      is: 'unclear',
      problems: [{ sheet: 0 }],
    });

    const said: SheetMapping<PlaceKind>[] = [
      { kind: 'sites', heading: 0, columns: ['code', 'name', 'level', 'parent'] },
    ];
    expect(await tryPlaces(town.store, WHO, { id, mappings: said, now: NOW })).toEqual({ is: 'tried' });
    expect((await pending(town, id))?.plan).toMatchObject({ problems: [], sites: [{ form: { name } }] });
    expect((await pending(town, await upload()))?.mappings).toEqual(said);
  });
});
