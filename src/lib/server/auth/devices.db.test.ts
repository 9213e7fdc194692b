/** Enrolling a device and opening its session. */
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { doors, foundTown, SITES } from '../../../../tests/support/town.ts';
import { newKeys, WireClient } from '../../../../tests/support/wire-client.ts';
import { challengeMessage } from '#lib/protocol/chain.ts';
import { makeEnrolCode } from './enrol.ts';
import { purgeSessions } from './sessions.ts';

eachDatabase('devices', ({ open }) => {
  const start = async () => {
    const town = await foundTown(await open());
    const code = async (site: keyof typeof SITES = 'A1') =>
      (await makeEnrolCode(town.store, { site: SITES[site].id, by: 'admin', now: town.office.clock.now() }))
        .code;
    return { town, code, client: () => new WireClient(town.reach) };
  };
  const errorOf = async (response: Response): Promise<string> =>
    `${response.status} ${((await response.json()) as { error: string }).error}`;

  test('a code makes one device of its site, however it was typed', async () => {
    const { code, client } = await start();
    const text = await code();
    expect(text).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    const device = client();
    expect((await device.enrol(` ${text.toLowerCase().replace('-', ' ')} `)).status).toBe(200);
    expect(device.enrolled).toMatchObject({
      number: '001',
      site: { id: SITES.A1.id, code: '410526102201', level: 'village', path: SITES.A1.path },
      contact: { organ: '示例镇', phone: '0372-0000000', supervision: '' },
    });
    expect(device.enrolled.releaseKeys).toHaveLength(2);
    expect(await errorOf(await client().enrol(text))).toBe('400 badCode');
  });

  test('ten at once with one code make one device', async () => {
    const { town, code } = await start();
    const text = await code();
    const tries = Array.from({ length: 10 }, (_, i) =>
      new WireClient(doors(town.office, `10.0.0.${i}`)).enrol(text),
    );
    const statuses = (await Promise.all(tries)).map((response) => response.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  test('a code is good for fifteen minutes', async () => {
    const { town, code, client } = await start();
    const text = await code();
    town.setClock('2026-09-18T02:15:00.000Z');
    expect(await errorOf(await client().enrol(text))).toBe('400 badCode');
  });

  test('device numbers of a site count up and are never used twice', async () => {
    const { town, code, client } = await start();
    const numbers: string[] = [];
    for (const site of ['A1', 'A1', 'A2', 'A1'] as const) {
      const device = client();
      await device.enrol(await code(site));
      numbers.push(device.enrolled.number);
      await town.store.write((trx) => trx.updateTable('device').set({ status: 'revoked' }).execute());
    }
    expect(numbers).toEqual(['001', '002', '001', '003']);
  });

  test('guessing codes is stopped by address, says for how long, and leaves others alone', async () => {
    const { town, code, client } = await start();
    for (let i = 0; i < 5; i++) expect(await errorOf(await client().enrol('AAAA-AAAA'))).toBe('400 badCode');
    const stopped = await client().enrol(await code());
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBe(15 * 60);
    const elsewhere = new WireClient(doors(town.office, '10.0.0.9'));
    expect((await elsewhere.enrol(await code())).status).toBe(200);
    town.setClock('2026-09-18T02:15:01.000Z');
    expect((await client().enrol(await code())).status).toBe(200);
  });

  test('a key that is no key enrols nothing and uses up no code', async () => {
    const { code, client } = await start();
    const text = await code();
    const body = { code: text, publicKey: `B${'A'.repeat(86)}`, name: '窗口电脑' };
    expect(await errorOf(await client().post('/api/auth/enrol', body))).toBe('400 malformed');
    expect((await client().enrol(text)).status).toBe(200);
  });

  test('a session’s cookie is for scripts and other sites out of reach, and bound to the host over https', async () => {
    const { town, code, client } = await start();
    const device = client();
    await device.enrol(await code());
    const cookie = (await device.openSession()).headers.get('set-cookie');
    expect(cookie).toMatch(/^jinban-device=[\w-]{22}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    const secure = new WireClient(town.reach, 'https://jinban.example');
    await secure.enrol(await code());
    const other = (await secure.openSession()).headers.get('set-cookie');
    expect(other).toMatch(/^__Host-jinban-device=[\w-]{22}; Path=\/; .*SameSite=Strict; Secure$/);
    const hashes = await town.store.read((trx) => trx.selectFrom('session').select('token_hash').execute());
    for (const { token_hash } of hashes) expect(cookie).not.toContain(token_hash);
  });

  test('a challenge is good once, for its device, for two minutes, and only from this office', async () => {
    const { town, code, client } = await start();
    const keys = await newKeys();
    const device = client();
    const body = { code: await code(), publicKey: keys.publicKey, name: '窗口电脑' };
    const { device: id } = (await (await device.post('/api/auth/enrol', body)).json()) as { device: string };
    const challenge = async (): Promise<string> =>
      ((await (await device.post('/api/auth/challenge', { device: id })).json()) as { challenge: string })
        .challenge;
    const answer = async (to: string, as = id) =>
      device.post('/api/auth/session', {
        device: as,
        challenge: to,
        signature: await keys.sign(challengeMessage(as, to)),
      });

    const first = await challenge();
    expect((await answer(first)).status).toBe(200);
    expect(await errorOf(await answer(first))).toBe('401 noSession');
    expect(await errorOf(await answer(await challenge(), 'another'))).toBe('401 noSession');
    expect(await errorOf(await answer('A'.repeat(54)))).toBe('401 noSession');
    const late = await challenge();
    town.setClock('2026-09-18T02:02:00.000Z');
    expect(await errorOf(await answer(late))).toBe('401 noSession');
    const stranger = await newKeys();
    const open_ = await challenge();
    const forged = {
      device: id,
      challenge: open_,
      signature: await stranger.sign(challengeMessage(id, open_)),
    };
    expect(await errorOf(await device.post('/api/auth/session', forged))).toBe('403 unknownDevice');
  });

  test('a revoked device gets a session to hand over its work, and no more', async () => {
    const { town } = await start();
    const device = await town.device('A1');
    await town.store.write((trx) => trx.updateTable('device').set({ status: 'revoked' }).execute());
    const response = await device.openSession();
    expect(await response.json()).toMatchObject({ access: 'pushOnly' });
    expect(await errorOf(await device.call('/api/auth/staff'))).toBe('403 unknownDevice');
    expect((await device.sync([])).feed).toBeNull();
  });

  test('sessions that ran out are removed', async () => {
    const { town } = await start();
    await town.device('A1');
    const count = () => town.store.read((trx) => trx.selectFrom('session').select('device').execute());
    await town.store.write((trx) => purgeSessions(trx, '2026-09-18T13:59:00.000Z'));
    expect(await count()).toHaveLength(1);
    await town.store.write((trx) => purgeSessions(trx, '2026-09-18T14:00:00.000Z'));
    expect(await count()).toEqual([]);
  });
});
