/**
 * A list of 298 items on its way from a workbook to every site of the city: imported, drawn up, released to the pilot sites,
 * held, resumed, led to all stations, and taken back, while half of them are out of reach at any time. What holds for
 * each station: its number never falls, and it ends with what was there before, byte for byte.
 */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Item } from '#lib/domain/item.ts';
import { databasePath } from '../db/address.ts';
import { openStore, type Store } from '../db/store.ts';
import { OfficeFiles } from '../files/office-files.ts';
import { createLog } from '../log.ts';
import { assembleOffice } from '../office.ts';
import { beginImport, confirmImport, findImport, tryImport } from '../county/list-import.ts';
import { nextOffering } from '../county/next-offering.ts';
import { readWorkbook } from '../workbook/run-worker.ts';
import { changedWorkbook } from '../../../../tests/support/changed-workbook.ts';
import { CountyPeople } from '../../../../tests/support/county-people.ts';
import { copyDatabase } from '../../../../tests/support/copy-database.ts';
import { CITY_DAY, demoCity } from '../../../../tests/support/demo-city.ts';
import { sitesOf } from '../../../../tests/support/enrolled-stations.ts';
import { changedItems } from '../../../../tests/support/fanout-release.ts';
import { ScatteredStations } from '../../../../tests/support/scattered-stations.ts';
import { temporaryDatabase, testServer } from '../../../../tests/support/temporary-database.ts';
import { doors } from '../../../../tests/support/town.ts';

const NOW = CITY_DAY;
const IMPORTING = 'S410526000000';
const WORKBOOK = join(import.meta.dirname, '../../../../tests/support/workbooks/list-298.xlsx');
const CHANGED = '示例：从工作簿改过的受理条件';

/** The workbook as LibreOffice saved it, with another condition in five of its rows; into the county's working list. */
async function importWorkbook(store: Store): Promise<void> {
  const rows = (at: number): boolean => at % 60 === 1;
  const file = await changedWorkbook(readFileSync(WORKBOOK), '受理条件', CHANGED, rows);
  const book = await readWorkbook(file, 'list-298.xlsx');
  if (!book.ok) throw new Error(book.text);
  const { sheets } = book;

  const who = { county: IMPORTING, by: 'maker' };
  const id = await beginImport(store, who, { fileName: 'list-298.xlsx', sheets, now: NOW });
  const { mappings } = (await store.read((trx) => findImport(trx, who, id)))!;
  expect(await tryImport(store, who, { id, mappings, now: NOW })).toEqual({ is: 'tried' });
  const plan = (await store.read((trx) => findImport(trx, who, id)))!.plan!;
  expect(plan.problems).toEqual([]);
  expect([plan.changes.length, plan.same]).toEqual([5, 293]);
  expect(plan.changes.flatMap(({ differences }) => differences.map(({ what }) => what))).toEqual(
    Array(5).fill('受理条件'),
  );
  // the trial and its difference wrote nothing
  expect((await nextOffering(store, IMPORTING)).next.items.township.some(isChanged)).toBe(false);
  const basis = '滑政数〔2026〕1号';
  expect(await confirmImport(store, who, { id, basis, now: NOW })).toEqual({ is: 'written', items: 5 });
}

const isChanged = ({ conditions }: Item): boolean => conditions === CHANGED;

async function theWholeWay(store: Store, count: number, county?: string): Promise<void> {
  const all = await store.read(sitesOf);
  const sites = all.filter((site) => county === undefined || site.county === county);
  const assembled = assembleOffice(store, { now: () => NOW }, createLog(), new OfficeFiles(tmpdir()));
  const office = { reach: doors(assembled), origin: 'http://office.example' };
  const stations = await ScatteredStations.at(store, sites, { now: NOW, office });
  expect(stations.all).toHaveLength(count);
  const before = await stations.contents();

  await importWorkbook(store);
  const ids = [...new Set(sites.map(({ county }) => county))];
  const counties = ids.map((id) => ({ id, people: new CountyPeople(store, id, NOW) }));
  const each = async (step: (people: CountyPeople) => Promise<void>): Promise<void> => {
    for (const { people } of counties) await step(people);
  };
  for (const { id, people } of counties)
    await people.draw((listed) =>
      id === IMPORTING ? listed : { ...listed, items: changedItems(listed.items) },
    );
  await stations.ask();
  expect(stations.holding(1)).toHaveLength(count);

  await each((people) => people.release());
  const pilots = await store.read((trx) => trx.selectFrom('release_pilot').select('site').execute());
  const isPilot = new Set(pilots.map(({ site }) => site));
  await stations.until(
    2,
    stations.all.filter(({ site }) => isPilot.has(site.id)),
  );
  await stations.ask();
  expect(stations.holding(2)).toHaveLength(counties.length);

  await each((people) => people.move('township'));
  await each((people) => people.move('hold'));
  const held = stations.holding(2).length;
  await stations.ask();
  expect(stations.holding(2)).toHaveLength(held);
  await each((people) => people.move('resume'));
  await each((people) => people.move('all'));
  await stations.until(2);
  expect((await stations.contents()).every((contents, at) => contents !== before[at])).toBe(true);

  await each((people) => people.undo());
  await each((people) => people.release());
  await stations.until(3);
  await stations.sayWhatTheyHold();
  expect(await stations.contents()).toEqual(before);
  const said = await store.read((trx) => trx.selectFrom('device').select('release').execute());
  expect(said.filter(({ release }) => release?.endsWith('/3'))).toHaveLength(count);
}

/** All 1,688 sites take two minutes of a processor: `npm run faults` has them, `npm test` those of the importing county. */
const whole = process.env.ALL_SITES === '1';
const [count, county, whose] = whole ? [1688, undefined, 'of the city'] : [348, IMPORTING, 'of a county'];

test(
  `from a workbook to all ${count} sites ${whose}, half of them out of reach, and back`,
  { timeout: 600_000 },
  async () => {
    await using city = await demoCity();
    const store = await openStore({ path: databasePath(city.dataDir) });
    await theWholeWay(store, count, county).finally(() => store.destroy());
  },
);

if (testServer)
  test(
    `on PostgreSQL from a workbook to all ${count} sites ${whose}, half of them out of reach, and back`,
    { timeout: 600_000 },
    async () => {
      await using city = await demoCity();
      await using database = await temporaryDatabase();
      await copyDatabase(databasePath(city.dataDir), database.url);
      const store = await openStore({ databaseUrl: database.url });
      await theWholeWay(store, count, county).finally(() => store.destroy());
    },
  );
