/** 人员: looked for, and added at a site by its code. */
import { fail, redirect } from '@sveltejs/kit';
import { readStaffForm, staffRefusalWords } from '#lib/domain/staff-keeping.ts';
import { ROLES } from '#lib/domain/roles.ts';
import { addStaff } from '#lib/server/county/keep-staff.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { siteByCode } from '#lib/server/county/site-page.ts';
import { findCountySite } from '#lib/server/county/sites.ts';
import { searchStaff } from '#lib/server/county/staff-list.ts';
import { textOf, textsOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const noSiteWords = (): string => {
  const { what, remedy } = staffRefusalWords('noSite');
  return `${what}，${remedy}`;
};

const LONGEST_QUERY = 60;

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const query = (event.url.searchParams.get('q') ?? '').slice(0, LONGEST_QUERY);
  return { query, found: await theOffice().store.read((trx) => searchStaff(trx, county.id, query)) };
};

export const actions: Actions = {
  async add(event) {
    const admin = await requireAdmin(event);
    const { store, clock } = theOffice();
    const said = await event.request.formData();
    const raw = {
      name: textOf(said, 'name'),
      roles: ROLES.filter((role) => textsOf(said, 'roles').includes(role)),
      department: textOf(said, 'department'),
      login: textOf(said, 'login'),
    };
    const county = admin.county.id;
    const site = await store.read(async (trx) => {
      const id = await siteByCode(trx, county, textOf(said, 'site'));
      return id === null ? null : findCountySite(trx, county, id);
    });
    const words = (why: Parameters<typeof staffRefusalWords>[0]) =>
      fail(409, { refused: staffRefusalWords(why), problems: {} });
    const { form, problems } = readStaffForm(raw, site?.level ?? 'city');
    if (!site) {
      // which roles there are depends on the site
      const { name, department } = problems;
      return fail(400, { refused: null, problems: { name, site: noSiteWords(), department } });
    }
    if (Object.keys(problems).length > 0) return fail(400, { refused: null, problems });
    const keeping = { county, by: admin.id, now: clock.now() };
    const kept = await store.write((trx) => addStaff(trx, keeping, { site: site.id, form }));
    if (kept.is === 'refused') return words(kept.why);
    redirect(303, `/county/staff/${encodeURIComponent(kept.id)}`);
  },
};
