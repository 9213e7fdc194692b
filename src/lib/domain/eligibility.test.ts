import { expect, test } from 'vitest';
import { eligibilityOf } from './eligibility.ts';
import { ageOn } from './identity.ts';

const TODAY = '2026-09-23';
const old = { eligibility: { minAge: 80 } };

test('an item without limits says nothing', () => {
  expect(eligibilityOf({}, { birthDate: '1943-03-08', sex: 'female' }, TODAY)).toBeNull();
});

test('the 80th birthday itself is enough, the day before is not', () => {
  const of = (birthDate: string) => eligibilityOf(old, { birthDate, sex: 'male' }, TODAY);
  expect(of('1946-09-23')).toEqual({ is: 'fits', text: '80 周岁，符合“满 80 周岁”' });
  expect(of('1946-09-24')?.is).toBe('doubtful');
});

test('someone too young is told from which day, and that the station takes it all the same', () => {
  expect(eligibilityOf(old, { birthDate: '1947-03-08', sex: 'female' }, TODAY)?.text).toBe(
    '不满 80 周岁（2027 年 3 月 8 日满），乡镇可能不予受理；坚持要办的，照样收件',
  );
});

test('born on 29 February: the day that is told is the first on which the age is reached', () => {
  const told = eligibilityOf(
    { eligibility: { minAge: 83 } },
    { birthDate: '1944-02-29', sex: 'male' },
    TODAY,
  );
  expect(told?.text).toContain('2027 年 3 月 1 日满');
  expect(ageOn('1944-02-29', '2027-02-28')).toBe(82);
  expect(ageOn('1944-02-29', '2027-03-01')).toBe(83);
});

test('an upper age and a sex are limits too', () => {
  const screening = { eligibility: { minAge: 35, maxAge: 64, sex: 'female' } };
  const of = (birthDate: string, sex: 'male' | 'female') =>
    eligibilityOf(screening, { birthDate, sex }, TODAY);
  expect(of('1980-01-01', 'female')).toEqual({ is: 'fits', text: '46 周岁，符合“35 至 64 周岁女性”' });
  expect(of('1950-01-01', 'female')?.text).toContain('已经 76 周岁，超过 64 周岁');
  expect(of('1980-01-01', 'male')?.text).toContain('这个事项面向35 至 64 周岁女性');
});

test('a passport tells no age: people look at the document', () => {
  expect(eligibilityOf(old, { birthDate: null, sex: null }, TODAY)?.is).toBe('unknown');
  expect(eligibilityOf({ eligibility: { sex: 'male' } }, { birthDate: null, sex: 'male' }, TODAY)).toEqual({
    is: 'fits',
    text: '符合“男性”',
  });
});
