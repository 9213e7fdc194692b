/** One device, and taking it out of use. Another county's device answers like one that does not exist. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { deviceRefusalWords } from '#lib/domain/device-keeping.ts';
import { noSiteAtCodeWords } from '#lib/domain/site-keeping.ts';
import { renameDevice, transferDevice, type DeviceKept } from '#lib/server/county/keep-devices.ts';
import { siteByCode } from '#lib/server/county/sites.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import * as v from 'valibot';
import { REVOKE_REASONS, findDevice, revokeDevice } from '#lib/server/county/devices.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const NOT_HERE = '本县没有这台设备';
const reasonOf = v.picklist(REVOKE_REASONS);

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const { store, clock } = theOffice();
  const device = await store.read((trx) => findDevice(trx, county.id, event.params.device));
  if (!device) error(404, NOT_HERE);
  return { device, now: clock.now() };
};

const keepingOf = async (event: RequestEvent) => {
  const admin = await requireAdmin(event);
  return { county: admin.county.id, by: admin.id, now: theOffice().clock.now() };
};
const refusedWith = (refused: { what: string; remedy: string }) =>
  fail(409, { missing: NOTHING_MISSING, refused });
function answer(kept: DeviceKept, device: string) {
  if (kept.is === 'refused') return refusedWith(deviceRefusalWords(kept.why));
  redirect(303, `/county/devices/${encodeURIComponent(device)}`);
}
const NOTHING_MISSING = { reason: false, sure: false };

export const actions: Actions = {
  async rename(event) {
    const keeping = await keepingOf(event);
    const name = textOf(await event.request.formData(), 'name');
    const id = event.params.device;
    return answer(await theOffice().store.write((trx) => renameDevice(trx, keeping, { id, name })), id);
  },

  async transfer(event) {
    const keeping = await keepingOf(event);
    const code = textOf(await event.request.formData(), 'site');
    const id = event.params.device;
    const { store } = theOffice();
    const found = await store.read((trx) => siteByCode(trx, keeping.county, code));
    if (found.is !== 'found') return refusedWith(noSiteAtCodeWords(found));
    const site = found.site.id;
    return answer(await store.write((trx) => transferDevice(trx, keeping, { id, site })), id);
  },

  async revoke(event) {
    const admin = await requireAdmin(event);
    const form = await event.request.formData();
    const reason = v.safeParse(reasonOf, form.get('reason'));
    const missing = { reason: !reason.success, sure: form.get('sure') !== 'yes' };
    if (!reason.success || missing.sure) return fail(400, { missing, refused: null });
    const { store, clock } = theOffice();
    const { device } = event.params;
    const county = admin.county.id;
    const now = clock.now();
    const revoked = await store.write((trx) =>
      revokeDevice(trx, { county, device, reason: reason.output, by: admin.id, now }),
    );
    // twice pressed: it is out of use already, which is what was wanted
    if (!revoked && !(await store.read((trx) => findDevice(trx, county, device)))) error(404, NOT_HERE);
    redirect(303, `/county/devices/${encodeURIComponent(device)}`);
  },
};
