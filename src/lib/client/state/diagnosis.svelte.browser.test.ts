/** 导出诊断 over a device whose every store is full of people: nothing of them is in the file, whatever row it came from. */
import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import { sampleIdNumber, samplePhone } from '#lib/domain/sample-identity.ts';
import { BODIES, NOW, receiveBody, SITE } from '../../../../tests/support/builders.ts';
import { appId, commandId, press } from '../../../../tests/support/device-fixture.ts';
import { deviceRecord, dropStore, enrolledStore } from '../../../../tests/support/device-store.ts';
import { AGENT, SmallOffice } from '../../../../tests/support/small-office.ts';
import { noteArrival } from '../store/arrivals.ts';
import { confirmedRow } from '../store/confirmed.ts';
import { saveDevice, saveTiles, writeMeta } from '../store/device.ts';
import { saveDraft } from '../store/drafts.ts';
import { enqueue } from '../store/ledger.ts';
import type { Store } from '../store/open-database.ts';
import { keepPhoto } from '../store/photos.ts';
import type { OutboxRow, UploadRow } from '../store/rows.ts';
import { seal } from '../vault/seal.ts';
import { FIRST_STATUS, type SyncStatus } from '../sync/status.ts';
import { diagnose } from './diagnosis.ts';

const NAME = '王示例';
const ID = sampleIdNumber(0, { birthDate: '1944-03-05', sex: 'female' });
const PHONE = samplePhone(1);
/** What a person looks like, wherever it slipped in. */
const PERSON = `${NAME} ${ID} ${PHONE} 滑县白道口镇示例村一组`;

async function fill(store: Store): Promise<void> {
  const { db } = store;
  await saveDevice(
    store,
    await deviceRecord({ name: PERSON, contact: { organ: PERSON, phone: PHONE, supervision: PHONE } }),
  );
  await saveTiles(store, [
    { id: AGENT.id, name: NAME, roles: ['agent'], kdf: { salt: 'AA', memory: 1, passes: 1, lanes: 1 } },
  ]);
  await writeMeta(store, `phrases:${AGENT.id}`, [PERSON]);
  await writeMeta(store, 'log', [
    { at: NOW, code: 'phase.idle', n: 2 },
    { at: NOW, code: PERSON, n: 1 },
  ]);
  await noteArrival(store, appId(1), { on: '2026-09-18', by: NAME });
  await saveDraft(
    store,
    { id: appId(9), itemCode: ID, itemHash: PERSON, owner: PERSON, updatedAt: NOW, shape: 1 },
    { applicant: PERSON },
  );
  const bytes = new TextEncoder().encode(PERSON.repeat(50));
  await keepPhoto(
    store,
    { sha256: 'b'.repeat(64), size: bytes.length, type: 'jpeg', bytes, thumb: bytes },
    NOW,
  );
  await enqueue(
    store,
    press(1, appId(1), 'receive', {
      body: receiveBody(),
      files: { site: SITE.id, photos: [{ sha256: 'b'.repeat(64), size: 3, type: 'jpeg' }] },
    }),
  );
  await enqueue(store, press(2, appId(2), 'withdraw', { body: { ...BODIES.withdraw, reason: PERSON } }));
  await enqueue(store, press(3, appId(3), 'receive'));
  await db.outbox.update(commandId(2), {
    status: 'refused',
    outcome: { is: 'refused', code: 'state', reason: PERSON } as never,
    told: await seal(
      { at: [PERSON], fields: { [PERSON]: { from: PERSON, mine: ID, theirs: PHONE } } },
      { table: 'outbox.told', id: commandId(2), version: 2 },
    ),
  });
  // rows that some fault has spoilt: a person where a code should be
  await db.outbox.update(commandId(3), {
    kind: PERSON,
    actor: PERSON,
    at: PERSON,
    device: PHONE,
    itemHash: PERSON,
    bytes: PERSON,
  } as unknown as Partial<OutboxRow>);
  const upload = {
    site: PERSON,
    sha256: PERSON,
    size: PERSON,
    type: NAME,
    status: 'refused',
    why: PERSON,
    queuedAt: PERSON,
    settledAt: null,
  };
  await db.uploads.put(upload as unknown as UploadRow);
  const office = new SmallOffice();
  office.act(appId(4), { kind: 'receive', body: receiveBody() }, AGENT);
  const state = office.state(appId(4))!;
  const row = await confirmedRow({ applicationId: appId(4), rev: 1, seq: 1, epoch: 1, state });
  await db.applications.bulkPut([
    row,
    { ...row, id: appId(5), state: PERSON, itemCode: ID, site: PERSON } as never,
  ]);
  await db.cursor.put({
    key: 'feed',
    lineage: PERSON,
    cursor: PERSON,
    mark: ID,
    epoch: 1,
    paging: null,
  } as never);
  await db.items.put({ hash: PERSON, code: ID, item: { name: PERSON } as never });
  await db.release.put({ key: 'active', address: PERSON, manifest: {} as never, hashes: { [PERSON]: ID } });
}

/** A status in which every text is about a person. */
const status: SyncStatus = {
  ...FIRST_STATUS,
  phase: 'trouble',
  waiting: 2,
  alarm: { code: 'fault', detail: `TypeError: ${PERSON}`, since: NOW },
  release: { have: PERSON, newest: `S410526000000/township/${ID}`, progress: null },
};

test('every store full of people: what comes out is counts, codes and times alone', async () => {
  const store = await enrolledStore();
  await fill(store);
  for (const table of store.db.tables) expect(await table.count(), table.name).toBeGreaterThan(0);
  const log = (await store.db.meta.get('log'))!.value;
  const report = await diagnose(store, {
    program: PERSON,
    status,
    log,
    userAgent: `${PERSON} Chrome/109.0.0.0 ${PHONE}`,
  });
  const text = JSON.stringify(report);
  for (const secret of [NAME, ID, PHONE, '示例', '滑县', ID.slice(6, 14), AGENT.id, 'p-', 'b'.repeat(64)]) {
    expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/[\u3400-\u9fff]|\d{17}/);

  // and it says something
  expect(report.census?.outbox).toMatchObject({
    total: 3,
    byStatus: { queued: 2, refused: 1 },
    byKind: { receive: 1, withdraw: 1, other: 1 },
    refusedBy: { other: 1 },
    fromOtherDevices: 1,
  });
  expect(report.census).toMatchObject({
    applications: { total: 2, byState: { pending: 1, other: 1 } },
    drafts: { total: 1, inBin: 0 },
    uploads: { byStatus: { queued: 1, refused: 1 }, refusedBy: { other: 1 } },
    feed: { cursor: 0, epoch: 1, paging: false },
  });
  expect(report.sync).toMatchObject({
    phase: 'trouble',
    alarm: 'fault',
    alarmDetail: 'TypeError',
    releaseHere: null,
  });
  expect(report.browser['name']).toBe('Chrome/109.0.0.0');
  expect(report.log).toEqual([{ at: NOW, code: 'phase.idle', n: 2 }]);
  await dropStore(store);
});

test('a station whose storage cannot be read still gives its diagnosis', async () => {
  const store = await enrolledStore();
  store.db.close({ disableAutoOpen: true });
  store.reopen = async () => false;
  const report = await diagnose(store, { program: '0.1.0', status: FIRST_STATUS, log: [], userAgent: '' });
  expect(report.census).toBe(null);
  expect(report.program['version']).toBe('0.1.0');
});

test('of an alarm only a status, our own code or the kind of the error is told', async () => {
  const store = await enrolledStore();
  const told = async (detail: string) => {
    const alarm = { code: 'rejected' as const, detail, since: NOW };
    const report = await diagnose(store, {
      program: '',
      status: { ...FIRST_STATUS, alarm },
      log: [],
      userAgent: '',
    });
    return report.sync['alarmDetail'];
  };
  expect(await told('400 malformed')).toBe('400 malformed');
  expect(await told('full')).toBe('full');
  expect(await told(`Error: command ${v7()} cannot be read`)).toBe('Error');
  expect(await told(`400 ${NAME}`)).toBe(null);
  expect(await told(PERSON)).toBe(null);
  await dropStore(store);
});
