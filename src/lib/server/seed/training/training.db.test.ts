/** Practice goes nowhere: its own tenant, its own feed, no figure; and nothing of it is left when it is emptied. */
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import type { Item, ItemRef } from '#lib/domain/item.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { isTraining } from '#lib/domain/site.ts';
import { BODIES, NOW, receiveBody, TODAY } from '../../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../../tests/support/each-database.ts';
import { named, picture } from '../../../../../tests/support/photo-files.ts';
import { PhotoSender } from '../../../../../tests/support/photo-sender.ts';
import {
  ALLOWANCE,
  COUNTY,
  foundTown,
  PERMIT,
  receive,
  SITES,
  type Town,
} from '../../../../../tests/support/town.ts';
import { WireClient } from '../../../../../tests/support/wire-client.ts';
import { makeEnrolCode } from '../../auth/enrol.ts';
import { pinnedKeys } from '../../catalogue/release-keys.ts';
import { searchSites } from '../../county/sites.ts';
import { nameOf } from '../../files/office-files.ts';
import { monthLines } from '../../ledger/month-lines.ts';
import { statesIn } from '../year/live-year.ts';
import { emptyTraining } from './empty-training.ts';
import { openTraining } from './open-training.ts';

const REAL = '410526000000';
const TRAINING = 'L990526000000';
const FEED = 'L990526102000';
const STATION = 'L990526102900';
const [AGENT, CLERK] = [`P${STATION}-1`, `P${STATION}-2`];
const wanted = { county: REAL, passphrase: 'practice practice', now: NOW };

const versionAt = (town: Town, level: string, code: string) =>
  town.store.read((trx) =>
    trx
      .selectFrom('item_release')
      .innerJoin('item_version', 'item_version.hash', 'item_release.hash')
      .select(['item_version.hash', 'item_version.data'])
      .where('county', '=', TRAINING)
      .where('level', '=', level)
      .where('item_release.code', '=', code)
      .orderBy('last_release', 'desc')
      .executeTakeFirstOrThrow(),
  );

/** A computer of the training station, at which both sides have signed in. */
async function practiceComputer(town: Town): Promise<WireClient> {
  const { code } = await makeEnrolCode(town.store, { site: STATION, by: 'office', now: NOW });
  const client = new WireClient(town.reach);
  await client.enrol(code);
  await client.openSession();
  for (const staff of [AGENT, CLERK]) {
    const { publicKey } = await client.keysOf(staff);
    const row = { device: client.device, staff, public_key: publicKey, registered_at: NOW };
    await town.store.write((trx) => trx.insertInto('staff_key').values(row).execute());
  }
  return client;
}

async function practise(
  town: Town,
  client: WireClient,
  change: Partial<ReturnType<typeof receiveBody>> = {},
) {
  const { hash } = await versionAt(town, 'village', ALLOWANCE.code);
  const item: ItemRef = { code: ALLOWANCE.code, hash };
  const { site, number: device } = client.enrolled;
  const body = receiveBody({
    site: site.id,
    receiptNumber: buildReceiptNumber({
      site: site.code,
      day: TODAY,
      device,
      serial: client.kept.length + 1,
    }),
    queryToken: v7().replaceAll('-', '').slice(-22),
    ...change,
  });
  return client.press(AGENT, 'receive', body, { item });
}

eachDatabase('training', ({ open }) => {
  test('is a county of its own beside the real one, under ids and codes that no real place has', async () => {
    const town = await foundTown(await open());
    const opened = await openTraining(town.store, wanted);
    expect(opened).toEqual({
      is: 'opened',
      login: 'lianxi-410526',
      stations: [
        { code: '990526102900', name: '（练习）示例镇练习站' },
        { code: '990526103900', name: '（练习）另一镇练习站' },
      ],
      levelsWithoutItems: ['subdistrict'],
    });
    const { sites, staff, keys } = await town.store.read(async (trx) => ({
      sites: await trx.selectFrom('site').selectAll().where('county', '=', TRAINING).execute(),
      staff: await trx.selectFrom('staff').select(['id', 'path']).where('county', '=', TRAINING).execute(),
      keys: [await pinnedKeys(trx, TRAINING), await pinnedKeys(trx, COUNTY)],
    }));
    expect(sites).toHaveLength(1 + 2 * 2);
    for (const { id, code, path, full_name } of sites) {
      expect(isTraining(id)).toBe(true);
      expect(code).toMatch(/^99\d{10}$/);
      expect(path.startsWith(`S410500000000/${TRAINING}/`)).toBe(true);
      expect(full_name).toContain('（练习）');
    }
    expect(staff.every(({ path }) => path.includes(TRAINING))).toBe(true);
    // a device there trusts no release of the real county, and the other way round
    expect(keys[0]!.some((key) => keys[1]!.includes(key))).toBe(false);
    const item = JSON.parse((await versionAt(town, 'village', ALLOWANCE.code)).data) as Item;
    expect(item.taskCode).toMatch(/^11990526/);
    expect({ ...item, taskCode: '' }).toEqual({ ...ALLOWANCE, taskCode: '' });
    // whoever looks for sites in the real county finds none of it
    expect((await town.store.read((trx) => searchSites(trx, COUNTY, '练习'))).total).toBe(0);
    expect(await openTraining(town.store, { ...wanted, county: '410527000000' })).toEqual({
      is: 'unknownCounty',
    });
    expect(await openTraining(town.store, { ...wanted, county: '990526000000' })).toEqual({
      is: 'unknownCounty',
    });
  });

  test('opened again nothing happens; what the county has published since comes along', async () => {
    const town = await foundTown(await open());
    await openTraining(town.store, wanted);
    expect(await openTraining(town.store, wanted)).toMatchObject({ is: 'unchanged' });
    const changed = { ...ALLOWANCE, conditions: '年满八十周岁的老年人。' };
    await town.publish([changed, PERMIT]);
    expect(await openTraining(town.store, wanted)).toMatchObject({ is: 'updated' });
    const item = JSON.parse((await versionAt(town, 'village', ALLOWANCE.code)).data) as Item;
    expect(item.conditions).toBe(changed.conditions);
    expect(await openTraining(town.store, wanted)).toMatchObject({ is: 'unchanged' });
  });

  test('an agent and a clerk practise both sides on one computer, and no real device, feed or figure knows', async () => {
    const town = await foundTown(await open());
    await openTraining(town.store, wanted);
    const [practice, township] = [await practiceComputer(town), await town.device('A', 'clerk-a')];
    const received = await practise(town, practice);
    await practice.press(CLERK, 'accept', {}, { applicationId: received.applicationId });
    const { outcomes } = await practice.sync();
    expect(outcomes.map(({ is }) => is)).toEqual(['applied', 'applied']);
    const own = await practice.pull();
    expect(own.snapshots.map(({ state }) => state.state)).toEqual(['accepted']);
    expect(own.snapshots[0]!.state.caseNumber).toMatch(/^11990526/);

    expect(await township.pull()).toEqual({ events: [], snapshots: [], resets: expect.anything() });
    const { rows, feeds, states } = await town.store.read(async (trx) => ({
      rows: await trx.selectFrom('application').select(['county', 'feed', 'state']).execute(),
      feeds: await trx.selectFrom('feed').select('code').execute(),
      states: await statesIn(trx),
    }));
    expect(rows).toEqual([{ county: TRAINING, feed: FEED, state: 'accepted' }]);
    expect(feeds).toEqual([{ code: FEED }]);
    expect(states).toEqual({});
    const ledger = [];
    const asked = { month: TODAY.slice(0, 7), masked: true, after: '' };
    for await (const line of monthLines(town.office, { ...asked, site: SITES.A })) ledger.push(line);
    expect(ledger).toEqual([]);
    // and practice reaches nothing real: it is not there for whoever practises
    const real = await town.device('A1', 'agent-a1');
    const one = await receive(town, real, 'agent-a1');
    await real.sync();
    const reach = await practice.press(CLERK, 'accept', {}, { applicationId: one.applicationId });
    expect(await practice.outcomeOf(reach)).toMatchObject({ is: 'refused', reason: 'unknownApplication' });
  });

  test('emptied, nothing of it is left but its people and its computers, which begin anew; a real place is refused', async () => {
    const town = await foundTown(await open());
    await openTraining(town.store, wanted);
    const practice = await practiceComputer(town);
    const photo = await picture(1);
    const [held, ...materials] = receiveBody().materials;
    await practise(town, practice, { materials: [{ ...held!, photos: [named(photo)] }, ...materials] });
    await practice.press(AGENT, 'withdraw', BODIES.withdraw, { applicationId: v7() });
    await practice.sync();
    expect((await new PhotoSender(practice, STATION).send(photo)).standing).toBe('verified');
    const real = await town.device('A1', 'agent-a1');
    await receive(town, real, 'agent-a1');
    await real.sync();
    expect((await practice.pull()).snapshots).toHaveLength(1);
    const { files } = town.office;
    const name = nameOf({ site: STATION, sha256: photo.sha256 });
    expect(await files.storage.size(name)).toBe(photo.size);

    const empty = (code: string) => emptyTraining(town.store, files, { code, by: 'office', now: NOW });
    expect(await empty('410526102201')).toEqual({ is: 'real' });
    expect(await empty('999999999999')).toEqual({ is: 'unknown' });
    expect(await empty('990526102900')).toEqual({
      is: 'emptied',
      name: '（练习）示例镇练习站',
      applications: 1,
    });
    const left = await town.store.read(async (trx) => ({
      applications: await trx.selectFrom('application').select('county').execute(),
      events: await trx.selectFrom('event').select('feed').execute(),
      commands: await trx.selectFrom('command').select('actor').execute(),
      photos: await trx.selectFrom('photo').select('site').execute(),
      uses: await trx.selectFrom('photo_use').select('site').execute(),
      devices: (await trx.selectFrom('device').select('site').execute()).map(({ site }) => site),
      audit: await trx.selectFrom('audit').select('detail').where('what', '=', 'trainingEmptied').execute(),
    }));
    expect(left).toEqual({
      applications: [{ county: COUNTY }],
      events: [{ feed: 'S410526102000' }],
      commands: [{ actor: 'agent-a1' }],
      photos: [],
      uses: [],
      devices: expect.arrayContaining([STATION]),
      audit: [{ detail: `{"site":"${FEED}"}` }],
    });
    expect([await files.storage.size(name), await files.storage.size(`${name}.thumb`)]).toEqual([null, null]);

    // the computers find that all is gone, think of no restored office, and go on in the same feed
    const after = await practice.pull();
    expect([after.snapshots, after.resets]).toEqual([[], ['compacted']]);
    expect(await practice.pull()).toEqual({ events: [], snapshots: [], resets: [] });
    const next = await practise(town, practice);
    expect(await practice.outcomeOf(next)).toMatchObject({ is: 'applied', rev: 1 });
    expect((await practice.pull()).snapshots.map(({ applicationId }) => applicationId)).toEqual([
      next.applicationId,
    ]);
    // from now on event by event
    await practice.press(CLERK, 'accept', {}, { applicationId: next.applicationId });
    await practice.sync();
    expect((await practice.pull()).events.map(({ event }) => event.is)).toEqual(['accepted']);
    const late = await practiceComputer(town);
    expect((await late.pull()).snapshots.map(({ applicationId }) => applicationId)).toEqual([
      next.applicationId,
    ]);
  });
});
