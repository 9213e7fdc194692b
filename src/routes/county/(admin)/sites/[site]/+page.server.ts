/** One site: its facts, and what the county may do with it. Another county's answers like one that does not exist. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { readSiteForm, siteRefusalWords } from '#lib/domain/site-keeping.ts';
import { editSite, setStanding, type Keeping, type Kept } from '#lib/server/county/keep-sites.ts';
import { mergeSite, transferSite } from '#lib/server/county/move-sites.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { siteByCode, sitePage } from '#lib/server/county/site-page.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const NOT_HERE = '本县没有这个站点';

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const site = await theOffice().store.read((trx) => sitePage(trx, county.id, event.params.site));
  if (!site || site.level === 'county') error(404, NOT_HERE);
  return { site };
};

const keepingOf = async (event: RequestEvent): Promise<Keeping> => {
  const admin = await requireAdmin(event);
  return { county: admin.county.id, by: admin.id, now: theOffice().clock.now() };
};

/** Back to the site, or to the one that it went into; or why not, in words. */
function answer(kept: Kept) {
  if (kept.is === 'done') redirect(303, `/county/sites/${encodeURIComponent(kept.id)}`);
  return fail(409, { refused: siteRefusalWords(kept.why, kept.count), problems: {} });
}

const STANDINGS = ['open', 'paused', 'closed'] as const;

export const actions: Actions = {
  async edit(event) {
    const keeping = await keepingOf(event);
    const said = await event.request.formData();
    const { form, problems } = readSiteForm({
      name: textOf(said, 'name'),
      code: textOf(said, 'code'),
      address: textOf(said, 'address'),
      phone: textOf(said, 'phone'),
      supervisionPhone: textOf(said, 'supervisionPhone'),
      hours: textOf(said, 'hours'),
    });
    if (Object.keys(problems).length > 0) return fail(400, { refused: null, problems, form });
    const id = event.params.site;
    return answer(await theOffice().store.write((trx) => editSite(trx, keeping, { id, form })));
  },

  async stand(event) {
    const keeping = await keepingOf(event);
    const wanted = textOf(await event.request.formData(), 'status');
    const status = STANDINGS.find((one) => one === wanted);
    if (!status) error(400, '没有这种状态');
    const id = event.params.site;
    return answer(await theOffice().store.write((trx) => setStanding(trx, keeping, { id, status })));
  },

  async move(event) {
    const keeping = await keepingOf(event);
    const said = await event.request.formData();
    const { store } = theOffice();
    const from = event.params.site;
    const code = textOf(said, 'target');
    const target = (await store.read((trx) => siteByCode(trx, keeping.county, code))) ?? '';
    if (textOf(said, 'how') === 'transfer')
      return answer(await transferSite(store, keeping, { id: from, township: target }));
    return answer(await store.write((trx) => mergeSite(trx, keeping, { from, into: target })));
  },
};
