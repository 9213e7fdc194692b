/** What readers give, in the shapes that are about; and that nobody's typing is taken for a card. */
import { describe, expect, test } from 'vitest';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import { parseSent, parseTyped } from './parse-card.ts';

const TODAY = '2026-09-18';
const { name, idNumber, birthDate, sex } = samplePerson(3);
const address = '河南省滑县白道口镇许村一组 12 号';
const whole = { idNumber, birthDate, sex, name, address };

describe('typed at one go', () => {
  test.each([
    ['the number alone', idNumber, { idNumber, birthDate, sex }],
    ['name, number and address', `${name}|${idNumber}|${address}`, whole],
    ['number first', `${idNumber}|${name}|${address}`, whole],
    ['with tabs between', `${name}\t${idNumber}\t${address}\r\n`, whole],
    [
      'everything that is on a card',
      `${name}|男|汉族|19440305|${address}|${idNumber}|滑县公安局|2016.01.02-长期`,
      { ...whole, nation: '汉' },
    ],
    [
      'a name with a dot and a nation',
      `阿卜杜拉·买买提|维吾尔族|${idNumber}`,
      { idNumber, birthDate, sex, name: '阿卜杜拉·买买提', nation: '维吾尔' },
    ],
    [
      'an address without figures',
      `白道口镇许村村委会东街|${name}|${idNumber}`,
      { ...whole, address: '白道口镇许村村委会东街' },
    ],
  ])('%s', (_, text, card) => {
    expect(parseTyped(text, TODAY)).toEqual(card);
  });

  test.each([
    ['a number whose last digit is wrong', `${idNumber.slice(0, 17)}${idNumber.endsWith('1') ? '2' : '1'}`],
    ['a bank card', '6210000000000000000'],
    ['words', '白道口镇许村一组'],
    ['somebody of the day after tomorrow', '410526202609209003'],
    ['nothing', ''],
  ])('no card: %s', (_, text) => {
    expect(parseTyped(text, TODAY)).toBeNull();
  });
});

describe('sent by a program', () => {
  test('what it says of a person, cleaned; sex and birth date follow from the number, whatever it says', () => {
    const sent = {
      idNumber: idNumber.toLowerCase(),
      name: ` ${name} `,
      address,
      sex: 'x',
      birthDate: '1900-01-01',
      nation: '汉族',
    };
    expect(parseSent(sent, TODAY)).toEqual({ ...whole, nation: '汉' });
  });

  test.each([
    ['a greeting', { type: 'hello' }],
    ['a number that is none', { idNumber: '123' }],
    ['a list', []],
    ['text', 'x'],
    ['nothing', null],
  ])('no card: %s', (_, message) => {
    expect(parseSent(message, TODAY)).toBeNull();
  });

  test('parts that are not what they should be are left out', () => {
    const sent = { idNumber, name: '<b>王</b>', address: 7, nation: ['汉'] };
    expect(parseSent(sent, TODAY)).toEqual({ idNumber, birthDate, sex });
  });
});
