/** 设备: a one-time code for a site of the own county, and the devices that are there. */
import { fail } from '@sveltejs/kit';
import { readDeviceView } from '#lib/domain/device-view.ts';
import { makeEnrolCode } from '#lib/server/auth/enrol.ts';
import { listDevices } from '#lib/server/county/devices.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { findCountySite, searchSites } from '#lib/server/county/sites.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const LONGEST_QUERY = 60;

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const { store, clock } = theOffice();
  const view = readDeviceView(event.url.searchParams);
  const query = (event.url.searchParams.get('q') ?? '').slice(0, LONGEST_QUERY);
  const now = clock.now();
  return store.read(async (trx) => ({
    query,
    found: await searchSites(trx, county.id, query),
    list: await listDevices(trx, county.id, { view, now }),
    origin: event.url.origin,
    now,
  }));
};

export const actions: Actions = {
  async issue(event) {
    const admin = await requireAdmin(event);
    const { store, clock } = theOffice();
    const id = (await event.request.formData()).get('site');
    const site =
      typeof id === 'string' ? await store.read((trx) => findCountySite(trx, admin.county.id, id)) : null;
    // another county's site is told like one that does not exist
    if (!site) return fail(404, { noSite: true } as const);
    const { code, expiresAt } = await makeEnrolCode(store, { site: site.id, by: admin.id, now: clock.now() });
    return { issued: { site, code, expiresAt } };
  },
};
