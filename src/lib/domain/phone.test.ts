import { describe, expect, test } from 'vitest';
import { phoneProblemText, readPhone } from './phone.ts';

describe('a number that can be called is stored one way', () => {
  test.each([
    ['13800000001', '13800000001', 'mobile'],
    ['+86 138 0000 0001', '13800000001', 'mobile'],
    ['0086-138-0000-0001', '13800000001', 'mobile'],
    ['8613800000001', '13800000001', 'mobile'],
    ['１３８００００００01', '13800000001', 'mobile'],
    ['138\u200B00000001\u202C', '13800000001', 'mobile'],
    ['19900000001', '19900000001', 'mobile'],
    ['0372-1234567', '0372-1234567', 'landline'],
    ['03721234567', '0372-1234567', 'landline'],
    ['（0372）1234567', '0372-1234567', 'landline'],
    ['0372—12345678', '0372-12345678', 'landline'],
    ['010 12345678', '010-12345678', 'landline'],
    ['+86 372 1234567', '0372-1234567', 'landline'],
    ['+86 10 12345678', '010-12345678', 'landline'],
  ])('%s → %s', (raw, number, kind) => {
    expect(readPhone(raw)).toEqual({ ok: true, number, kind });
    expect(readPhone(number)).toEqual({ ok: true, number, kind });
  });
});

describe('one that cannot is named, with the way out', () => {
  test.each([
    ['', '请填写电话号码'],
    ['1380000000', '手机号应是 11 位，现在少 1 位'],
    ['138000000012', '手机号应是 11 位，现在多 1 位'],
    ['12000000001', '手机号应以 13 至 19 开头，请再核一遍'],
    ['1234567', '手机号应是 11 位，现在少 4 位'],
    ['5551234', '座机号请带上区号，例如 0372-1234567'],
    ['0372-123456', '座机号应是区号加 7 位或 8 位号码，例如 0372-1234567，请再核一遍'],
    ['010-1234567', '座机号应是区号加 7 位或 8 位号码，例如 0372-1234567，请再核一遍'],
    ['138OOOO0001', '电话号码只能是数字，请删去其他字符'],
    ['没有', '电话号码只能是数字，请删去其他字符'],
  ])('“%s”: %s', (raw, text) => {
    const read = readPhone(raw);
    expect(read.ok ? '' : phoneProblemText(read)).toBe(text);
  });
});
