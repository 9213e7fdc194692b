import { describe, expect, it, test } from 'vitest';
import { nameProblemText, normalisePersonName, readPersonName } from './person-name.ts';

describe('real names are taken as they are', () => {
  test.each([
    '王示例',
    '阿卜杜拉·买买提',
    '𬱖',
    '丁',
    '㐂〇',
    '\u{2EBF0}样本',
    '\u{31350}样本',
    '样'.repeat(30),
    '样'.repeat(100),
    "John O'Neil-Smith Jr.",
    'José Nguyễn',
    '葛\u{E0100}样本',
  ])('%s', (name) => expect(readPersonName(name)).toEqual({ ok: true, name }));
});

describe('one name has one spelling', () => {
  test.each([
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉‧买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉・买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉．买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉.买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉 · 买买提', '阿卜杜拉·买买提'],
    ['王　示 例', '王示例'],
    ['  王示例\n', '王示例'],
    ['王\u200B示\u202E例\u0000', '王示例'],
    ['Ｊｏｈｎ　　Sample', 'John Sample'],
    ['John O’Neil', "John O'Neil"],
    ['Jose\u0301', 'José'],
  ])('%s → %s', (raw, name) => {
    expect(readPersonName(raw)).toEqual({ ok: true, name });
    expect(normalisePersonName(name)).toBe(name);
  });
});

describe('what cannot be a name is named, with the way out', () => {
  test.each([
    ['', '请填写姓名'],
    ['\u200B\u3000', '请填写姓名'],
    ['<img onerror=x>', '姓名里有不能用的字符“<”，请删去，再对照证件核一遍'],
    ['王{{示例}}', '姓名里有不能用的字符“{”，请删去，再对照证件核一遍'],
    ['王示例1', '姓名里不能有数字“1”，请对照证件再核一遍'],
    ['王示例１', '姓名里不能有数字“1”，请对照证件再核一遍'],
    ['王😀', '姓名里有不能用的字符“😀”，请删去，再对照证件核一遍'],
    ['·买买提', '姓名里的间隔点“·”只能写在两段名字之间，请改正'],
    ['阿卜杜拉··买买提', '姓名里的间隔点“·”只能写在两段名字之间，请改正'],
    ["'", '姓名里的间隔点“·”只能写在两段名字之间，请改正'],
    ['𬱖'.repeat(101), '姓名最多 100 个字，现在有 101 个，请对照证件再核一遍'],
  ])('%s', (raw, text) => {
    const read = readPersonName(raw);
    expect(read.ok ? '' : nameProblemText(read)).toBe(text);
  });

  it('says whose name', () => {
    expect(nameProblemText({ problem: 'empty' }, '受托人姓名')).toBe('请填写受托人姓名');
  });
});
