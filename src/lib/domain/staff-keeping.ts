/** What a county may do with its people (人员), and why not. Pure. */
import { readPersonName } from './person-name.ts';
import { cleanText, countCharacters } from './plain-text.ts';
import type { Role } from './roles.ts';
import type { SiteLevel } from './site.ts';

export type StaffRefusal =
  'noPerson' | 'noSite' | 'lastAdmin' | 'yourself' | 'loginTaken' | 'disabled' | 'sameSite';

export function staffRefusalWords(why: StaffRefusal): { what: string; remedy: string } {
  switch (why) {
    case 'noPerson':
      return { what: '本县没有这个人', remedy: '请回人员列表再找。' };
    case 'noSite':
      return { what: '没有找到站点', remedy: '请填 12 位代码，只能是本县开着的站点。' };
    case 'lastAdmin':
      return {
        what: '这是最后一位能登录的县管理员',
        remedy: '请先添一位县管理员，等他设好口令，再停用或改这一位。',
      };
    case 'yourself':
      return { what: '不能停用自己', remedy: '请另一位县管理员来办。' };
    case 'loginTaken':
      return { what: '登录名已经有人用', remedy: '请换一个登录名。' };
    case 'disabled':
      return { what: '这个人已停用', remedy: '请先恢复，再开口令码。' };
    case 'sameSite':
      return { what: '已经在这个站点', remedy: '不用调动。' };
  }
}

/** Roles that people of a county have; the others are nobody's office. */
export const STAFF_ROLES = [
  'agent',
  'clerk',
  'reviewer',
  'head',
  'admin',
  'releaser',
  'auditor',
] as const satisfies readonly Role[];

/** Roles that people at a site may have. */
export function rolesAt(level: SiteLevel): readonly Role[] {
  switch (level) {
    case 'village':
    case 'community':
      return ['agent'];
    case 'township':
    case 'subdistrict':
      return ['clerk', 'reviewer', 'head'];
    case 'county':
      return ['admin', 'releaser', 'auditor', 'clerk', 'reviewer', 'head'];
    case 'city':
      return [];
  }
}

/** What a person is at another site: what they may be there too, else what everybody begins as there. */
export function rolesAfterMove(roles: readonly Role[], level: SiteLevel): readonly Role[] {
  const allowed = rolesAt(level);
  const kept = roles.filter((role) => allowed.includes(role));
  // nobody becomes the county's administrator by being moved
  const first: Role | undefined = level === 'county' ? 'clerk' : allowed[0];
  return kept.length > 0 || first === undefined ? kept : [first];
}

export interface StaffForm {
  name: string;
  roles: readonly Role[];
  department: string;
  /** For the county's pages. */
  login: string;
}
export type StaffProblems = Partial<Record<keyof StaffForm, string>>;

const LOGIN = /^[a-z][a-z0-9._-]{2,39}$/;
const LONGEST_DEPARTMENT = 40;

export function readStaffForm(
  raw: StaffForm,
  level: SiteLevel,
): { form: StaffForm; problems: StaffProblems } {
  const read = readPersonName(raw.name);
  const allowed = rolesAt(level);
  const roles = allowed.filter((role) => raw.roles.includes(role));
  const form = {
    name: read.ok ? read.name : cleanText(raw.name),
    roles,
    department: cleanText(raw.department),
    login: raw.login.normalize('NFKC').trim().toLowerCase(),
  };
  const problems: StaffProblems = {};
  if (!read.ok) problems.name = form.name === '' ? '请填写姓名' : '姓名里有不该有的字，请再核一遍';
  if (raw.roles.some((role) => !allowed.includes(role))) problems.roles = '这个站点不能有这个角色';
  else if (roles.length === 0) problems.roles = '请至少选一个角色';
  if (countCharacters(form.department) > LONGEST_DEPARTMENT) problems.department = '部门最多 40 个字';
  if (roles.includes('admin') && form.login === '') problems.login = '县管理员要有登录名';
  else if (form.login !== '' && !LOGIN.test(form.login)) {
    problems.login = '登录名用小写字母开头，3 到 40 位字母、数字、点或短横';
  }
  return { form, problems };
}
