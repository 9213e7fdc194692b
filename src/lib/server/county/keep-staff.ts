/**
 * Keeping the people of a county. Everything takes the county and sees no other. Invariant: somebody who can sign in as
 * its administrator is always left.
 */
import { randomBytes } from 'node:crypto';
import type { Role } from '#lib/domain/roles.ts';
import type { StaffForm, StaffRefusal } from '#lib/domain/staff-keeping.ts';
import { audit } from '../audit.ts';
import { makePassphraseCode } from '../auth/passphrase-code.ts';
import { lockRows, type Trx } from '../db/dialect.ts';
import type { Keeping } from './keep-sites.ts';

export type StaffKept<T = { id: string }> = ({ is: 'done' } & T) | { is: 'refused'; why: StaffRefusal };

const refused = (why: StaffRefusal): { is: 'refused'; why: StaffRefusal } => ({ is: 'refused', why });

const person = (trx: Trx, county: string, id: string) =>
  lockRows(
    trx,
    trx.selectFrom('staff').selectAll().where('id', '=', id).where('county', '=', county),
  ).executeTakeFirst();

const rolesOf = (json: string): Role[] => JSON.parse(json) as Role[];

/** Whether the county keeps an administrator who can sign in without this person. Holds all of them until the end. */
async function isAdminLeft(trx: Trx, county: string, without: string): Promise<boolean> {
  const query = trx
    .selectFrom('staff')
    .select(['id', 'roles'])
    .where('county', '=', county)
    .where('status', '=', 'active')
    .where('login', 'is not', null)
    .where('proof_hash', 'is not', null)
    .orderBy('id');
  const rows = await lockRows(trx, query).execute();
  return rows.some(({ id, roles }) => id !== without && rolesOf(roles).includes('admin'));
}

const openSite = (trx: Trx, county: string, id: string) =>
  trx
    .selectFrom('site')
    .select(['id', 'path', 'level'])
    .where('id', '=', id)
    .where('county', '=', county)
    .where('status', '!=', 'closed')
    .executeTakeFirst();

const isLoginTaken = async (trx: Trx, login: string, but: string): Promise<boolean> =>
  login !== '' &&
  (await trx
    .selectFrom('staff')
    .select('id')
    .where('login', '=', login)
    .where('id', '!=', but)
    .executeTakeFirst()) !== undefined;

const columnsOf = ({ name, roles, department, login }: StaffForm) => ({
  name,
  roles: JSON.stringify(roles),
  department: department || null,
  login: login || null,
});

export async function addStaff(
  trx: Trx,
  { county, by, now }: Keeping,
  { site, form }: { site: string; form: StaffForm },
): Promise<StaffKept> {
  const place = await openSite(trx, county, site);
  if (!place) return refused('noSite');
  if (await isLoginTaken(trx, form.login, '')) return refused('loginTaken');
  const id = `P${site.slice(1)}-${randomBytes(4).toString('hex')}`;
  await trx
    .insertInto('staff')
    .values({ id, site, path: place.path, county, created_at: now, ...columnsOf(form) })
    .execute();
  await audit(trx, now, [
    { who: by, what: 'staffAdded', detail: { staff: id, site, roles: form.roles.join() } },
  ]);
  return { is: 'done', id };
}

export async function editStaff(
  trx: Trx,
  { county, by, now }: Keeping,
  { id, form }: { id: string; form: StaffForm },
): Promise<StaffKept> {
  const before = await person(trx, county, id);
  if (!before) return refused('noPerson');
  if (await isLoginTaken(trx, form.login, id)) return refused('loginTaken');
  const staysAdmin = form.roles.includes('admin') && form.login !== '';
  if (rolesOf(before.roles).includes('admin') && !staysAdmin && !(await isAdminLeft(trx, county, id)))
    return refused('lastAdmin');
  await trx.updateTable('staff').set(columnsOf(form)).where('id', '=', id).execute();
  const detail = { staff: id, roles: form.roles.join() };
  await audit(trx, now, [{ who: by, what: 'staffEdited', detail }]);
  return { is: 'done', id };
}

/** A person who leaves keeps their name on what they did; nothing of theirs is judged any more. */
export async function setEnabled(
  trx: Trx,
  { county, by, now }: Keeping,
  { id, enabled }: { id: string; enabled: boolean },
): Promise<StaffKept> {
  const before = await person(trx, county, id);
  if (!before) return refused('noPerson');
  if ((before.status === 'active') === enabled) return { is: 'done', id };
  if (!enabled && rolesOf(before.roles).includes('admin') && !(await isAdminLeft(trx, county, id)))
    return refused('lastAdmin');
  if (!enabled && id === by) return refused('yourself');
  const status = enabled ? 'active' : 'disabled';
  await trx.updateTable('staff').set({ status }).where('id', '=', id).execute();
  if (!enabled) {
    await trx.deleteFrom('admin_session').where('staff', '=', id).execute();
    await trx.deleteFrom('passphrase_code').where('staff', '=', id).execute();
  }
  const what = enabled ? 'staffEnabled' : 'staffDisabled';
  await audit(trx, now, [{ who: by, what, detail: { staff: id } }]);
  return { is: 'done', id };
}

/** To another site of the county, with roles that this one may have. */
export async function transferStaff(
  trx: Trx,
  { county, by, now }: Keeping,
  { id, site, form }: { id: string; site: string; form: StaffForm },
): Promise<StaffKept> {
  const before = await person(trx, county, id);
  if (!before) return refused('noPerson');
  const place = await openSite(trx, county, site);
  if (!place) return refused('noSite');
  if (before.site === site) return refused('sameSite');
  const leaves = rolesOf(before.roles).includes('admin') && !form.roles.includes('admin');
  if (leaves && !(await isAdminLeft(trx, county, id))) return refused('lastAdmin');
  await trx
    .updateTable('staff')
    .set({ site, path: place.path, roles: JSON.stringify(form.roles) })
    .where('id', '=', id)
    .execute();
  const detail = { staff: id, from: before.site, to: site, roles: form.roles.join() };
  await audit(trx, now, [{ who: by, what: 'staffTransferred', detail }]);
  return { is: 'done', id };
}

/** A one-time code with which the person sets a passphrase of their own. */
export async function issuePassphraseCode(
  trx: Trx,
  { county, by, now }: Keeping,
  id: string,
): Promise<StaffKept<{ id: string; code: string; expiresAt: string }>> {
  const before = await person(trx, county, id);
  if (!before) return refused('noPerson');
  if (before.status === 'disabled') return refused('disabled');
  return { is: 'done', id, ...(await makePassphraseCode(trx, { staff: id, by, now })) };
}
