/** The fields of a person's form, new or kept, and how what is wrong is listed. */
import type { StaffForm, StaffProblems } from '#lib/domain/staff-keeping.ts';

export const EMPTY_PERSON: StaffForm = { name: '', roles: [], department: '', login: '' };

const FIELDS = ['name', 'site', 'roles', 'department', 'login'] as const;

/** For the error summary, in the order of the form. */
export const staffErrors = (problems: StaffProblems & { site?: string }): { id: string; text: string }[] =>
  FIELDS.flatMap((id) => (problems[id] ? [{ id, text: problems[id] }] : []));
