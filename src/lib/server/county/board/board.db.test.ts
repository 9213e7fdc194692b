/** The board against a small county: what it counts, what it does not know, and that it sees no other county. */
import { expect, test } from 'vitest';
import { instantMs } from '#lib/domain/day.ts';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import { drawPlan, drawUndo } from '#lib/server/catalogue/draw-plan.ts';
import { choosePilots, movePlan } from '#lib/server/catalogue/move-plan.ts';
import { byLevels } from '#lib/server/catalogue/plan-contents.ts';
import { releasePlan } from '#lib/server/catalogue/release-plan.ts';
import { eachDatabase } from '../../../../../tests/support/each-database.ts';
import { calendar, NOW } from '../../../../../tests/support/builders.ts';
import {
  ALLOWANCE,
  COUNTY,
  foundTown,
  receive,
  SITES,
  type Town,
} from '../../../../../tests/support/town.ts';
import { boardFile } from './board-file.ts';
import { boardOf } from './board.ts';

const boardAt = (town: Town, township?: string) =>
  town.store.read((trx) =>
    boardOf(trx, { county: COUNTY, now: town.office.clock.now(), ...(township ? { township } : {}) }),
  );
const HOUR = 3_600_000;
const later = (at: string, ms: number): string => new Date(instantMs(at) + ms).toISOString();

eachDatabase('the board of a county', (database) => {
  test('says of each site what it offers against the minimum, its own choice left out', async () => {
    const town = await foundTown(await database.open());
    const choice = { left_out: '["410511005001"]', mark: 'm', changed_at: NOW, changed_by: 'admin' };
    await town.store.write(async (trx) => {
      const policy = JSON.stringify({ minimumItems: { township: 2, subdistrict: 2, village: 2 } });
      await trx.updateTable('county').set({ policy }).execute();
      await trx
        .insertInto('site_choice')
        .values({ site: SITES.A1.id, ...choice })
        .execute();
    });
    const board = (await boardAt(town))!;
    expect(board.sites.map(({ code, items, offer, missing }) => [code, items, offer, missing])).toEqual([
      [SITES.A.code, 2, 'thin', 0],
      [SITES.A1.code, 1, 'low', 1],
      [SITES.A2.code, 2, 'thin', 0],
      [SITES.B.code, 2, 'thin', 0],
      [SITES.B1.code, 2, 'thin', 0],
    ]);
    expect(board.levels).toEqual([
      { level: 'township', minimum: 2, sites: 2, low: 0, thin: 2, none: 0, spread: [{ items: 2, sites: 2 }] },
      {
        level: 'village',
        minimum: 2,
        sites: 3,
        low: 1,
        thin: 2,
        none: 0,
        spread: [
          { items: 1, sites: 1 },
          { items: 2, sites: 2 },
        ],
      },
    ]);
    expect(board.tiles.map(({ name, is, shortStations }) => [name, is, shortStations])).toEqual([
      ['示例镇', 'low', 1],
      ['另一镇', 'thin', 0],
    ]);
  });

  test('keeps what devices tell, and says of the others that nothing is known', async () => {
    const town = await foundTown(await database.open());
    const told = await town.device('A1', 'agent-a1');
    await town.device('A2');
    await told.sync([], { report: { waiting: 2, age: 1500, photos: 3, room: 150 } });
    const board = (await boardAt(town))!;
    const [a1, a2, b1] = [SITES.A1, SITES.A2, SITES.B1].map((site) =>
      board.sites.find(({ id }) => id === site.id),
    );
    expect(a1).toMatchObject({
      devices: 1,
      reported: 1,
      waiting: 2,
      waitingPhotos: 3,
      roomMb: 150,
      silence: 'heard',
      waitingSince: later(NOW, -1500 * 60_000),
    });
    expect(a2).toMatchObject({ devices: 1, reported: 0, roomMb: null, silence: 'never' });
    expect(b1).toMatchObject({ devices: 0, silence: 'none' });
    expect(board.totals).toMatchObject({ devices: 2, untold: 1, withoutDevice: 3 });
    const lines = boardFile(board).split('\r\n');
    expect(lines.find((line) => line.includes('样本村'))).toContain(',登记后没有联系过,0,,,,,0,0');
    // nothing waits any more: told with the next report
    await told.sync([], { report: { waiting: 0, photos: 0 } });
    const after = (await boardAt(town))!.sites.find(({ id }) => id === SITES.A1.id);
    expect(after).toMatchObject({ waiting: 0, waitingSince: null, roomMb: null });
  });

  test('silence grows with the clock: a day, three days', async () => {
    const town = await foundTown(await database.open());
    const client = await town.device('B1');
    await client.sync([]);
    const silenceAfter = async (ms: number) => {
      town.setClock(later(NOW, ms));
      return (await boardAt(town))!.sites.find(({ id }) => id === SITES.B1.id)?.silence;
    };
    expect(await silenceAfter(24 * HOUR)).toBe('heard');
    expect(await silenceAfter(25 * HOUR)).toBe('quiet');
    expect(await silenceAfter(73 * HOUR)).toBe('silent');
  });

  test('a release that went to the pilot sites only leaves nobody behind, until it is taken back', async () => {
    const town = await foundTown(await database.open());
    const [pilot, other] = [await town.device('A1'), await town.device('B1')];
    const maker = { id: 'maker', roles: ['admin', 'releaser'], county: COUNTY } as const;
    const by = (id: string) => ({ person: { ...maker, id }, now: NOW });
    const released = async (drawn: Awaited<ReturnType<typeof drawPlan | typeof drawUndo>>) => {
      if (!('id' in drawn)) throw new Error(drawn.is);
      const step = { ...by('second'), id: drawn.id };
      const done = await releasePlan(town.store, step);
      for (const device of [pilot, other]) {
        device.release = (await device.sync([])).release;
        await device.sync([]);
      }
      return { ...step, done };
    };
    await choosePilots(town.store, { ...by('maker'), sites: [SITES.A1.id] });
    const minimumItems = { township: 1, subdistrict: 0, village: 1 };
    const policy = { ...DEFAULT_COUNTY_POLICY, minimumItems };
    const draw = () =>
      drawPlan(town.store, {
        ...by('maker'),
        next: { items: byLevels([ALLOWANCE]), calendar, policy },
        note: '示例说明',
        shortfall: '',
      });
    const undo = (id: string) => drawUndo(town.store, { ...by('maker'), id, note: '示例原因' });
    const villages = async () => {
      const board = (await boardAt(town))!;
      const { items } = board.sites.find(({ id }) => id === SITES.B1.id)!;
      return { ...board.adoption.find(({ level }) => level === 'village')!, items };
    };

    const first = await released(await draw());
    expect(first.done).toMatchObject({ is: 'done', number: 2 });
    expect(await villages()).toMatchObject({ number: 1, devices: 2, current: 2, items: 2 });
    const pilotRing = { ring: 'pilot', sites: 1, bare: 0, has: 1, behind: 0, unknown: 0 };
    expect((await boardAt(town))!.newest).toMatchObject({ number: 2, stage: 'pilot', adoption: [pilotRing] });
    expect((await boardAt(town, SITES.B.id))!.newest).toMatchObject({ number: 2, adoption: [] });
    const back = await undo(first.id);
    if (back.is !== 'done') throw new Error(back.is);
    expect(await releasePlan(town.store, { ...by('second'), id: back.id })).toMatchObject({ number: 3 });
    // whoever has what was taken back waits for what takes its place
    expect(await villages()).toMatchObject({ number: 1, devices: 2, current: 1 });

    const { done, ...second } = await released(await draw());
    expect(done).toMatchObject({ number: 4 });
    const { store } = town;
    const township = SITES.A.id;
    expect(await movePlan(store, { ...second, step: 'township', township })).toEqual({ is: 'done' });
    expect(await movePlan(store, { ...second, step: 'all' })).toEqual({ is: 'done' });
    expect(await villages()).toMatchObject({ number: 4, devices: 2, current: 1, items: 1 });
  });

  test('counts who holds the release in force, and open and late applications', async () => {
    const town = await foundTown(await database.open());
    const client = await town.device('A1', 'agent-a1');
    client.release = (await client.sync([])).release;
    await client.sync([]);
    await receive(town, client, 'agent-a1');
    await client.sync();
    expect((await boardAt(town))!.adoption).toEqual([
      { level: 'township', number: 1, devices: 0, current: 0 },
      { level: 'village', number: 1, devices: 1, current: 1 },
    ]);
    // published by the first run, not from the pages
    expect((await boardAt(town))!.newest).toBeNull();
    expect((await boardAt(town))!.totals).toMatchObject({ open: 1, late: 0 });
    await town.publish([]);
    town.setClock('2026-12-01T02:00:00.000Z');
    await town.store.write((trx) => trx.updateTable('application').set({ late: 1 }).execute());
    const board = (await boardAt(town, SITES.A.id))!;
    expect(board.adoption.find(({ level }) => level === 'village')).toMatchObject({ number: 2, current: 0 });
    expect(board.totals).toMatchObject({ open: 1, late: 1 });
    expect(board.sites.map(({ id }) => id)).toEqual([SITES.A.id, SITES.A1.id, SITES.A2.id]);
  });

  test('knows no township of another county, and no village as a township', async () => {
    const town = await foundTown(await database.open());
    expect(await boardAt(town, SITES.A1.id)).toBe(null);
    expect(await boardAt(town, 'S410527100000')).toBe(null);
    expect((await boardAt(town, SITES.B.id))?.sites).toHaveLength(2);
  });
});
