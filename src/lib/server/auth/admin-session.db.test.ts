import { expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { COUNTY, PASSPHRASE, foundTown, type Town } from '../../../../tests/support/town.ts';
import { findAdmin, signInAdmin, signOutAdmin } from './admin-session.ts';

const later = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

/** Makes a person of the town an administrator, with the town's passphrase. */
const appoint = (town: Town, id: string, change: { login: string; roles?: string[]; county?: null }) =>
  town.store.write((trx) =>
    trx
      .updateTable('staff')
      .set({
        login: change.login,
        roles: JSON.stringify(change.roles ?? ['admin']),
        county: change.county === null ? null : COUNTY,
      })
      .where('id', '=', id)
      .execute(),
  );

const signIn = (town: Town, login: string, passphrase = PASSPHRASE, ip = '10.0.0.1') =>
  signInAdmin(town.office, { login, passphrase, ip });
const withToken = (token: string) =>
  new Request('http://office.example/county', { headers: { cookie: `a=b; jinban-admin=${token}` } });

async function admin(town: Town): Promise<string> {
  await appoint(town, 'clerk-a', { login: 'huaxian' });
  const result = await signIn(town, ' huaxian ');
  if (result.is !== 'in') throw new Error(result.is);
  return result.token;
}

eachDatabase('a session at the county pages', (database) => {
  test('opens with name and passphrase, and tells who and for which county', async () => {
    const town = await foundTown(await database.open());
    const token = await admin(town);
    expect(await findAdmin(town.office, withToken(token))).toEqual({
      id: 'clerk-a',
      name: '赵示范',
      roles: ['admin'],
      county: { id: COUNTY, name: '滑县' },
    });
    expect(await findAdmin(town.office, withToken(`${token}x`))).toBeNull();
    expect(await findAdmin(town.office, new Request('http://office.example/county'))).toBeNull();
    const kept = await town.store.read((trx) => trx.selectFrom('admin_session').selectAll().execute());
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  test('a wrong passphrase, an unknown name, and somebody who is no administrator get the same answer', async () => {
    const town = await foundTown(await database.open());
    await appoint(town, 'clerk-a', { login: 'huaxian' });
    await appoint(town, 'clerk-b', { login: 'clerk', roles: ['clerk'] });
    await appoint(town, 'agent-b1', { login: 'nowhere', county: null });
    const answers = [
      await signIn(town, 'huaxian', 'wrong wrong wrong', '10.0.0.1'),
      await signIn(town, 'nobody', PASSPHRASE, '10.0.0.2'),
      await signIn(town, 'clerk', PASSPHRASE, '10.0.0.3'),
      await signIn(town, 'nowhere', PASSPHRASE, '10.0.0.4'),
      await signIn(town, 'huaxian', 'x'.repeat(100_000), '10.0.0.5'),
    ];
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ is: 'wrong' })));
  });

  test('guessing is stopped after five wrong tries, also when they come at once; the right passphrase costs none', async () => {
    const town = await foundTown(await database.open());
    await appoint(town, 'clerk-a', { login: 'huaxian' });
    for (let i = 0; i < 7; i++) expect((await signIn(town, 'huaxian')).is).toBe('in');
    const burst = await Promise.all(
      Array.from({ length: 8 }, () => signIn(town, 'huaxian', 'wrong wrong wrong')),
    );
    expect(burst.filter(({ is }) => is === 'wrong')).toHaveLength(5);
    expect(burst.filter(({ is }) => is === 'wait')).toHaveLength(3);
    expect(await signIn(town, 'huaxian')).toEqual({ is: 'wait', seconds: 900 });
    expect((await signIn(town, 'huaxian', PASSPHRASE, '10.0.0.9')).is).toBe('in');
    town.setClock(later(15));
    expect((await signIn(town, 'huaxian')).is).toBe('in');
  });

  test('lasts while pages are asked for, half an hour without, nine hours in any case', async () => {
    const town = await foundTown(await database.open());
    const idle = await admin(town);
    const busy = await admin(town);
    town.setClock(later(29));
    expect(await findAdmin(town.office, withToken(busy))).not.toBeNull();
    town.setClock(later(31));
    expect(await findAdmin(town.office, withToken(idle))).toBeNull();
    for (let minutes = 31; minutes < 9 * 60; minutes += 25) {
      town.setClock(later(minutes));
      expect(await findAdmin(town.office, withToken(busy))).not.toBeNull();
    }
    town.setClock(later(9 * 60));
    expect(await findAdmin(town.office, withToken(busy))).toBeNull();
  });

  test('ends at the next page for whoever is disabled or no longer an administrator, and at once on leaving', async () => {
    const town = await foundTown(await database.open());
    const token = await admin(town);
    await appoint(town, 'clerk-a', { login: 'huaxian', roles: ['auditor'] });
    expect(await findAdmin(town.office, withToken(token))).toBeNull();
    await appoint(town, 'clerk-a', { login: 'huaxian' });
    expect(await findAdmin(town.office, withToken(token))).not.toBeNull();
    const disable = (status: 'active' | 'disabled') =>
      town.store.write((trx) =>
        trx.updateTable('staff').set({ status }).where('id', '=', 'clerk-a').execute(),
      );
    await disable('disabled');
    expect(await findAdmin(town.office, withToken(token))).toBeNull();
    expect(await signIn(town, 'huaxian')).toEqual({ is: 'disabled' });
    await disable('active');
    await signOutAdmin(town.office, withToken(token));
    expect(await findAdmin(town.office, withToken(token))).toBeNull();
  });
});
