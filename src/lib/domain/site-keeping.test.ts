import { expect, test } from 'vitest';
import { noSiteAtCodeWords, readSiteForm, siteCodeProblem, type SiteForm } from './site-keeping.ts';

const FORM: SiteForm = {
  name: '示例村便民服务站',
  code: '410526102201',
  address: '',
  phone: '',
  supervisionPhone: '',
  hours: '',
};

test('a code is a station’s or a township’s, as its level says, and of this city', () => {
  const county = '410526000000';
  const problem = (code: string, level: 'village' | 'township') => siteCodeProblem(code, level, county);
  expect(problem('410526102201', 'village')).toBeUndefined();
  expect(problem('410526102000', 'township')).toBeUndefined();
  // filed under the county next door, and managed by this one
  expect(problem('410522102201', 'village')).toBeUndefined();
  expect(problem('41052610220', 'village')).toBe('代码是 12 位数字，现在 11 位');
  expect(problem('41052610220x', 'village')).toBe('代码是 12 位数字，请再核一遍');
  expect(problem('420526102201', 'village')).toContain('4105');
  expect(problem('410526102000', 'village')).toContain('乡镇、街道的代码');
  expect(problem('410526102201', 'township')).toContain('村（社区）的代码');
  expect(problem('410526000000', 'township')).toContain('县的代码');
});

test('a form is kept clean, and every field says what is wrong with it', () => {
  const place = { level: 'village' } as const;
  const raw = {
    ...FORM,
    name: ' 示例村便民服务站 ',
    code: '４１０５２６１０２２０１',
    phone: '0372-8123456',
  };
  expect(readSiteForm(raw, place)).toEqual({ form: { ...FORM, phone: '0372-8123456' }, problems: {} });
  const { problems } = readSiteForm(
    { ...FORM, name: '', code: '1', phone: '1', hours: '时'.repeat(101) },
    place,
  );
  expect(Object.keys(problems).sort()).toEqual(['code', 'hours', 'name', 'phone']);
});

test('a code that leads nowhere says what became of its site, and where to go', () => {
  const into = { fullName: '白道口镇白马坡村', code: '410526102200' };
  const words = noSiteAtCodeWords({ is: 'merged', id: 'S1', fullName: '白道口镇许村', into });
  expect(words).toEqual({
    what: '白道口镇许村已并入白道口镇白马坡村',
    remedy: '请用白道口镇白马坡村的代码 410526102200。',
  });
  expect(noSiteAtCodeWords({ is: 'closed', id: 'S1', fullName: '许村' }).what).toBe('许村已关闭');
  expect(noSiteAtCodeWords({ is: 'none' }).what).toContain('没有这个代码');
});
