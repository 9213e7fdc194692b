/** The device's production loop over memory storage against the real office, its doors and its database. */
import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import type { Bodies } from '#lib/domain/commands.ts';
import type { Item } from '#lib/domain/item.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { enrolResponse, type EnrolResponse } from '#lib/protocol/auth.ts';
import { makeEnrolCode } from '#lib/server/auth/enrol.ts';
import { NOW, receiveBody } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, foundTown, SITES, type SiteName, type Town } from '../../../../tests/support/town.ts';
import type { DeviceRecord } from '../store/device.ts';
import type { Press } from '../store/enqueue.ts';
import { createSigningKeys, publicKeyText, signBytes } from '../vault/keys.ts';
import { browserHttp, readJson } from './http.ts';
import { createLoop, type Loop } from './loop.ts';
import { memoryStorage, type MemoryStorage } from './storage-memory.ts';
import { httpTransport } from './transport-http.ts';

interface Device {
  storage: MemoryStorage;
  loop: Loop;
  given: EnrolResponse;
  /** Its command's id. */
  press(kind: Press['kind'], applicationId: string, body: unknown, at?: string): Promise<string>;
  /** Rounds until the loop would wait. */
  sync(): Promise<void>;
  /** The next answer is lost on the way back. */
  loseAnswer(): void;
}

/** What a device holds of the catalogue. */
async function versionsOf(town: Town): Promise<Map<string, Item>> {
  return new Map([[(await town.refOf(ALLOWANCE)).hash, ALLOWANCE]]);
}

async function deviceAt(town: Town, site: SiteName, actor: string): Promise<Device> {
  let cookie = '';
  let lose = false;
  const http = browserHttp(async (path, init) => {
    const headers = new Headers(init?.headers);
    headers.set('cookie', cookie);
    const { method, body } = init!;
    const request = new Request(`http://localhost${path as string}`, {
      method: method!,
      headers,
      body: body ?? null,
    });
    const response = await town.reach(request);
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    if (lose && (path as string) === '/api/sync') {
      lose = false;
      throw new TypeError('the line broke');
    }
    return response;
  });
  const { code } = await makeEnrolCode(town.store, { site: SITES[site].id, by: 'admin', now: NOW });
  const keys = await createSigningKeys();
  const body = { code, publicKey: await publicKeyText(keys), name: '窗口一' };
  const reply = await http({ method: 'POST', path: '/api/auth/enrol', body, timeoutMs: 1000 });
  if (reply.is !== 'ok') throw new Error('not enrolled');
  const given = readJson(enrolResponse, reply)!;
  const person = await createSigningKeys();
  const registered = {
    device: given.device,
    staff: actor,
    public_key: await publicKeyText(person),
    registered_at: NOW,
  };
  await town.store.write((trx) => trx.insertInto('staff_key').values(registered).execute());

  const record: DeviceRecord = { ...given, name: '窗口一', keys, enrolledAt: NOW };
  const storage = memoryStorage(given.device, (_, bytes) => signBytes(person, bytes));
  await storage.lead('t');
  let stop = new AbortController();
  const clock = {
    now: () => Date.parse(NOW),
    sleep: async () => stop.abort(),
  };
  const transport = httpTransport(
    http,
    async () => record,
    () => versionsOf(town),
  );
  const loop = createLoop({ storage, transport, clock, random: { next: () => 0.5 }, token: 't' });
  return {
    storage,
    loop,
    given,
    async press(kind, applicationId, body, at = NOW) {
      const ref = kind === 'receive' ? { item: await town.refOf(ALLOWANCE) } : {};
      const it = { id: v7(), actor, applicationId, baseRev: 0, at, kind, body, ...ref };
      expect(await storage.enqueue(it as Press)).toMatchObject({ ok: true });
      return it.id;
    },
    async sync() {
      stop = new AbortController();
      await loop.run(stop.signal);
    },
    loseAnswer: () => (lose = true),
  };
}

const received = ({ given }: Device, serial: number): Bodies['receive'] =>
  receiveBody({
    site: given.site.id,
    receiptNumber: buildReceiptNumber({
      site: given.site.code,
      day: '2026-09-18',
      device: given.number,
      serial,
    }),
    queryToken: v7().replaceAll('-', '').slice(-22),
  });

const sorted = (device: Device) =>
  device.storage
    .confirmed()
    .map((it) => it.state)
    .sort((a, b) => (a.id < b.id ? -1 : 1));

eachDatabase('device and office', ({ open }) => {
  test('I15: fault: answer lost after commit → village and township agree after both have worked', async () => {
    const town = await foundTown(await open());
    const village = await deviceAt(town, 'A1', 'agent-a1');
    const township = await deviceAt(town, 'A', 'clerk-a');
    const ids = Array.from({ length: 25 }, () => v7());
    for (const [i, id] of ids.entries()) await village.press('receive', id, received(village, i + 1));
    village.loseAnswer();
    await village.sync();
    expect(village.storage.outbox().every((row) => row.status === 'sent')).toBe(true);
    await village.sync();
    expect(village.storage.outbox().every((row) => row.status === 'acked' && row.pulled === 1)).toBe(true);

    await township.sync();
    for (const id of ids.slice(0, 5)) await township.press('accept', id, {});
    await township.sync();
    await village.press('withdraw', ids[0]!, { reason: '不办了', signature: receiveBody().signature });
    await village.sync();
    await township.sync();
    const states = sorted(village);
    expect(states).toHaveLength(25);
    expect(states).toEqual(sorted(township));
    expect(
      states
        .map((state) => state.state)
        .sort()
        .slice(0, 5),
    ).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'pending']);
    expect(states.filter((state) => state.state === 'withdrawn')).toHaveLength(1);
    expect(village.loop.status()).toMatchObject({ phase: 'idle', waiting: 0, troubles: 0, alarm: null });
    expect(village.loop.status().release?.newest).toMatch(/\/village\/1$/);
  });

  test('I8: a refusal of the office stays with the person who acted, and the chain behind it is refused with it', async () => {
    const town = await foundTown(await open());
    const village = await deviceAt(town, 'A1', 'agent-a1');
    const id = v7();
    await village.press('receive', id, { ...received(village, 1), answers: {} });
    await village.press('amend', id, { fields: { 'answers.livingMode': { from: '独居', to: '其他' } } });
    await village.press('receive', v7(), received(village, 2));
    await village.sync();
    const rows = village.storage.outbox();
    expect(rows.map((row) => row.outcome)).toMatchObject([
      { is: 'refused', code: 'invalid', reason: 'answers' },
      { is: 'refused', code: 'predecessor' },
      { is: 'applied' },
    ]);
    expect(rows[0]!.told?.at).toEqual(['livingMode', 'liaisonName']);
    expect(village.loop.status().troubles).toBe(2);
  });

  test('I7 I10: a command that the office cannot make out is refused alone; what was sent with it goes through', async () => {
    const town = await foundTown(await open());
    const village = await deviceAt(town, 'A1', 'agent-a1');
    await village.press('receive', v7(), received(village, 1));
    // as of a computer whose clock stands in the year 10000
    const bad = await village.press('receive', v7(), received(village, 2), '+010000-01-01T00:00:00.000Z');
    await village.press('receive', v7(), received(village, 3));
    await village.sync();
    const rows = village.storage.outbox();
    expect(rows.map(({ outcome }) => outcome?.is)).toEqual(['applied', 'refused', 'applied']);
    expect(rows[1]).toMatchObject({ id: bad, outcome: { code: 'invalid', reason: 'text' }, aside: 0 });
    expect(village.loop.status()).toMatchObject({ phase: 'idle', waiting: 0, troubles: 1, alarm: null });
    expect(sorted(village)).toHaveLength(2);
  });

  test('I7 I10: one that cannot be read on the device any more stays there; what was pressed after it goes through', async () => {
    const town = await foundTown(await open());
    const village = await deviceAt(town, 'A1', 'agent-a1');
    await village.press('receive', v7(), received(village, 1));
    const lost = await village.press('receive', v7(), received(village, 2));
    await village.press('receive', v7(), received(village, 3));
    const read = village.storage.commands;
    village.storage.commands = async (ids) => (await read(ids)).filter(({ id }) => id !== lost);
    await village.sync();
    await village.press('receive', v7(), received(village, 4));
    await village.sync();
    const rows = village.storage.outbox();
    expect(rows.map(({ outcome }) => outcome?.is)).toEqual(['applied', undefined, 'applied', 'applied']);
    expect(village.loop.status().waiting).toBe(1);
  });

  test('a revoked device hands in its work and gets nothing back', async () => {
    const town = await foundTown(await open());
    const village = await deviceAt(town, 'A1', 'agent-a1');
    await village.sync();
    await village.press('receive', v7(), received(village, 1));
    await town.store.write((trx) =>
      trx.updateTable('device').set({ status: 'revoked' }).where('id', '=', village.given.device).execute(),
    );
    await village.sync();
    expect(village.storage.outbox()[0]).toMatchObject({
      status: 'quarantined',
      outcome: { is: 'quarantined', why: 'deviceRevoked' },
    });
    expect(village.loop.status()).toMatchObject({ waiting: 0, alarm: { code: 'revoked' } });
  });

  test('I2: fault: office restored from last night → it gets today’s work again', async () => {
    const town = await foundTown(await open());
    const village = await deviceAt(town, 'A1', 'agent-a1');
    for (const n of [1, 2, 3]) await village.press('receive', v7(), received(village, n));
    await village.sync();
    const before = sorted(village).map((state) => state.id);
    // everything of today is gone and the lineage is a new one
    await town.store.write(async (trx) => {
      for (const table of ['event', 'application', 'command', 'feed'] as const)
        await trx.deleteFrom(table).execute();
      await trx
        .updateTable('device')
        .set({ chain_n: 0, chain_head: '0'.repeat(64) })
        .execute();
      await trx.updateTable('lineage').set({ id: 'restored' }).execute();
    });
    await village.sync();
    await village.sync();
    expect(sorted(village).map((state) => state.id)).toEqual(before);
    expect(village.storage.outbox().every((row) => row.status === 'acked' && row.pulled === 1)).toBe(true);
    expect((await village.storage.position()).lineage).toBe('restored');
  });

  test('I2: fault: office restored twice from the same file → reset and sent again each time, and all agree in the end', async () => {
    const town = await foundTown(await open());
    const village = await deviceAt(town, 'A1', 'agent-a1');
    const township = await deviceAt(town, 'A', 'clerk-a');
    const ids = Array.from({ length: 9 }, () => v7());
    const take = async (from: number, to: number): Promise<void> => {
      for (let n = from; n < to; n++) await village.press('receive', ids[n]!, received(village, n + 1));
      await village.sync();
      await township.sync();
    };
    await take(0, 3);
    const tables = ['event', 'application', 'command', 'feed', 'case_serial', 'audit'] as const;
    const file = await town.store.read(async (trx) => ({
      rows: await Promise.all(tables.map((table) => trx.selectFrom(table).selectAll().execute())),
      chains: await trx.selectFrom('device').select(['id', 'chain_n', 'chain_head']).execute(),
    }));
    const restore = (lineage: string): Promise<void> =>
      town.store.write(async (trx) => {
        for (const table of tables) await trx.deleteFrom(table).execute();
        for (const [i, table] of [...tables.entries()].reverse()) {
          const rows = file.rows[i]!;
          if (rows.length > 0)
            await trx
              .insertInto(table)
              .values(rows as never)
              .execute();
        }
        for (const { id, ...chain } of file.chains)
          await trx.updateTable('device').set(chain).where('id', '=', id).execute();
        await trx.updateTable('lineage').set({ id: lineage }).execute();
      });

    for (const [time, lineage] of ['restored once', 'restored twice'].entries()) {
      await take(3 + time * 3, 6 + time * 3);
      await township.press('accept', ids[3 + time * 3]!, {});
      await township.sync();
      await restore(lineage);
      // whoever acts on what others took must wait until they have sent it again
      for (let round = 0; round < 3; round++) {
        await village.sync();
        await township.sync();
      }
      expect((await village.storage.position()).lineage).toBe(lineage);
      expect(sorted(village).map(({ id }) => id)).toEqual(ids.slice(0, 6 + time * 3).sort());
      expect(sorted(village)).toEqual(sorted(township));
      expect(sorted(township).filter(({ state }) => state === 'accepted')).toHaveLength(time + 1);
      for (const { storage } of [village, township])
        expect(storage.outbox().every((row) => row.status === 'acked' && row.pulled === 1)).toBe(true);
    }
  });
});
