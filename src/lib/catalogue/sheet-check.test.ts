import { describe, expect, test } from 'vitest';
import { item } from '../../../tests/support/builders.ts';
import { implementationCode } from './implementation-code.ts';
import { sampleUscc } from '#lib/domain/uscc.ts';
import type { Item } from '#lib/domain/item.ts';
import { checkSheet } from './sheet-check.ts';
import type { ItemSheet, Standard } from './sheet.ts';
import { upgradeItem } from './upgrade-item.ts';

const CREDIT = sampleUscc(7, '410526');
const coded = (code: string, change: Partial<Item> = {}): ItemSheet =>
  upgradeItem(item({ code, taskCode: implementationCode(CREDIT, 'township', code), ...change }));
const BENEFIT = coded('410511005000', { type: '行政给付' });
const PERMIT = coded('410111005001', { type: '行政许可', name: '示例许可' });

const withItem = (change: Partial<Item>, sheet = BENEFIT): ItemSheet => ({
  ...sheet,
  item: { ...sheet.item, ...change },
});
const withStandard = (change: Partial<Standard>, sheet = BENEFIT): ItemSheet => ({
  ...sheet,
  standard: { ...sheet.standard, ...change },
});
const said = (sheet: ItemSheet): string[] =>
  checkSheet(sheet).map(({ part, column, text }) => `${part} ${column}: ${text}`);

test('a sheet that keeps every rule has no problem', () => {
  expect([said(BENEFIT), said(PERMIT)]).toEqual([[], []]);
});

describe('codes (§1.1)', () => {
  const code = (sheet: ItemSheet) => checkSheet(sheet).map(({ text }) => text);
  test.each([
    ['事项编码应是 12 位数字或大写字母', withItem({ code: '41051100500' })],
    ['前两位应是 00（国家目录）或 41（河南地方目录）', coded('990511005000')],
    ['第 3、4 位是事项类型，行政给付应是 05', coded('412011005000', { type: '行政给付' })],
    [
      '实施编码应是 31 位（信用代码 18 + 行使层级 1 + 基本编码 12），现在是 30 位',
      withItem({ taskCode: BENEFIT.item.taskCode.slice(0, 30) }),
    ],
    [
      '实施编码后 12 位应是基本编码 410511005000，现在是 410511005009',
      withItem({ taskCode: `${BENEFIT.item.taskCode.slice(0, 30)}9` }),
    ],
    ['实施编码前 18 位和实施主体编码不一样', withStandard({ deptCode: sampleUscc(8, '410526') })],
    ['实施编码第 19 位是行使层级，和“县”对不上', withStandard({ useLevel: '县' })],
    [
      '业务办理项编码应是 33 位：实施编码再加两位情形序号',
      withStandard({ handleItem: `${BENEFIT.item.taskCode}1` }),
    ],
  ])('%s', (text, sheet) => expect(code(sheet)).toContain(text));

  test('a credit code whose check digit is wrong is told once, at the office’s code', () => {
    const wrong = `${CREDIT.slice(0, 17)}${CREDIT.endsWith('A') ? 'B' : 'A'}`;
    const sheet = withItem(
      { taskCode: `${wrong}5410511005000` },
      withStandard({ deptCode: wrong, handleItem: '' }),
    );
    expect(said(sheet)).toEqual([
      'item standard.deptCode: 实施主体编码应是 18 位统一社会信用代码，有一位不对，请再核一遍',
    ]);
  });
});

describe('rules of the list (§1.4)', () => {
  const SPOT = { handling: '即办件', promisedDays: 0 } as const;
  const limit = (amount: number | null, unit: '工作日' | '自然日' = '工作日') => ({
    amount,
    unit,
    explain: '',
  });
  test.each([
    [
      'item item.handling: 承诺 0 天就是当场办结，办件类型应是即办件；办不到当场办结的，要写承诺几天',
      withItem({ promisedDays: 0 }, withStandard({ promise: limit(0) })),
    ],
    ['item item.promisedDays: 即办件应当场办结，承诺时限填 0', withItem({ handling: '即办件' })],
    [
      'item item.promisedDays: 承诺时限比法定时限还长',
      withItem(
        { statutoryDays: 5, promisedDays: 6 },
        withStandard({ anticipate: limit(5), promise: limit(6) }),
      ),
    ],
    [
      'item standard.promise.amount: 承诺时限比法定时限还长',
      withItem(
        { statutoryDays: 0 },
        withStandard({ anticipate: limit(9, '自然日'), promise: limit(10, '自然日') }),
      ),
    ],
    [
      'item item.statutoryDays: 法定办结时限是 20 个工作日，折合却写了 10',
      withItem(
        { statutoryDays: 10, promisedDays: 1 },
        withStandard({ anticipate: limit(20), promise: limit(1) }),
      ),
    ],
    [
      'item item.promisedDays: 承诺办结时限是 3 个工作日，折合却写了 1',
      withItem({ promisedDays: 1 }, withStandard({ promise: limit(3) })),
    ],
    ['item standard.sceneReason: 要到现场的，要写明必须现场办理的原因', withItem({ visits: 1 })],
    ['item standard.express: 一次不跑又不能网上办的，要支持邮寄申请', withStandard({ express: false })],
    ['item standard.onlineDepth: 能网上办的，要写明办到哪一步', withStandard({ online: true })],
    [
      'item standard.feeBasis: 收费的要写明收费依据',
      withStandard({ charged: true, feeItems: [fee('每件 80 元')] }),
    ],
    ['feeItems : 收费的要列出收费项目', withStandard({ charged: true, feeBasis: '依据' })],
    [
      'feeItems rate: 收费项目要写明收费标准',
      withStandard({ charged: true, feeBasis: '依据', feeItems: [fee('')] }),
    ],
    ['item standard.payOnline: 不收费的事项没有网上支付', withStandard({ payOnline: true })],
    ['item standard.resultSamples: 有办理结果的，要有结果样本', withStandard({ resultSamples: [] })],
    [
      'item standard.supervisePhone: 监督投诉电话不能和咨询电话一样',
      withStandard({ supervisePhone: '03720000000' }),
    ],
    [
      'item standard.consultPhone: 咨询电话要写区号，例如 0372-0000000',
      withStandard({ consultPhone: '0000000' }),
    ],
    [
      'item standard.supervisePhone: 监督投诉电话要写区号，例如 0372-0000000',
      withStandard({ supervisePhone: '' }),
    ],
    ['faq : 行政许可至少要有一个常见问题', withStandard({ faq: [] }, PERMIT)],
    [
      'links : 行政许可的环节要依次有受理→审核→审批→办结→送达，现在缺“审批”',
      withStandard({ links: PERMIT.standard.links.filter(({ name }) => name !== '审批') }, PERMIT),
    ],
    [
      'links : 行政许可的环节要依次有受理→审核→审批→办结→送达，现在缺“审核”',
      withStandard({ links: [...PERMIT.standard.links].reverse() }, PERMIT),
    ],
    [
      'item standard.userTopics: 服务对象里有自然人，要写明面向自然人的主题',
      withStandard({ userTopics: [] }),
    ],
    [
      'item standard.corpTopics: 服务对象里没有法人，不能有面向法人的主题',
      withStandard({ corpTopics: ['准营准办'] }),
    ],
    [
      'item item.audience: 服务对象里没有法人，“面向”也要没有法人',
      withItem({ audience: ['自然人', '法人'] }),
    ],
    ['item item.legalBasis: 没有写设定依据', withItem({ legalBasis: [] })],
    ['item standard.serverTypes: 没有写服务对象', withStandard({ serverTypes: [] })],
    ['item item.conditions: 没有写受理条件', withItem({ conditions: ' ' })],
    ['item item.department: 没有写实施主体', withItem({ department: '' })],
    ['item standard.flow: 没有写办理流程', withStandard({ flow: '' })],
    [
      'item standard.specialProcedure: 没有写特别程序（没有的写“无”）',
      withStandard({ specialProcedure: '' }),
    ],
    ['item standard.address: 没有写办理地点', withStandard({ address: '' })],
    ['item standard.hours: 没有写办理时间', withStandard({ hours: '' })],
    [
      'item standard.cancelledFrom: 计划取消日期比生效日期还早',
      withStandard({ effectiveFrom: '2026-09-01', cancelledFrom: '2026-08-31' }),
    ],
  ] as const)('%s', (text, sheet) => expect(said(sheet)).toContain(text));

  test('an item on the spot with nothing promised keeps the rules', () => {
    expect(said(withItem(SPOT, withStandard({ promise: limit(0) })))).toEqual([]);
  });

  test('a problem of the station’s part is placed at its material, its question, its column', () => {
    const [material] = BENEFIT.item.materials;
    const [question] = BENEFIT.item.form;
    const sheet = withItem({
      materials: [{ ...material!, copies: 0 }],
      form: [
        { ...question!, options: [] },
        { key: 'rows', label: '表', type: 'table', required: true, columns: [{ ...question!, options: [] }] },
      ],
    });
    expect(checkSheet(sheet).map(({ part, row, column }) => [part, row, column])).toEqual([
      ['materials', 'M0001', ''],
      ['form', 'livingMode', 'options'],
      ['form', 'rows.livingMode', 'options'],
    ]);
  });
});

function fee(rate: string) {
  return { name: '登记费', rate, basis: '', reducible: false, reduction: '' };
}
