/** 人员: looked for, and added at a site by its code. */
import { fail, redirect } from '@sveltejs/kit';
import { noSiteAtCodeWords } from '#lib/domain/site-keeping.ts';
import { readStaffForm, staffRefusalWords, type StaffProblems } from '#lib/domain/staff-keeping.ts';
import { addStaff } from '#lib/server/county/keep-staff.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { siteByCode } from '#lib/server/county/sites.ts';
import { searchStaff } from '#lib/server/county/staff-list.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import { staffFormOf } from '#lib/server/county/posted-forms.ts';
import type { Actions, PageServerLoad } from './$types';

const LONGEST_QUERY = 60;

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const query = (event.url.searchParams.get('q') ?? '').slice(0, LONGEST_QUERY);
  return { query, found: await theOffice().store.read((trx) => searchStaff(trx, county.id, query)) };
};

type Refused = ReturnType<typeof staffRefusalWords> | null;
type Problems = StaffProblems & { site?: string };

export const actions: Actions = {
  async add(event) {
    const admin = await requireAdmin(event);
    const { store, clock } = theOffice();
    const said = await event.request.formData();
    const raw = staffFormOf(said);
    const code = textOf(said, 'site');
    const county = admin.county.id;
    const answered = (status: number, problems: Problems, refused: Refused = null) =>
      fail(status, { problems, refused, form: raw, site: code });
    const found = await store.read((trx) => siteByCode(trx, county, code));
    if (found.is !== 'found') {
      // which roles there are depends on the site
      const { name, department } = readStaffForm(raw, 'city').problems;
      const { what, remedy } = noSiteAtCodeWords(found);
      return answered(400, {
        ...(name ? { name } : {}),
        site: `${what}。${remedy}`,
        ...(department ? { department } : {}),
      });
    }
    const { form, problems } = readStaffForm(raw, found.site.level);
    if (Object.keys(problems).length > 0) return answered(400, problems);
    const keeping = { county, by: admin.id, now: clock.now() };
    const kept = await store.write((trx) => addStaff(trx, keeping, { site: found.site.id, form }));
    if (kept.is === 'refused') return answered(409, {}, staffRefusalWords(kept.why));
    redirect(303, `/county/staff/${encodeURIComponent(kept.id)}`);
  },
};
