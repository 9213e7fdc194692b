/** What is good once, or not any more, is so at every process of an office. */
import { expect, test } from 'vitest';
import { onPostgres } from '../../../../tests/support/each-database.ts';
import { COUNTY, doors, foundTown, PASSPHRASE, SITES, type Town } from '../../../../tests/support/town.ts';
import { inTurn, twinOf } from '../../../../tests/support/twin-office.ts';
import { WireClient, type Reach } from '../../../../tests/support/wire-client.ts';
import { ALLOWANCE } from '../../../../tests/support/town.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { publishRelease } from '../catalogue/publish.ts';
import { revokeDevice } from '../county/devices.ts';
import type { Office } from '../office.ts';
import { findAdmin, signInAdmin, signOutAdmin } from './admin-session.ts';
import { makeEnrolCode } from './enrol.ts';

onPostgres('one office of two processes', ({ open, openBeside }) => {
  async function start(): Promise<{ town: Town; twin: Office; reaches: [Reach, Reach] }> {
    const town = await foundTown(await open());
    const twin = twinOf(town.office, await openBeside());
    return { town, twin, reaches: [doors(town.office), doors(twin)] };
  }
  const codeFor = async (town: Town) =>
    (await makeEnrolCode(town.store, { site: SITES.A1.id, by: 'admin', now: NOW })).code;

  test('an enrolment code that is typed at both at once makes one device', async () => {
    const { town, reaches } = await start();
    for (let i = 0; i < 3; i++) {
      const code = await codeFor(town);
      const answers = await Promise.all(reaches.map((reach) => new WireClient(reach).enrol(code)));
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
    }
    const devices = await town.store.read((trx) =>
      trx.selectFrom('device').select('number').orderBy('number').execute(),
    );
    expect(devices.map((device) => device.number)).toEqual(['001', '002', '003']);
  });

  test('a challenge of one is answered at the other, once; its session is good at both, and ends at both', async () => {
    const { town, twin, reaches } = await start();
    town.reach = inTurn(town.office, twin);
    const client = await town.device('A1', 'agent-a1');
    const asked = await client.post('/api/auth/challenge', { device: client.device });
    const body = {
      device: client.device,
      challenge: ((await asked.json()) as { challenge: string }).challenge,
      signature: 'A'.repeat(86),
    };
    expect((await client.post('/api/auth/session', body)).status).toBe(403);
    for (const reach of reaches) {
      const request = new Request('http://localhost:3000/api/auth/staff', {
        headers: { cookie: client.cookie },
      });
      expect((await reach(request)).status).toBe(200);
    }
    const { device } = client;
    await town.store.write((trx) =>
      revokeDevice(trx, { county: COUNTY, device, reason: 'lost', by: 'admin', now: NOW }),
    );
    expect((await client.sync([])).feed).toBeNull();
    expect((await client.sync([])).feed).toBeNull();
  });

  test('the seal of challenges is one, also when both need it for the first time at once', async () => {
    const { town, reaches } = await start();
    const ask = (reach: Reach) =>
      reach(
        new Request('http://localhost:3000/api/auth/challenge', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ device: 'd-1' }),
        }),
      );
    const answers = await Promise.all([...reaches, ...reaches].map(ask));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    const seals = await town.store.read((trx) =>
      trx.selectFrom('secret').select('name').where('name', '=', 'challenge').execute(),
    );
    expect(seals).toHaveLength(1);
  });

  test('five wrong codes are five, however they are spread; at the county pages too', async () => {
    const { town, twin, reaches } = await start();
    for (let i = 0; i < 5; i++)
      expect((await new WireClient(reaches[i % 2]!).enrol('AAAA-AAAA')).status).toBe(400);
    const code = await codeFor(town);
    for (const reach of reaches) expect((await new WireClient(reach).enrol(code)).status).toBe(429);

    const attempt = (office: Office, passphrase: string) =>
      signInAdmin(office, { login: 'nobody', passphrase, ip: '10.0.0.7' });
    const tries = await Promise.all(
      [0, 1, 2, 3, 4, 5, 6, 7].map((i) => attempt(i % 2 === 0 ? town.office : twin, 'wrong wrong wrong')),
    );
    expect(tries.filter(({ is }) => is === 'wait')).toHaveLength(3);
  });

  test('an administrator signed in at one is known at the other, and out at both', async () => {
    const { town, twin } = await start();
    await town.store.write((trx) =>
      trx
        .updateTable('staff')
        .set({ login: 'huaxian', roles: '["admin"]' })
        .where('id', '=', 'clerk-a')
        .execute(),
    );
    const signed = await signInAdmin(town.office, {
      login: 'huaxian',
      passphrase: PASSPHRASE,
      ip: '10.0.0.1',
    });
    if (signed.is !== 'in') throw new Error(signed.is);
    const request = new Request('http://localhost:3000/county', {
      headers: { cookie: `jinban-admin=${signed.token}` },
    });
    expect((await findAdmin(twin, request))?.id).toBe('clerk-a');
    await signOutAdmin(twin, request);
    expect(await findAdmin(town.office, request)).toBeNull();
  });

  test('releases that are published at both at once get numbers of their own', async () => {
    const { town, twin } = await start();
    const publish = (office: Office) =>
      publishRelease(office.store, {
        county: COUNTY,
        level: 'village',
        items: [ALLOWANCE],
        by: 'releaser',
        now: NOW,
      });
    const places = await Promise.all([
      publish(town.office),
      publish(twin),
      publish(town.office),
      publish(twin),
    ]);
    expect(places.map(({ number }) => number).sort()).toEqual([2, 3, 4, 5]);
  });
});
