/** What the form of a person says, new or kept. */
import { STAFF_ROLES, type StaffForm, type StaffProblems } from '#lib/domain/staff-keeping.ts';

export const EMPTY_PERSON: StaffForm = { name: '', roles: [], department: '', login: '' };

/** Reads the posted texts. */
export const staffFormOf = (text: (name: string) => string, texts: (name: string) => string[]): StaffForm => {
  const chosen = texts('roles');
  return {
    name: text('name'),
    roles: STAFF_ROLES.filter((role) => chosen.includes(role)),
    department: text('department'),
    login: text('login'),
  };
};

const FIELDS = ['name', 'site', 'roles', 'department', 'login'] as const;

/** For the error summary, in the order of the form. */
export const staffErrors = (problems: StaffProblems & { site?: string }): { id: string; text: string }[] =>
  FIELDS.flatMap((id) => (problems[id] ? [{ id, text: problems[id] }] : []));
