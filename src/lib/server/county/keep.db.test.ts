/** Keeping sites, people and devices of a county: what changes for those who work there, and what is refused. */
import { expect, test } from 'vitest';
import { evolve } from '#lib/domain/evolve.ts';
import type { Application } from '#lib/domain/state.ts';
import type { StaffForm } from '#lib/domain/staff-keeping.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { NOW, signature } from '../../../../tests/support/builders.ts';
import { COUNTY, foundTown, receive, SITES, type Town } from '../../../../tests/support/town.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import { brokenAuditLine } from '../audit.ts';
import { usePassphraseCode } from '../auth/passphrase-code.ts';
import { transferDevice, renameDevice } from './keep-devices.ts';
import { addSite, editSite, setStanding, type Keeping } from './keep-sites.ts';
import { addStaff, editStaff, issuePassphraseCode, setEnabled, transferStaff } from './keep-staff.ts';
import { mergeSite, transferSite } from './move-sites.ts';
import { findPerson } from './staff-list.ts';
import { sitePage } from './site-page.ts';

const BY: Keeping = { county: COUNTY, by: 'admin-1', now: NOW };
const FORM = { name: '新站', code: '410526102209', address: '', phone: '', supervisionPhone: '', hours: '' };
const ADMIN: StaffForm = { name: '杨样本', roles: ['admin'], department: '', login: 'yang' };
const done = { is: 'done' };
const refusal = (why: string, count?: number) => ({
  is: 'refused',
  why,
  ...(count === undefined ? {} : { count }),
});
const pageOf = (town: Town, id: string) => town.store.read((trx) => sitePage(trx, COUNTY, id));

/** What a device shows after it has pulled, from what came down alone. */
class Shown {
  readonly #states = new Map<string, Application>();
  readonly client: WireClient;
  constructor(client: WireClient) {
    this.client = client;
  }
  async pull(): Promise<void> {
    const { events, snapshots, resets } = await this.client.pull();
    if (resets.length > 0) this.#states.clear();
    for (const { applicationId, state } of snapshots) this.#states.set(applicationId, state);
    for (const { applicationId, ...logged } of events) {
      const before = this.#states.get(applicationId) ?? null;
      if (before !== null || logged.rev === 1)
        this.#states.set(applicationId, evolve(before, { applicationId, ...logged }));
    }
  }
  states = (): Application[] => [...this.#states.values()];
}

eachDatabase('merging a village into another', (database) => {
  const start = async () => {
    const town = await foundTown(await database.open());
    const old = new Shown(await town.device('A1', 'agent-a1'));
    const own = new Shown(await town.device('A2', 'agent-a2'));
    const clerk = new Shown(await town.device('A', 'clerk-a'));
    // each has been in office for a while
    await receive(town, own.client, 'agent-a2');
    await own.client.sync();
    const received = await receive(town, old.client, 'agent-a1');
    await old.client.sync();
    await own.pull();
    await clerk.pull();
    const merge = () =>
      town.store.write((trx) => mergeSite(trx, BY, { from: SITES.A1.id, into: SITES.A2.id }));
    return { town, old, own, clerk, id: received.applicationId, merge };
  };

  test('its open applications come down to the other’s devices at their next call, and stand on their township’s', async () => {
    const { own, clerk, id, merge } = await start();
    expect(own.states().map((state) => state.id)).not.toContain(id);
    expect(await merge()).toMatchObject(done);
    expect((await own.client.sync([])).feed).toMatchObject({ reset: 'scope' });
    await own.pull();
    await clerk.pull();
    expect(own.states().find((state) => state.id === id)?.site).toBe(SITES.A1.id);
    expect(clerk.states().map((state) => state.id)).toContain(id);
  });

  test('the other’s agent works on them, and both hear of it', async () => {
    const { own, old, id, merge } = await start();
    await merge();
    await own.pull();
    await own.client.press(
      'agent-a2',
      'withdraw',
      { reason: '不办了', signature: signature() },
      {
        applicationId: id,
        after: null,
        baseRev: 1,
      },
    );
    expect((await own.client.sync()).outcomes.at(-1)).toMatchObject({ is: 'applied' });
    await own.pull();
    await old.pull();
    expect([own, old].map((one) => one.states().find((state) => state.id === id)?.state)).toEqual([
      'withdrawn',
      'withdrawn',
    ]);
  });

  test('what its device received without a network arrives afterwards, and is seen at both', async () => {
    const { town, old, own, merge } = await start();
    const late = await receive(town, old.client, 'agent-a1');
    await merge();
    expect((await old.client.sync()).outcomes.at(-1)).toMatchObject({ is: 'applied' });
    await own.pull();
    expect(own.states().map((state) => state.id)).toContain(late.applicationId);
    expect((await old.client.tiles()).map(({ id }) => id)).toContain('agent-a2');
  });

  test('it is kept with its history, and is refused a second time, across townships, and for a county next door', async () => {
    const { town, merge } = await start();
    const tryMerge = (from: string, into: string, county = COUNTY) =>
      town.store.write((trx) => mergeSite(trx, { ...BY, county }, { from, into }));
    expect(await tryMerge(SITES.A1.id, SITES.B1.id)).toEqual(refusal('otherTownship'));
    expect(await tryMerge(SITES.A1.id, SITES.A1.id)).toEqual(refusal('sameSite'));
    expect(await tryMerge(SITES.A.id, SITES.A1.id)).toEqual(refusal('notStation'));
    expect(await tryMerge(SITES.A1.id, SITES.A2.id, 'S410527000000')).toEqual(refusal('noSite'));
    await merge();
    expect(await merge()).toEqual(refusal('merged'));
    expect(await pageOf(town, SITES.A2.id)).toMatchObject({
      open: 2,
      merged: [{ id: SITES.A1.id }],
      history: [{ what: 'siteMerged', applications: 1 }],
    });
    expect(await pageOf(town, SITES.A1.id)).toMatchObject({
      status: 'closed',
      mergedInto: { id: SITES.A2.id },
    });
    expect(await town.store.read(brokenAuditLine)).toBe(null);
  });
});

eachDatabase('a village under another township', (database) => {
  test('its applications leave the one township’s devices and come to the other’s; its own goes on', async () => {
    const town = await foundTown(await database.open());
    const village = new Shown(await town.device('A1', 'agent-a1'));
    const before = new Shown(await town.device('A', 'clerk-a'));
    const after = new Shown(await town.device('B', 'clerk-b'));
    const { applicationId: id } = await receive(town, village.client, 'agent-a1');
    await village.client.sync();
    const neighbour = await town.device('B1', 'agent-b1');
    await receive(town, neighbour, 'agent-b1');
    await neighbour.sync();
    for (const one of [village, before, after]) await one.pull();
    expect(before.states().map((state) => state.id)).toEqual([id]);

    expect(await transferSite(town.store, BY, { id: SITES.A1.id, township: SITES.B.id })).toMatchObject(done);
    expect((await village.client.sync([])).feed).toMatchObject({
      reset: 'scope',
      station: {
        site: { path: expect.stringContaining(SITES.B.id), fullName: '另一镇示例村' },
        number: '001',
      },
    });
    for (const one of [village, before, after]) await one.pull();
    expect(before.states()).toEqual([]);
    expect(after.states().map((state) => state.id)).toContain(id);
    expect(village.states().map((state) => state.id)).toEqual([id]);

    await after.client.press('clerk-b', 'accept', {}, { applicationId: id, after: null, baseRev: 1 });
    expect((await after.client.sync()).outcomes).toMatchObject([{ is: 'applied' }]);
    await village.pull();
    expect(village.states()[0]?.state).toBe('accepted');
  });

  test('is refused for a township, for one that is there already, and for another county’s', async () => {
    const town = await foundTown(await database.open());
    const move = (id: string, township: string) => transferSite(town.store, BY, { id, township });
    expect(await move(SITES.A.id, SITES.B.id)).toEqual(refusal('notStation'));
    expect(await move(SITES.A1.id, SITES.A.id)).toEqual(refusal('sameTownship'));
    expect(await move(SITES.A1.id, SITES.B1.id)).toEqual(refusal('noTarget'));
    expect(await move(SITES.A1.id, 'S410527101000')).toEqual(refusal('noTarget'));
  });
});

eachDatabase('a site of the county', (database) => {
  test('is added below a township, edited, and its devices hear of its new name', async () => {
    const town = await foundTown(await database.open());
    const add = (parent: string) =>
      town.store.write((trx) => addSite(trx, BY, { parent, level: 'village', form: FORM }));
    expect(await add(SITES.A.id)).toEqual({ is: 'done', id: `S${FORM.code}` });
    expect(await add(SITES.A.id)).toEqual(refusal('codeTaken'));
    expect(await add(SITES.A1.id)).toEqual(refusal('noTarget'));
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    await client.sync();
    await client.pull();
    const form = { ...FORM, name: '改名村', code: SITES.A1.code, hours: '周一至周五 8:30—17:30' };
    expect(await town.store.write((trx) => editSite(trx, BY, { id: SITES.A1.id, form }))).toMatchObject(done);
    expect((await client.sync([])).feed).toMatchObject({ station: { site: { fullName: '示例镇改名村' } } });
    const taken = { ...form, code: SITES.A2.code };
    expect(await town.store.write((trx) => editSite(trx, BY, { id: SITES.A1.id, form: taken }))).toEqual(
      refusal('codeTaken'),
    );
  });

  test('is closed only when nothing is left in it, and says what is', async () => {
    const town = await foundTown(await database.open());
    const client = await town.device('A2', 'agent-a2');
    await receive(town, client, 'agent-a2');
    await client.sync();
    const stand = (id: string, status: 'open' | 'paused' | 'closed') =>
      town.store.write((trx) => setStanding(trx, BY, { id, status }));
    const { store } = town;
    expect(await stand(SITES.A.id, 'closed')).toEqual(refusal('stationsLeft', 2));
    expect(await stand(SITES.A2.id, 'closed')).toEqual(refusal('openApplications', 1));
    await store.write((trx) => trx.updateTable('application').set({ state: 'settled' }).execute());
    expect(await stand(SITES.A2.id, 'closed')).toEqual(refusal('devicesLeft', 1));
    await store.write((trx) => trx.updateTable('device').set({ status: 'revoked' }).execute());
    expect(await stand(SITES.A2.id, 'closed')).toEqual(refusal('staffLeft', 1));
    await store.write((trx) => setEnabled(trx, BY, { id: 'agent-a2', enabled: false }));
    expect(await stand(SITES.A2.id, 'closed')).toMatchObject(done);
    expect(await stand(SITES.A2.id, 'open')).toMatchObject(done);
    expect(await stand(SITES.A2.id, 'paused')).toMatchObject(done);
    expect((await pageOf(town, SITES.A2.id))?.history.map(({ what }) => what)).toEqual([
      'sitePaused',
      'siteReopened',
      'siteClosed',
    ]);
  });
});

eachDatabase('a person of the county', (database) => {
  const start = async () => {
    const town = await foundTown(await database.open());
    const add = (site: string, form: StaffForm) =>
      town.store.write((trx) => addStaff(trx, BY, { site, form }));
    const admin = await add(COUNTY, ADMIN);
    if (admin.is !== 'done') throw new Error(admin.why);
    return { town, add, admin: admin.id };
  };

  test('sets a passphrase with a one-time code, once; a wrong code and a short one are told', async () => {
    const { town, admin } = await start();
    const issued = await town.store.write((trx) => issuePassphraseCode(trx, BY, admin));
    if (issued.is !== 'done') throw new Error(issued.why);
    const use = (code: string, passphrase: string) =>
      usePassphraseCode(town.office, { code, passphrase, ip: '10.0.0.1' });
    expect(await use(issued.code, '短口令')).toEqual({ is: 'short' });
    expect(await use('AAAA-AAAA', '示例口令 一二三四五')).toEqual({ is: 'badCode' });
    expect(await use(issued.code.toLowerCase().replace('-', ' '), '示例口令 一二三四五')).toEqual({
      is: 'set',
      name: '杨样本',
    });
    expect(await use(issued.code, '示例口令 一二三四五')).toEqual({ is: 'badCode' });
    for (let guess = 0; guess < 3; guess++) await use('AAAA-AAAA', '示例口令 一二三四五');
    expect(await use('AAAA-AAAA', '示例口令 一二三四五')).toMatchObject({ is: 'wait' });
  });

  test('the last administrator who can sign in is neither disabled nor given other roles nor moved', async () => {
    const { town, add, admin } = await start();
    const { store } = town;
    const proof = { proof_hash: 'x' };
    await store.write((trx) => trx.updateTable('staff').set(proof).where('id', '=', admin).execute());
    // a second one who has no passphrase yet does not count
    const second = await add(COUNTY, { ...ADMIN, login: 'second' });
    if (second.is !== 'done') throw new Error(second.why);
    const clerk: StaffForm = { ...ADMIN, roles: ['clerk'] };
    const attempts = () =>
      Promise.all([
        store.write((trx) => setEnabled(trx, BY, { id: admin, enabled: false })),
        store.write((trx) => editStaff(trx, BY, { id: admin, form: clerk })),
        store.write((trx) => transferStaff(trx, BY, { id: admin, site: SITES.A.id, form: clerk })),
      ]);
    expect(await attempts()).toEqual(Array(3).fill(refusal('lastAdmin')));
    await store.write((trx) => trx.updateTable('staff').set(proof).where('id', '=', second.id).execute());
    expect(
      await store.write((trx) => setEnabled(trx, { ...BY, by: admin }, { id: admin, enabled: false })),
    ).toEqual(refusal('yourself'));
    expect(await store.write((trx) => setEnabled(trx, BY, { id: admin, enabled: false }))).toMatchObject(
      done,
    );
  });

  test('gets other roles and another name, and their devices’ office judges by them', async () => {
    const { town, add } = await start();
    const form: StaffForm = { name: '赵新名', roles: ['reviewer', 'head'], department: '民政所', login: '' };
    const edit = (id: string, county = COUNTY) =>
      town.store.write((trx) => editStaff(trx, { ...BY, county }, { id, form }));
    expect(await edit('clerk-a')).toMatchObject(done);
    const found = await town.store.read((trx) => findPerson(trx, COUNTY, 'clerk-a'));
    expect(found).toMatchObject(form);
    const tiles = await (await town.device('A')).tiles();
    expect(tiles.find(({ id }) => id === 'clerk-a')).toMatchObject({ name: '赵新名', roles: form.roles });
    expect(await edit('clerk-a', 'S410527000000')).toEqual(refusal('noPerson'));
    const taken = await add(COUNTY, { ...ADMIN, login: 'yang' });
    expect(taken).toEqual(refusal('loginTaken'));
  });

  test('moves to another site, and is in its scope from then on; a login is one person’s', async () => {
    const { town, add } = await start();
    expect(await add(COUNTY, ADMIN)).toEqual(refusal('loginTaken'));
    expect(await add('S410527000000', { ...ADMIN, login: 'other' })).toEqual(refusal('noSite'));
    const form: StaffForm = { name: '张样本', roles: ['agent'], department: '', login: '' };
    const move = (site: string) =>
      town.store.write((trx) => transferStaff(trx, BY, { id: 'agent-a1', site, form }));
    expect(await move(SITES.A1.id)).toEqual(refusal('sameSite'));
    expect(await move(SITES.A2.id)).toMatchObject(done);
    const tiles = async (site: 'A1' | 'A2') => {
      const found = await (await town.device(site)).tiles();
      return found.map(({ id }) => id);
    };
    expect(await tiles('A1')).not.toContain('agent-a1');
    expect(await tiles('A2')).toContain('agent-a1');
  });
});

eachDatabase('a device of the county', (database) => {
  test('goes to another site once all has come, is told its new number, and receives there', async () => {
    const town = await foundTown(await database.open());
    await town.device('A2');
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1');
    await client.sync();
    await client.pull();
    const move = (site: string) =>
      town.store.write((trx) => transferDevice(trx, BY, { id: client.device, site }));
    expect(await move(SITES.A2.id)).toEqual(refusal('unknownWaiting'));
    await client.sync([], { report: { waiting: 2, age: 3, photos: 0 } });
    expect(await move(SITES.A2.id)).toEqual(refusal('waiting'));
    await client.sync([], { report: { waiting: 0, photos: 0 } });
    expect(await move(SITES.A.id)).toEqual(refusal('otherLevel'));
    expect(await move(SITES.A2.id)).toEqual({ is: 'done', number: '002' });
    const { feed } = await client.sync([]);
    expect(feed).toMatchObject({ station: { number: '002', site: { id: SITES.A2.id } } });
  });

  test('gets another name, and none of another county’s does', async () => {
    const town = await foundTown(await database.open());
    const { device: id } = await town.device('A1');
    const rename = (name: string, county = COUNTY) =>
      town.store.write((trx) => renameDevice(trx, { ...BY, county }, { id, name }));
    expect(await rename('前台二号')).toMatchObject(done);
    expect(await rename('  ')).toEqual(refusal('name'));
    expect(await rename('别处', 'S410527000000')).toEqual(refusal('noDevice'));
  });
});
