import { expect, test } from 'vitest';
import type { DeviceView } from '#lib/domain/device-view.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { ALLOWANCE, COUNTY, SITES, foundTown } from '../../../../tests/support/town.ts';
import { findSite } from '../seed/find-site.ts';
import { findDevice, listDevices, revokeDevice } from './devices.ts';
import { findCountySite, searchSites, siteByCode } from './sites.ts';

const OTHER = 'S410527000000';
const ALL: { view: DeviceView; now: string } = { view: { query: '', standing: '', page: 1 }, now: NOW };

eachDatabase('a county administrator', (database) => {
  test('finds sites by words of their name or by code, with the devices that are there', async () => {
    const town = await foundTown(await database.open());
    await town.device('A1');
    const search = (query: string) => town.store.read((trx) => searchSites(trx, COUNTY, query));
    const names = async (query: string) => (await search(query)).sites.map((site) => site.fullName);
    expect(await names('示例')).toEqual(['示例镇', '示例村']);
    expect(await names('410526103201')).toEqual(['另一村']);
    expect(await names('示例 镇')).toEqual(['示例镇']);
    expect(await names('４１０５２６１０２２０１')).toEqual(['示例村']);
    expect(await names('slc')).toEqual(['示例村']);
    expect(await names('shili zhen')).toEqual(['示例镇']);
    expect(await names('没有这个')).toEqual([]);
    expect(await names('  ')).toEqual([]);
    expect((await search('示例村')).sites[0]?.devices).toBe(1);
  });

  test('is told what became of the site that bore a code, and finds closed ones only where they are kept', async () => {
    const { store } = await foundTown(await database.open());
    const by = (code: string, county = COUNTY) => store.read((trx) => siteByCode(trx, county, code));
    const closed = { status: 'closed' } as const;
    await store.write(async (trx) => {
      await trx.updateTable('site').set(closed).where('id', '=', SITES.B1.id).execute();
      const merged = { ...closed, merged_into: SITES.A2.id };
      await trx.updateTable('site').set(merged).where('id', '=', SITES.A1.id).execute();
    });
    expect(await by(' ４１０５２６１０２２０２ ')).toMatchObject({ is: 'found', site: { id: SITES.A2.id } });
    expect(await by(SITES.B1.code)).toEqual({ is: 'closed', id: SITES.B1.id, fullName: '另一村' });
    const into = { fullName: '样本村', code: SITES.A2.code };
    expect(await by(SITES.A1.code)).toEqual({ is: 'merged', id: SITES.A1.id, fullName: '示例村', into });
    expect(await by(SITES.A1.code, OTHER)).toEqual({ is: 'none' });
    expect(await by('410526102')).toEqual({ is: 'notACode' });

    const search = (query: string, options?: { closed: boolean }) =>
      store.read((trx) => searchSites(trx, COUNTY, query, options));
    expect(await search(SITES.A1.code)).toMatchObject({ total: 0, gone: { is: 'merged' } });
    expect(await search('示例村')).toMatchObject({ total: 0, gone: null });
    expect(
      (await search('村', { closed: true })).sites.map(({ fullName, status }) => [fullName, status]),
    ).toEqual([
      ['样本村', 'open'],
      ['示例村', 'closed'],
      ['另一村', 'closed'],
    ]);
  });

  test('sees neither sites nor devices of another county, and cannot revoke them', async () => {
    const town = await foundTown(await database.open());
    const { device } = await town.device('A1');
    const seen = await town.store.read(async (trx) => ({
      sites: await searchSites(trx, OTHER, '示例'),
      site: await findCountySite(trx, OTHER, SITES.A1.id),
      devices: (await listDevices(trx, OTHER, ALL)).devices,
      device: await findDevice(trx, OTHER, device),
    }));
    expect(seen).toEqual({
      sites: { sites: [], total: 0, gone: null },
      site: null,
      devices: [],
      device: null,
    });
    const foreign = { county: OTHER, device, reason: 'lost', by: 'admin', now: NOW } as const;
    expect(await town.store.write((trx) => revokeDevice(trx, foreign))).toBe(false);
    const own = await town.store.read((trx) => findDevice(trx, COUNTY, device));
    expect(own?.status).toBe('active');
  });

  test('sees what a device holds, and that it is behind', async () => {
    const town = await foundTown(await database.open());
    const { device } = await town.device('A1');
    const release = `${COUNTY}/village/1`;
    await town.store.write((trx) =>
      trx.updateTable('device').set({ release, last_contact: NOW }).where('id', '=', device).execute(),
    );
    await town.publish([ALLOWANCE]);
    const { devices } = await town.store.read((trx) => listDevices(trx, COUNTY, ALL));
    expect(devices).toMatchObject([
      { id: device, number: '001', lastContact: NOW, release: 1, releaseOffered: 2, status: 'active' },
    ]);
  });

  test('looks devices up by site and by how they stand, fifty a page', async () => {
    const town = await foundTown(await database.open());
    const [silent, heard] = [await town.device('A1'), await town.device('B1')];
    await heard.sync([]);
    const listed = (view: Partial<DeviceView>, now = NOW) =>
      town.store.read((trx) => listDevices(trx, COUNTY, { view: { ...ALL.view, ...view }, now }));
    const ids = async (view: Partial<DeviceView>) => (await listed(view)).devices.map(({ id }) => id);
    expect(await ids({ standing: 'silent' })).toEqual([silent.device]);
    expect((await listed({})).counts).toEqual({ all: 2, active: 2, silent: 1, revoked: 0 });
    expect(await ids({ query: 'lyc' })).toEqual([heard.device]);
    expect(await ids({ standing: 'revoked' })).toEqual([]);

    await town.store.write(async (trx) => {
      const one = await trx
        .selectFrom('device')
        .selectAll()
        .where('id', '=', heard.device)
        .executeTakeFirstOrThrow();
      const many = Array.from({ length: 60 }, (_, n) => ({ ...one, id: `D-${n}`, number: String(100 + n) }));
      await trx.insertInto('device').values(many).execute();
    });
    const last = await listed({ page: 9 });
    expect([last.found, last.pages, last.view.page, last.devices.length]).toEqual([62, 2, 2, 12]);
  });

  test('revokes a device once; it is audited with its reason, and nothing goes down to it any more', async () => {
    const town = await foundTown(await database.open());
    const client = await town.device('A1', 'agent-a1');
    const revocation = {
      county: COUNTY,
      device: client.device,
      reason: 'lost',
      by: 'admin-1',
      now: NOW,
    } as const;
    expect(await town.store.write((trx) => revokeDevice(trx, revocation))).toBe(true);
    expect(await town.store.write((trx) => revokeDevice(trx, revocation))).toBe(false);
    const lines = await town.store.read((trx) =>
      trx.selectFrom('audit').select(['who', 'detail']).where('what', '=', 'deviceRevoked').execute(),
    );
    expect(lines).toEqual([
      { who: 'admin-1', detail: JSON.stringify({ device: client.device, reason: 'lost' }) },
    ]);
    const staff = await town.reach(
      new Request('http://office.example/api/auth/staff', { headers: { cookie: client.cookie } }),
    );
    expect(staff.status).toBe(403);
  });
});

eachDatabase('a site by its code', (database) => {
  test('is found, and a wrong code brings the nearest ones', async () => {
    const { store } = await foundTown(await database.open());
    const find = (code: string) => store.read((trx) => findSite(trx, code));
    expect((await find(SITES.A1.code)).site?.id).toBe(SITES.A1.id);
    const near = async (code: string) => {
      const found = await find(code);
      return found.site === null ? found.near.map((site) => site.code) : 'found';
    };
    expect((await near('410526102291'))[0]).toBe(SITES.A1.code);
    expect(await near('410526012202')).toContain(SITES.A2.code);
  });
});
