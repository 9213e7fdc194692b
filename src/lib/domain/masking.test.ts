import { describe, expect, it, test } from 'vitest';
import { maskAddress, maskBankCard, maskIdNumber, maskName, maskPhone } from './masking.ts';

describe('numbers of documents keep their ends', () => {
  test.each([
    ['410502199003071232', '410***********1232'],
    ['11010519491231002X', '110***********002X'],
    ['E12345678', 'E*****678'],
    ['12345678', '1****678'],
    ['123', '***'],
    ['', ''],
  ])('%s → %s', (number, masked) => expect(maskIdNumber(number)).toBe(masked));
  it('no birth date can be read', () => expect(maskIdNumber('410502199003071232')).not.toMatch(/1990|0307/));
});

test.each([
  ['13800008000', '138****8000'],
  ['0372-1234567', '0372-*****67'],
  ['010-12345678', '010-******78'],
  ['123', '***'],
])('phone %s → %s', (number, masked) => expect(maskPhone(number)).toBe(masked));

test.each([
  ['张三', '*三'],
  ['王示例', '王*例'],
  ['阿卜杜拉·买买提', '阿******提'],
  ['丁', '*'],
  ['𬱖', '*'],
  ['𬱖示', '*示'],
  ['王示𬱖', '王*𬱖'],
  ['', ''],
])('name %s → %s', (name, masked) => expect(maskName(name)).toBe(masked));

test.each([
  ['6212345678901234', '****1234'],
  ['6212345678901234567', '****4567'],
  ['1234', '****'],
])('card %s → %s', (number, masked) => expect(maskBankCard(number)).toBe(masked));

test.each([
  ['河南省安阳市滑县样本镇示例村东街 12 号', '河南省安阳市滑县样本镇示例村…'],
  ['滑县样本镇示例村', '滑县样本镇示例村'],
  ['滑县样本镇示例村民委员会旁', '滑县样本镇示例村民委员会…'],
  ['滑县样本镇示例村委会 3 组', '滑县样本镇示例村委会…'],
  ['洛阳市李村镇张庄村 5 号', '洛阳市李村镇张庄村…'],
  ['文峰区样本街道示例社区 3 号楼 2 单元 501', '文峰区样本街道示例社区…'],
  ['文峰区样本街道人民路 8 号', '文峰区样本街道…'],
  ['人民路 8 号院 3 号楼', '人民路…'],
  ['海淀区中关村大街甲 27 号中国电子大厦 B 座 501 室', '海淀区中关村大街甲…'],
  ['样本小区 3 号楼 501 室村委会旁', '样本小区…'],
  ['', ''],
])('address %s → %s', (address, masked) => {
  expect(maskAddress(address)).toBe(masked);
  expect(maskAddress(address)).not.toMatch(/\d/);
});
