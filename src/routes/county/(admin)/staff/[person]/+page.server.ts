/** One person: what is kept of them, a one-time code for their passphrase, out of office and back, to another site. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { noSiteAtCodeWords } from '#lib/domain/site-keeping.ts';
import {
  readStaffForm,
  rolesAfterMove,
  rolesAt,
  staffRefusalWords,
  type StaffForm,
  type StaffProblems,
} from '#lib/domain/staff-keeping.ts';
import {
  editStaff,
  issuePassphraseCode,
  setEnabled,
  transferStaff,
  type StaffKept,
} from '#lib/server/county/keep-staff.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { siteByCode, type CountySite } from '#lib/server/county/sites.ts';
import { findPerson } from '#lib/server/county/staff-list.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import { staffFormOf } from '#lib/server/county/posted-forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const person = await theOffice().store.read((trx) => findPerson(trx, county.id, event.params.person));
  if (!person) error(404, '本县没有这个人');
  const done = event.url.searchParams.get('done');
  return { person, roles: rolesAt(person.site.level), origin: event.url.origin, done };
};

const keepingOf = async (event: RequestEvent) => {
  const admin = await requireAdmin(event);
  return { county: admin.county.id, by: admin.id, now: theOffice().clock.now() };
};

/** Which of the page's forms was sent; the answer stands there. */
type At = 'edit' | 'acts' | 'move';

interface Answer {
  refused?: { what: string; remedy: string };
  problems?: StaffProblems;
  /** As it was typed. */
  form?: StaffForm;
  code?: { text: string; until: string };
  asked?: Pick<CountySite, 'id' | 'code' | 'fullName'> & { roles: StaffForm['roles'] };
}
const answerAt = (at: At, { refused, problems = {}, form, code, asked }: Answer) => ({
  at,
  refused: refused ?? null,
  problems,
  form: form ?? null,
  code: code ?? null,
  asked: asked ?? null,
});
const refusedAt = (at: At, refused: { what: string; remedy: string }, form?: StaffForm) =>
  fail(409, answerAt(at, { refused, ...(form ? { form } : {}) }));

/** Back to the person, or why not, in words. */
function answer(at: At, kept: StaffKept, form?: StaffForm) {
  if (kept.is === 'refused') return refusedAt(at, staffRefusalWords(kept.why), form);
  redirect(303, `/county/staff/${encodeURIComponent(kept.id)}?done=${at}`);
}

export const actions: Actions = {
  async edit(event) {
    const keeping = await keepingOf(event);
    const { store } = theOffice();
    const id = event.params.person;
    const said = await event.request.formData();
    const raw = staffFormOf(said);
    const person = await store.read((trx) => findPerson(trx, keeping.county, id));
    if (!person) return refusedAt('edit', staffRefusalWords('noPerson'), raw);
    const { form, problems } = readStaffForm(raw, person.site.level);
    if (Object.keys(problems).length > 0) return fail(400, answerAt('edit', { problems, form: raw }));
    return answer('edit', await store.write((trx) => editStaff(trx, keeping, { id, form })), raw);
  },

  async code(event) {
    const keeping = await keepingOf(event);
    const issued = await theOffice().store.write((trx) =>
      issuePassphraseCode(trx, keeping, event.params.person),
    );
    return issued.is === 'done'
      ? answerAt('acts', { code: { text: issued.code, until: issued.expiresAt } })
      : refusedAt('acts', staffRefusalWords(issued.why));
  },

  async enable(event) {
    const keeping = await keepingOf(event);
    const enabled = textOf(await event.request.formData(), 'to') === 'on';
    const id = event.params.person;
    return answer('acts', await theOffice().store.write((trx) => setEnabled(trx, keeping, { id, enabled })));
  },

  /** Asks first, with the name of the target and what the person will be there: a code is soon mistyped. */
  async transfer(event) {
    const keeping = await keepingOf(event);
    const said = await event.request.formData();
    const { store } = theOffice();
    const id = event.params.person;
    const { found, person } = await store.read(async (trx) => ({
      found: await siteByCode(trx, keeping.county, textOf(said, 'site')),
      person: await findPerson(trx, keeping.county, id),
    }));
    if (!person) return refusedAt('move', staffRefusalWords('noPerson'));
    if (found.is !== 'found') return refusedAt('move', noSiteAtCodeWords(found));
    const { id: site, code, fullName, level } = found.site;
    if (person.site.id === site) return refusedAt('move', staffRefusalWords('sameSite'));
    const roles = rolesAfterMove(person.roles, level);
    if (textOf(said, 'sure') !== site)
      return answerAt('move', { asked: { id: site, code, fullName, roles } });
    const form = { ...person, roles };
    return answer('move', await store.write((trx) => transferStaff(trx, keeping, { id, site, form })));
  },
};
