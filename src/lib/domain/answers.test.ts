import { describe, expect, it, test } from 'vitest';
import { showAnswer } from './answers-show.ts';
import { checkAnswers, checkField, TABLE_ROWS, visibleFields } from './answers.ts';
import { luhn } from './check-digit.ts';
import type { Field, FieldType } from './item.ts';

const today = '2026-09-23';
const card = `621234567890123${luhn('621234567890123')}`;

function field(type: FieldType, changes: Partial<Field> = {}): Field {
  return { key: 'k', label: '某项', type, required: false, ...changes };
}

function verdict(one: Field, raw: unknown) {
  const check = checkField(one, raw, today);
  return check.ok ? check.value : check.problems.map((problem) => problem.text).join('|');
}

const family = field('table', {
  key: 'family',
  label: '家庭成员',
  columns: [
    field('text', { key: 'name', label: '姓名', required: true }),
    field('number', { key: 'age', label: '年龄', min: 0, max: 130 }),
    field('boolean', { key: 'ill', label: '是否患病' }),
    field('text', {
      key: 'illness',
      label: '所患疾病',
      required: true,
      visibleIf: { key: 'ill', equals: true },
    }),
  ],
});

describe('each kind of question keeps what people meant', () => {
  test.each<[string, Field, unknown, unknown]>([
    ['text', field('text'), ' 王\u200B示例\n', '王示例'],
    ['text with markup', field('text'), '<b>{{x}}</b>', '<b>{{x}}</b>'],
    ['textarea', field('textarea'), '一\r\n二', '一\n二'],
    ['address', field('address'), '样本镇　示例村', '样本镇　示例村'],
    ['integer', field('number', { min: 1, max: 100 }), '１２', 12],
    ['integer as number', field('number'), 12, 12],
    ['decimal', field('number', { step: 0.01, min: 0, max: 1000 }), '0.29', 0.29],
    ['decimal with a Chinese point', field('number', { step: 0.1 }), '1。5', 1.5],
    ['half hours', field('number', { step: 0.5 }), '2.5', 2.5],
    ['minus zero', field('number'), '-0', 0],
    ['money', field('money', { max: 5_000_000 }), '1,234.50', 1234.5],
    ['money with full-width comma', field('money'), '1，000', 1000],
    ['date', field('date'), '2026-02-28', '2026-02-28'],
    ['date as written', field('date'), '2026年2月8日', '2026-02-08'],
    ['date in digits', field('date'), '20260208', '2026-02-08'],
    ['select', field('select', { options: ['甲', '乙'] }), '乙', '乙'],
    [
      'multiselect in the form’s order',
      field('multiselect', { options: ['甲', '乙', '丙'] }),
      ['丙', '甲', '丙'],
      ['甲', '丙'],
    ],
    ['number of a resident', field('idNumber'), '11010519491231002x', '11010519491231002X'],
    ['number of a resident from Hong Kong', field('idNumber'), '810000198801010012', '810000198801010012'],
    ['number of a foreigner', field('idNumber'), '911124198108030024', '911124198108030024'],
    ['phone', field('phone'), '+86 138 0000 0001', '13800000001'],
    ['bank card', field('bankCard'), card.replace(/(.{4})/g, '$1 '), card],
    ['yes', field('boolean'), true, true],
    ['no is an answer', field('boolean', { required: true }), false, false],
    ['zero is an answer', field('number', { required: true }), 0, 0],
    [
      'table',
      family,
      [
        { name: ' 王示例 ', age: '5' },
        { name: '', age: null },
      ],
      [{ name: '王示例', age: 5 }],
    ],
    ['nothing', field('text'), ' \u200B ', undefined],
    ['nothing chosen', field('multiselect', { options: ['甲'] }), [], undefined],
    ['rows, all blank', family, [{}, { name: ' ' }], undefined],
  ])('%s', (_, one, raw, value) => expect(verdict(one, raw)).toEqual(value));
});

describe('what is wrong is said with the name of the question and the way out', () => {
  const required = { required: true };
  test.each<[string, Field, unknown, string]>([
    ['text left out', field('text', required), undefined, '请填写某项'],
    ['only invisible text', field('textarea', required), '\u200B\n', '请填写某项'],
    ['nothing selected', field('select', { ...required, options: ['甲'] }), '', '请选择某项'],
    ['nothing ticked', field('multiselect', { ...required, options: ['甲'] }), [], '请选择某项'],
    ['neither yes nor no', field('boolean', required), undefined, '请选“是”或“否”：某项'],
    ['no row', { ...family, ...required }, [], '家庭成员：请至少填一行'],
    ['blank rows', { ...family, ...required }, [{ name: '' }], '家庭成员：请至少填一行'],
    ['201 characters', field('text'), '𬱖'.repeat(201), '某项：最多 200 个字，现在有 201 个，请删去 1 个'],
    [
      'beyond its own limit',
      field('text', { maxLength: 18 }),
      '样'.repeat(20),
      '某项：最多 18 个字，现在有 20 个，请删去 2 个',
    ],
    [
      '10,000 emoji',
      field('textarea'),
      '😀'.repeat(10_000),
      '某项：最多 2000 个字，现在有 10000 个，请删去 8000 个',
    ],
    ['text where a number belongs', field('number', { min: 1, max: 9 }), '很多', '某项：请填数字，例如 1'],
    ['an exponent', field('number'), '1e5', '某项：请填数字，例如 1'],
    ['infinity', field('number'), Infinity, '某项：请填数字，例如 1'],
    ['too small', field('number', { min: 1, max: 10_000 }), '0', '某项：应在 1 到 10,000 之间，请再核一遍'],
    [
      'too large',
      field('money', { min: 0, max: 5000 }),
      '5000.01',
      '某项：应在 0 到 5,000 元之间，请再核一遍',
    ],
    ['negative money', field('money'), '-1', '某项：不能小于 0 元，请再核一遍'],
    ['absurdly large', field('money'), '9'.repeat(15), '某项：不能大于 1,000,000,000,000 元，请再核一遍'],
    ['half a person', field('number'), '1.5', '某项：应是整数，请改正'],
    ['three decimals', field('number', { step: 0.01 }), '1.005', '某项：最多两位小数，请改正'],
    ['two decimals', field('number', { step: 0.1 }), '1.25', '某项：最多一位小数，请改正'],
    ['between half hours', field('number', { step: 0.5 }), '1.3', '某项：应是 0.5 的倍数，请改正'],
    ['a third of a cent', field('money'), 0.001, '某项：最多两位小数，请改正'],
    ['30 February', field('date'), '1990-02-30', '某项：不是真实的日期，请按“2026-09-23”这样填写'],
    ['a date that could be two', field('date'), '2026111', '某项：不是真实的日期，请按“2026-09-23”这样填写'],
    ['year 202', field('date'), '0202-09-23', '某项：年份应在 1900 到 2100 之间，请再核一遍'],
    [
      'an option that is none',
      field('select', { options: ['甲'] }),
      '丁',
      '某项：所选的内容不在选项里，请重新选择',
    ],
    [
      'one option that is none',
      field('multiselect', { options: ['甲'] }),
      ['甲', '丁'],
      '某项：所选的内容不在选项里，请重新选择',
    ],
    [
      'one text for many',
      field('multiselect', { options: ['甲'] }),
      '甲',
      '某项：所选的内容不在选项里，请重新选择',
    ],
    [
      'a wrong check digit',
      field('idNumber'),
      '410502199003071231',
      '某项：第 18 位（校验码）不对，请对照证件再核一遍',
    ],
    [
      'a 15-digit card',
      field('idNumber'),
      '410502900307123',
      '某项：15 位的旧身份证已经停用，请用 18 位的身份证号',
    ],
    ['a digit lost', field('phone'), '1380000000', '某项：手机号应是 11 位，现在少 1 位'],
    [
      'a card with digits swapped',
      field('bankCard'),
      card.replace('1234', '1243'),
      '某项：银行卡号有一位不对，请对照卡面再核一遍',
    ],
    ['a text for yes or no', field('boolean'), 'true', '请选“是”或“否”：某项'],
    ['an object', field('text'), { toString: '王' }, '某项：没有填对，请重新填写'],
    ['no list of rows', family, { name: '王' }, '家庭成员：没有填对，请重新填写'],
    ['rows that are none', family, ['王'], '家庭成员：没有填对，请重新填写'],
    [
      'too many rows',
      family,
      Array.from({ length: TABLE_ROWS + 1 }, () => ({ name: '样' })),
      '家庭成员：最多 50 行，现在有 51 行，请删去多的',
    ],
  ])('%s', (_, one, raw, text) => expect(verdict(one, raw)).toBe(text));

  it('in a table with its row and column', () => {
    const rows = [{ name: '王示例' }, {}, { age: 200 }, { name: '张样本', ill: true, weight: 5 }];
    expect(checkField(family, rows, today)).toEqual({
      ok: false,
      problems: [
        { key: 'family', row: 2, column: 'name', text: '家庭成员第 3 行，请填写姓名' },
        {
          key: 'family',
          row: 2,
          column: 'age',
          text: '家庭成员第 3 行，年龄：应在 0 到 130 之间，请再核一遍',
        },
        { key: 'family', row: 3, column: 'illness', text: '家庭成员第 4 行，请填写所患疾病' },
        {
          key: 'family',
          row: 3,
          column: 'weight',
          text: '家庭成员第 4 行，表里没有“weight”这一项，请刷新页面后重新填写',
        },
      ],
    });
  });

  it('a table within a table is a bug of the item', () => {
    const nested = field('table', { columns: [field('table')] });
    expect(() => checkField(nested, [{ k: 'x' }], today)).toThrow('cannot hold');
  });
});

const form: Field[] = [
  field('select', { key: 'reason', label: '注销原因', required: true, options: ['死亡', '出国'] }),
  field('boolean', {
    key: 'benefit',
    label: '有无待遇',
    required: true,
    visibleIf: { key: 'reason', equals: '死亡' },
  }),
  field('text', {
    key: 'benefitName',
    label: '待遇名称',
    required: true,
    visibleIf: { key: 'benefit', equals: true },
  }),
  field('multiselect', { key: 'changes', label: '变更项目', options: ['姓名', '电话'] }),
  field('phone', {
    key: 'newPhone',
    label: '新电话',
    required: true,
    visibleIf: { key: 'changes', equals: '电话' },
  }),
];
const keysOf = (answers: Record<string, unknown>) => visibleFields(form, answers).map((one) => one.key);

describe('questions that are not asked', () => {
  test.each<[Record<string, unknown>, string[]]>([
    [{}, ['reason', 'changes']],
    [{ reason: '死亡' }, ['reason', 'benefit', 'changes']],
    [{ reason: '死亡', benefit: true }, ['reason', 'benefit', 'benefitName', 'changes']],
    [{ reason: '出国', benefit: true }, ['reason', 'changes']],
    [{ changes: ['姓名', '电话'] }, ['reason', 'changes', 'newPhone']],
  ])('%j: asked are %j', (answers, keys) => expect(keysOf(answers)).toEqual(keys));

  it('keep no answer, right or wrong', () => {
    const answers = { reason: '出国', benefit: true, benefitName: 'x'.repeat(999), newPhone: '1' };
    expect(checkAnswers(form, answers, today)).toEqual({ ok: true, answers: { reason: '出国' } });
  });

  it('are not required', () => {
    const check = checkAnswers(form, { reason: '死亡', benefit: true }, today);
    expect(check).toEqual({ ok: false, problems: [{ key: 'benefitName', text: '请填写待遇名称' }] });
  });

  it('conditions in a circle, or on nothing, ask nothing', () => {
    const circle = [
      field('boolean', { key: 'a', visibleIf: { key: 'b', equals: true } }),
      field('boolean', { key: 'b', visibleIf: { key: 'a', equals: true } }),
      field('boolean', { key: 'c', visibleIf: { key: 'gone', equals: true } }),
      field('boolean', { key: 'd', visibleIf: { key: 'd', equals: true } }),
    ];
    expect(visibleFields(circle, { a: true, b: true, c: true, d: true, gone: true })).toEqual([]);
  });
});

describe('answers from outside cannot smuggle anything in', () => {
  it('unknown keys are refused by name', () => {
    const check = checkAnswers(form, { reason: '出国', extra: 1 }, today);
    expect(check).toEqual({
      ok: false,
      problems: [{ key: 'extra', text: '表里没有“extra”这一项，请刷新页面后重新填写' }],
    });
  });
  test.each(['__proto__', 'constructor', 'toString'])('%s is an unknown key like any other', (key) => {
    const answers = JSON.parse(`{"reason":"出国","${key}":{"benefit":true}}`) as Record<string, unknown>;
    const check = checkAnswers(form, answers, today);
    expect(check.ok ? [] : check.problems.map((problem) => problem.key)).toEqual([key]);
  });
  it('inherited values are no answers', () => {
    const answers = Object.create({ reason: '出国' }) as Record<string, unknown>;
    expect(checkAnswers(form, answers, today)).toMatchObject({ ok: false, problems: [{ key: 'reason' }] });
  });
  it('a question named like a built-in stays blank', () => {
    const odd = [field('text', { key: 'constructor' }), field('text', { key: '__proto__' })];
    expect(checkAnswers(odd, {}, today)).toEqual({ ok: true, answers: {} });
    expect(visibleFields([field('text', { visibleIf: { key: 'toString', equals: true } })], {})).toEqual([]);
  });
});

describe('an answer is shown as people read it', () => {
  test.each<[Field, unknown, string]>([
    [field('text'), undefined, '未填'],
    [field('boolean'), false, '否'],
    [field('money'), 1234.5, '1,234.50 元'],
    [field('money'), 1_000_000, '1,000,000 元'],
    [field('money'), 0, '0 元'],
    [field('number'), 2026, '2026'],
    [field('number'), 12_345.5, '12,345.5'],
    [field('date'), '2026-09-23', '2026 年 9 月 23 日'],
    [field('multiselect'), ['甲', '乙'], '甲、乙'],
    [field('bankCard'), '6212345678901234', '6212 3456 7890 1234'],
    [
      family,
      [
        { name: '王示例', age: 5 },
        { name: '张样本', ill: false },
      ],
      '1. 姓名：王示例，年龄：5\n2. 姓名：张样本，是否患病：否',
    ],
  ])('%#: %j', (one, value, text) => expect(showAnswer(one, value)).toBe(text));
});
