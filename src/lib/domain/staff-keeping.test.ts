import { expect, test } from 'vitest';
import { readStaffForm, rolesAfterMove, type StaffForm } from './staff-keeping.ts';

const FORM: StaffForm = { name: '张样本', roles: ['agent'], department: '', login: '' };

test('whoever moves keeps the roles that there are at the new site, else begins with the lowest; nobody becomes administrator by it', () => {
  expect(rolesAfterMove(['clerk', 'head'], 'township')).toEqual(['clerk', 'head']);
  expect(rolesAfterMove(['clerk', 'head'], 'village')).toEqual(['agent']);
  expect(rolesAfterMove(['agent'], 'subdistrict')).toEqual(['clerk']);
  expect(rolesAfterMove(['agent'], 'county')).toEqual(['clerk']);
  expect(rolesAfterMove(['admin', 'clerk'], 'township')).toEqual(['clerk']);
});

test('roles are those of the site, and every field says what is wrong with it', () => {
  expect(readStaffForm({ ...FORM, name: ' 张样本 ' }, 'village')).toEqual({ form: FORM, problems: {} });
  expect(readStaffForm({ ...FORM, roles: ['agent', 'clerk'] }, 'village').problems).toEqual({
    roles: '这个站点不能有这个角色',
  });
  expect(readStaffForm({ ...FORM, roles: ['admin'] }, 'county').problems.login).toBe('县管理员要有登录名');
  const wrong = { name: '', roles: [], department: '部'.repeat(41), login: 'A' };
  expect(Object.keys(readStaffForm(wrong, 'county').problems).sort()).toEqual([
    'department',
    'login',
    'name',
    'roles',
  ]);
});
