/** What the posted form of a site or a person says. */
import type { SiteForm } from '#lib/domain/site-keeping.ts';
import { STAFF_ROLES, type StaffForm } from '#lib/domain/staff-keeping.ts';
import { textOf, textsOf } from '../http/form-text.ts';

export const siteFormOf = (said: FormData): SiteForm => ({
  name: textOf(said, 'name'),
  code: textOf(said, 'code'),
  address: textOf(said, 'address'),
  phone: textOf(said, 'phone'),
  supervisionPhone: textOf(said, 'supervisionPhone'),
  hours: textOf(said, 'hours'),
});

export function staffFormOf(said: FormData): StaffForm {
  const chosen = textsOf(said, 'roles');
  return {
    name: textOf(said, 'name'),
    roles: STAFF_ROLES.filter((role) => chosen.includes(role)),
    department: textOf(said, 'department'),
    login: textOf(said, 'login'),
  };
}
