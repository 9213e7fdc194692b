/** One site: its facts, and what the county may do with it. Another county's answers like one that does not exist. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { noSiteAtCodeWords, readSiteForm, siteRefusalWords } from '#lib/domain/site-keeping.ts';
import { editSite, setStanding, type Keeping, type Kept } from '#lib/server/county/keep-sites.ts';
import { mergeSite, transferSite } from '#lib/server/county/move-sites.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { sitePage } from '#lib/server/county/site-page.ts';
import { siteByCode } from '#lib/server/county/sites.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import { siteFormOf } from '#lib/server/county/posted-forms.ts';
import type { Actions, PageServerLoad } from './$types';

const NOT_HERE = '本县没有这个站点';

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const site = await theOffice().store.read((trx) => sitePage(trx, county.id, event.params.site));
  if (!site || site.level === 'county') error(404, NOT_HERE);
  return { site, done: event.url.searchParams.get('done') };
};

const keepingOf = async (event: RequestEvent): Promise<Keeping> => {
  const admin = await requireAdmin(event);
  return { county: admin.county.id, by: admin.id, now: theOffice().clock.now() };
};

/** Which of the page's forms was sent; the answer stands there. */
type At = 'edit' | 'stand' | 'move';

const refusedAt = (at: At, refused: { what: string; remedy: string }) =>
  fail(409, { at, refused, problems: {} });

/** Back to the site, or to the one that it went into; or why not, in words. */
function answer(at: At, kept: Kept) {
  if (kept.is === 'done') redirect(303, `/county/sites/${encodeURIComponent(kept.id)}?done=${at}`);
  return refusedAt(at, siteRefusalWords(kept.why, kept.count));
}

const STANDINGS = ['open', 'paused', 'closed'] as const;

export const actions: Actions = {
  async edit(event) {
    const keeping = await keepingOf(event);
    const said = await event.request.formData();
    const id = event.params.site;
    const { store } = theOffice();
    const site = await store.read((trx) => sitePage(trx, keeping.county, id));
    if (!site) error(404, NOT_HERE);
    const { form, problems } = readSiteForm(siteFormOf(said), { level: site.level });
    if (Object.keys(problems).length > 0) return fail(400, { at: 'edit', refused: null, problems, form });
    return answer('edit', await store.write((trx) => editSite(trx, keeping, { id, form })));
  },

  async stand(event) {
    const keeping = await keepingOf(event);
    const wanted = textOf(await event.request.formData(), 'status');
    const status = STANDINGS.find((one) => one === wanted);
    if (!status) error(400, '没有这种状态');
    const id = event.params.site;
    return answer('stand', await theOffice().store.write((trx) => setStanding(trx, keeping, { id, status })));
  },

  /** Asks first, with the name of the target: a code is soon mistyped, and a merger cannot be undone. */
  async move(event) {
    const keeping = await keepingOf(event);
    const said = await event.request.formData();
    const { store } = theOffice();
    const from = event.params.site;
    const how = textOf(said, 'how') === 'transfer' ? 'transfer' : 'merge';
    const found = await store.read((trx) => siteByCode(trx, keeping.county, textOf(said, 'target')));
    if (found.is !== 'found') return refusedAt('move', noSiteAtCodeWords(found));
    const target = found.site;
    if (textOf(said, 'sure') !== target.id) {
      const { id, code, fullName } = target;
      return { at: 'move', refused: null, problems: {}, asked: { how, id, code, fullName } };
    }
    if (how === 'transfer')
      return answer('move', await transferSite(store, keeping, { id: from, township: target.id }));
    return answer('move', await store.write((trx) => mergeSite(trx, keeping, { from, into: target.id })));
  },
};
