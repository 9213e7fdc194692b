/** One person: a one-time code for their passphrase, out of office and back, to another site. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { rolesAt, staffRefusalWords } from '#lib/domain/staff-keeping.ts';
import { issuePassphraseCode, setEnabled, transferStaff } from '#lib/server/county/keep-staff.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { siteByCode } from '#lib/server/county/site-page.ts';
import { findCountySite } from '#lib/server/county/sites.ts';
import { findPerson } from '#lib/server/county/staff-list.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const person = await theOffice().store.read((trx) => findPerson(trx, county.id, event.params.person));
  if (!person) error(404, '本县没有这个人');
  return { person, origin: event.url.origin };
};

const keepingOf = async (event: RequestEvent) => {
  const admin = await requireAdmin(event);
  return { county: admin.county.id, by: admin.id, now: theOffice().clock.now() };
};
const refusedWith = (why: Parameters<typeof staffRefusalWords>[0]) =>
  fail(409, { refused: staffRefusalWords(why), code: null });

export const actions: Actions = {
  async code(event) {
    const keeping = await keepingOf(event);
    const issued = await theOffice().store.write((trx) =>
      issuePassphraseCode(trx, keeping, event.params.person),
    );
    return issued.is === 'done'
      ? { refused: null, code: { text: issued.code, until: issued.expiresAt } }
      : refusedWith(issued.why);
  },

  async enable(event) {
    const keeping = await keepingOf(event);
    const enabled = textOf(await event.request.formData(), 'to') === 'on';
    const id = event.params.person;
    const kept = await theOffice().store.write((trx) => setEnabled(trx, keeping, { id, enabled }));
    if (kept.is === 'refused') return refusedWith(kept.why);
    redirect(303, `/county/staff/${encodeURIComponent(id)}`);
  },

  async transfer(event) {
    const keeping = await keepingOf(event);
    const code = textOf(await event.request.formData(), 'site');
    const { store } = theOffice();
    const id = event.params.person;
    const { site, person } = await store.read(async (trx) => {
      const found = await siteByCode(trx, keeping.county, code);
      return {
        site: found === null ? null : await findCountySite(trx, keeping.county, found),
        person: await findPerson(trx, keeping.county, id),
      };
    });
    if (!person) return refusedWith('noPerson');
    if (!site) return refusedWith('noSite');
    // what the person may be there too, else what everybody begins as there
    const allowed = rolesAt(site.level);
    const kept = person.roles.filter((role) => allowed.includes(role));
    const form = { ...person, roles: kept.length > 0 ? kept : allowed.slice(0, 1) };
    const moved = await store.write((trx) => transferStaff(trx, keeping, { id, site: site.id, form }));
    if (moved.is === 'refused') return refusedWith(moved.why);
    redirect(303, `/county/staff/${encodeURIComponent(id)}`);
  },
};
