/** 本站办哪些: what a site leaves out of what its level offers, never below the minimum. */
import { error, fail, redirect } from '@sveltejs/kit';
import { chooseItems, viewChoice } from '#lib/server/county/site-choice.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { findCountySite } from '#lib/server/county/sites.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const NOT_HERE = '本县没有这个站点，或者它已经关闭';

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const id = event.params.site;
  const { site, choice } = await theOffice().store.read(async (trx) => ({
    site: await findCountySite(trx, county.id, id),
    choice: await viewChoice(trx, county.id, id),
  }));
  if (!site || !choice) error(404, NOT_HERE);
  return { site: { id, fullName: site.fullName, name: site.name, level: site.level }, choice };
};

export const actions: Actions = {
  async default(event) {
    const admin = await requireAdmin(event);
    const { store, clock } = theOffice();
    const id = event.params.site;
    const county = admin.county.id;
    const said = await event.request.formData();
    const leftOut = textOf(said, 'leftOut').split(',').filter(Boolean);
    const wanted = { id, leftOut, mark: textOf(said, 'mark') };
    const keeping = { county, by: admin.id, now: clock.now() };
    const kept = await store.write((trx) => chooseItems(trx, keeping, wanted));
    switch (kept.is) {
      case 'done':
        redirect(303, `/county/sites/${encodeURIComponent(id)}?done=items`);
        break;
      case 'noSite':
        return error(404, NOT_HERE);
      case 'tooFew':
        return fail(409, { tooFew: kept, others: null });
      case 'changed': {
        const now = await store.read((trx) => viewChoice(trx, county, id));
        if (!now) error(404, NOT_HERE);
        const others = now.items.filter((one) => one.leftOut).map(({ code }) => code);
        return fail(409, { tooFew: null, others: { leftOut: others, mark: now.mark } });
      }
    }
  },
};
