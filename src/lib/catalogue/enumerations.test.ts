import { expect, test } from 'vitest';
import { DIGITS, serverDigits } from './enumerations.ts';

test('服务对象 is numbered differently by the standard and by the national platform', () => {
  const types = ['自然人', '非法人企业', '行政机关', '其他组织'] as const;
  expect(serverDigits(types, 'national')).toBe('1,5,6,9');
  // the standard knows no 非法人企业: it is one of its other organisations
  expect(serverDigits(types, 'standard')).toBe('1,5,6');
});

test('digits are those of the tables', () => {
  expect(DIGITS.事项类型).toMatchObject({ 行政许可: '01', 其他行政权力: '10', 公共服务: '20' });
  expect(DIGITS.行使层级).toMatchObject({ 国家: '1', '镇（乡、街道）': '5', '村（社区）': '6' });
  expect(DIGITS.办理形式).toMatchObject({ 窗口办理: '1', 快递申请: '4', 其他: '9' });
  expect(DIGITS.实施主体性质).toMatchObject({ 法定机关: '1', 其他: '9' });
  expect(DIGITS.清单状态).toEqual({ 在用: '1', 暂停: '2', 取消: '3' });
});
