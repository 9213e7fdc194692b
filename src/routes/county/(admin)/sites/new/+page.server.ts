/** 添站点: a station below a township of the county, or a township or subdistrict itself. */
import { fail, redirect } from '@sveltejs/kit';
import {
  readSiteForm,
  siteRefusalWords,
  type SiteForm,
  type SiteProblems,
  type SiteRefusal,
} from '#lib/domain/site-keeping.ts';
import { addSite } from '#lib/server/county/keep-sites.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { siteTree } from '#lib/server/county/site-page.ts';
import { findCountySite, siteByCode } from '#lib/server/county/sites.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import { siteFormOf } from '#lib/server/county/posted-forms.ts';
import type { Actions, PageServerLoad } from './$types';

const LEVELS = ['village', 'community', 'township', 'subdistrict'] as const;

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const tree = await theOffice().store.read((trx) => siteTree(trx, county.id, null));
  const open = tree.filter(({ status }) => status !== 'closed');
  const asked = event.url.searchParams.get('under');
  return {
    townships: open.map(({ id, fullName }) => ({ id, fullName })),
    under: open.some(({ id }) => id === asked) ? asked! : '',
  };
};

type Problems = SiteProblems & { level?: string; parent?: string };
interface Said {
  form: SiteForm;
  level: string;
  parent: string;
}

/** What was typed stays, whatever the answer. */
const answered = (
  status: number,
  said: Said,
  what: { problems?: Problems; refused?: SiteRefusal; before?: { id: string; fullName: string } },
) =>
  fail(status, {
    ...said,
    problems: what.problems ?? {},
    refused: what.refused ? siteRefusalWords(what.refused) : null,
    before: what.before ?? null,
  });

export const actions: Actions = {
  async default(event) {
    const admin = await requireAdmin(event);
    const { store, clock } = theOffice();
    const county = admin.county.id;
    const posted = await event.request.formData();
    const text = (name: string): string => textOf(posted, name);
    const level = LEVELS.find((one) => one === text('level'));
    const isStation = level === 'village' || level === 'community';
    const own = await store.read((trx) => findCountySite(trx, county, county));
    const place = { level: level ?? 'village', ...(own ? { county: own.code } : {}) } as const;
    const read = readSiteForm(siteFormOf(posted), place);
    const said: Said = { form: read.form, level: level ?? '', parent: text('parent') };
    const problems: Problems = {
      ...(level ? {} : { level: '请选是哪一级' }),
      ...(isStation && said.parent === '' ? { parent: '请选归哪个乡镇、街道管' } : {}),
      ...read.problems,
    };
    if (!level || Object.keys(problems).length > 0) return answered(400, said, { problems });

    // the code of a site that was closed: it may be meant, and then it keeps its history
    const before = await store.read((trx) => siteByCode(trx, county, read.form.code));
    if ((before.is === 'closed' || before.is === 'merged') && text('sure') !== before.id)
      return answered(409, said, { before });
    const keeping = { county, by: admin.id, now: clock.now() };
    const parent = isStation ? said.parent : county;
    const kept = await store.write((trx) => addSite(trx, keeping, { parent, level, form: read.form }));
    if (kept.is === 'refused') return answered(409, said, { refused: kept.why });
    redirect(303, `/county/sites/${encodeURIComponent(kept.id)}?done=new`);
  },
};
