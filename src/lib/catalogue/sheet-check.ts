/**
 * Whether a sheet of the list is fit to be released (domain.md §1.4 and §1.1): each rule with a message of its own, and
 * with the field that it is about, so that a workbook can name the cell and the editor the input. What a station reads is
 * judged by item-check.ts first. Pure.
 */
import type { Item } from '#lib/domain/item.ts';
import { readUscc } from '#lib/domain/uscc.ts';
import { checkItem } from './item-check.ts';
import { ITEM_TYPE_DIGITS, USE_LEVELS } from './enumerations.ts';
import { parseImplementationCode } from './implementation-code.ts';
import type { PartName } from './part-columns.ts';
import type { ItemSheet, Standard } from './sheet.ts';

export interface SheetProblem {
  /** Of the sheet itself, or of a part of it. */
  part: 'item' | PartName;
  /** Key of the row within the part (`Part.keyOf`), or its number; '' for the part as a whole. */
  row: string;
  /** Key of the column; '' for the row as a whole. */
  column: string;
  text: string;
}

type Report = (column: string, text: string) => void;

/** All problems of one sheet; none means that a release may take it. */
export function checkSheet(sheet: ItemSheet): SheetProblem[] {
  const station = checkItem(sheet.item).map(placed);
  // the rules below ask what has no shape yet
  const problems: SheetProblem[] = [...station];
  const report: Report = (column, text) => {
    if (!problems.some((one) => one.part === 'item' && one.column === column)) {
      problems.push({ part: 'item', row: '', column, text });
    }
  };
  checkCodes(sheet, report);
  checkLimits(sheet, report);
  checkVisits(sheet, report);
  checkFees(sheet.standard, report, problems);
  checkResult(sheet, report);
  checkPhones(sheet.standard, report);
  checkPermit(sheet, report, problems);
  checkAudience(sheet, report);
  checkSaid(sheet, report);
  return problems;
}

/** Where item-check.ts says something is: `materials.M0001`, `form.payTier.options`, `promisedDays`. */
function placed({ where, text }: { where: string; text: string }): SheetProblem {
  const [first = '', ...rest] = where.split('.');
  if (first === 'materials') return { part: 'materials', row: rest[0] ?? '', column: '', text };
  if (first !== 'form') return { part: 'item', row: '', column: `item.${first}`, text };
  // `form.TABLE.COLUMN.options`: the last step is a property of the question, or the question itself
  const property = PROPERTIES.find((one) => one === rest.at(-1) && rest.length > 1);
  return {
    part: 'form',
    row: (property ? rest.slice(0, -1) : rest).join('.'),
    column: property === undefined || property === 'columns' ? '' : property,
    text,
  };
}
const PROPERTIES = ['options', 'step', 'maxLength', 'visibleIf', 'columns'] as const;

/** §1.1: the codes are made of each other. */
function checkCodes({ item, standard }: ItemSheet, report: Report): void {
  const { code, taskCode, type } = item;
  if (!/^(00|41)/.test(code)) report('item.code', '前两位应是 00（国家目录）或 41（河南地方目录）');
  else if (code.slice(2, 4) !== ITEM_TYPE_DIGITS[type]) {
    report('item.code', `第 3、4 位是事项类型，${type}应是 ${ITEM_TYPE_DIGITS[type]}`);
  }
  const credit = readUscc(standard.deptCode);
  if (!credit.ok)
    report('standard.deptCode', '实施主体编码应是 18 位统一社会信用代码，有一位不对，请再核一遍');
  const parts = parseImplementationCode(taskCode);
  if (!parts || taskCode.length !== 31) {
    report(
      'item.taskCode',
      `实施编码应是 31 位（信用代码 18 + 行使层级 1 + 基本编码 12），现在是 ${taskCode.length} 位`,
    );
  } else if (parts.itemCode !== code) {
    report('item.taskCode', `实施编码后 12 位应是基本编码 ${code}，现在是 ${parts.itemCode}`);
  } else if (parts.creditCode !== standard.deptCode) {
    report('item.taskCode', '实施编码前 18 位和实施主体编码不一样');
  } else if (USE_LEVELS[Number(parts.levelDigit) - 1] !== standard.useLevel) {
    report('item.taskCode', `实施编码第 19 位是行使层级，和“${standard.useLevel}”对不上`);
  }
  const { handleItem } = standard;
  if (handleItem !== '' && !(handleItem.startsWith(taskCode) && /^\d{2}$/.test(handleItem.slice(31)))) {
    report('standard.handleItem', '业务办理项编码应是 33 位：实施编码再加两位情形序号');
  }
}

/** 即办 ⇔ 即办件; 承诺 ≤ 法定; both said in the units of the list and in working days. */
function checkLimits({ item, standard }: ItemSheet, report: Report): void {
  if (item.handling === '承诺件' && item.promisedDays === 0) {
    report('item.handling', '承诺 0 天就是当场办结，办件类型应是即办件；办不到当场办结的，要写承诺几天');
  }
  const limits = [
    ['anticipate', 'item.statutoryDays', item.statutoryDays, '法定'],
    ['promise', 'item.promisedDays', item.promisedDays, '承诺'],
  ] as const;
  for (const [key, column, days, word] of limits) {
    const { amount, unit } = standard[key];
    if (unit === '工作日' && (amount ?? 0) !== days) {
      report(column, `${word}办结时限是 ${amount ?? 0} 个工作日，折合却写了 ${days}`);
    }
  }
  const { anticipate, promise } = standard;
  const comparable =
    anticipate.unit === promise.unit && anticipate.amount !== null && promise.amount !== null;
  if (comparable && promise.amount! > anticipate.amount!) {
    report('standard.promise.amount', '承诺时限比法定时限还长');
  }
}

function checkVisits({ item, standard }: ItemSheet, report: Report): void {
  if (item.visits > 0 && standard.sceneReason === '') {
    report('standard.sceneReason', '要到现场的，要写明必须现场办理的原因');
  }
  if (item.visits === 0 && !standard.online && !standard.express) {
    report('standard.express', '一次不跑又不能网上办的，要支持邮寄申请');
  }
  if (standard.online && standard.onlineDepth === '')
    report('standard.onlineDepth', '能网上办的，要写明办到哪一步');
}

function checkFees(standard: Standard, report: Report, problems: SheetProblem[]): void {
  const { charged, feeBasis, feeItems, payOnline } = standard;
  if (!charged) {
    if (payOnline) report('standard.payOnline', '不收费的事项没有网上支付');
    return;
  }
  if (feeBasis === '') report('standard.feeBasis', '收费的要写明收费依据');
  if (feeItems.length === 0) problems.push(ofPart('feeItems', '', '', '收费的要列出收费项目'));
  feeItems.forEach(({ rate }, i) => {
    if (rate === '') problems.push(ofPart('feeItems', String(i), 'rate', '收费项目要写明收费标准'));
  });
}

function checkResult({ item, standard }: ItemSheet, report: Report): void {
  if (item.result !== '' && standard.resultSamples.length === 0) {
    report('standard.resultSamples', '有办理结果的，要有结果样本');
  }
}

const AREA_PHONE = /^0372-?\d{7}(-\d{1,5})?$/;
function checkPhones({ consultPhone, supervisePhone }: Standard, report: Report): void {
  const said = [
    ['standard.consultPhone', consultPhone, '咨询电话'],
    ['standard.supervisePhone', supervisePhone, '监督投诉电话'],
  ] as const;
  for (const [column, phone, word] of said) {
    if (!AREA_PHONE.test(phone)) report(column, `${word}要写区号，例如 0372-0000000`);
  }
  const digits = (phone: string): string => phone.replace(/\D/g, '');
  if (consultPhone !== '' && digits(consultPhone) === digits(supervisePhone)) {
    report('standard.supervisePhone', '监督投诉电话不能和咨询电话一样');
  }
}

const PERMIT_STEPS = ['受理', '审核', '审批', '办结', '送达'];
function checkPermit({ item, standard }: ItemSheet, report: Report, problems: SheetProblem[]): void {
  if (item.type !== '行政许可') return;
  if (standard.faq.length === 0) problems.push(ofPart('faq', '', '', '行政许可至少要有一个常见问题'));
  let at = 0;
  for (const { name } of standard.links) if (name === PERMIT_STEPS[at]) at += 1;
  if (at < PERMIT_STEPS.length) {
    const text = `行政许可的环节要依次有${PERMIT_STEPS.join('→')}，现在缺“${PERMIT_STEPS[at]!}”`;
    problems.push(ofPart('links', '', '', text));
  }
}

/** Whom it serves, by the standard's kinds, by the station's two, and by the topics of either: all say the same. */
function checkAudience({ item, standard }: ItemSheet, report: Report): void {
  const kinds = [
    ['自然人', standard.serverTypes.includes('自然人'), 'standard.userTopics', standard.userTopics],
    [
      '法人',
      standard.serverTypes.some((type) => type !== '自然人'),
      'standard.corpTopics',
      standard.corpTopics,
    ],
  ] as const;
  for (const [kind, served, column, topics] of kinds) {
    if (served !== item.audience.includes(kind)) {
      report(
        'item.audience',
        `服务对象里${served ? '有' : '没有'}${kind}，“面向”也要${served ? '有' : '没有'}${kind}`,
      );
    }
    if (served && topics.length === 0) report(column, `服务对象里有${kind}，要写明面向${kind}的主题`);
    if (!served && topics.length > 0) report(column, `服务对象里没有${kind}，不能有面向${kind}的主题`);
  }
}

/** ● of §1.3: what a list never leaves open. */
function checkSaid({ item, standard }: ItemSheet, report: Report): void {
  const blank = (value: string): boolean => value.trim() === '';
  if (item.legalBasis.length === 0) report('item.legalBasis', '没有写设定依据');
  if (standard.serverTypes.length === 0) report('standard.serverTypes', '没有写服务对象');
  const texts: readonly (readonly [keyof Standard | keyof Item, string, string])[] = [
    ['conditions', item.conditions, '受理条件'],
    ['department', item.department, '实施主体'],
    ['flow', standard.flow, '办理流程'],
    ['specialProcedure', standard.specialProcedure, '特别程序（没有的写“无”）'],
    ['address', standard.address, '办理地点'],
    ['hours', standard.hours, '办理时间'],
  ];
  for (const [key, value, word] of texts) {
    if (blank(value)) report(`${key in item ? 'item' : 'standard'}.${key}`, `没有写${word}`);
  }
  const { effectiveFrom, cancelledFrom } = standard;
  if (effectiveFrom !== '' && cancelledFrom !== '' && cancelledFrom < effectiveFrom) {
    report('standard.cancelledFrom', '计划取消日期比生效日期还早');
  }
}

const ofPart = (part: PartName, row: string, column: string, text: string): SheetProblem => ({
  part,
  row,
  column,
  text,
});
