/** One device, and taking it out of use. Another county's device answers like one that does not exist. */
import { error, fail, redirect } from '@sveltejs/kit';
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

export const actions: Actions = {
  async revoke(event) {
    const admin = await requireAdmin(event);
    const form = await event.request.formData();
    const reason = v.safeParse(reasonOf, form.get('reason'));
    const missing = { reason: !reason.success, sure: form.get('sure') !== 'yes' };
    if (!reason.success || missing.sure) return fail(400, { missing });
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
