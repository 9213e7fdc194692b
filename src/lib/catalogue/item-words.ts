/**
 * Every field of an item, a material and a question, with its name and its value in words: what a difference is told by.
 * Invariant: all fields are there, in a fixed order; the types below refuse a field of item.ts that is forgotten.
 */
import type { Field, FieldType, Item, Material } from '#lib/domain/item.ts';
import { LEVEL_NAMES } from '#lib/domain/time-limit-words.ts';

export interface NamedValue {
  label: string;
  value: string;
}

type Namer<T> = { [K in keyof T]-?: [label: string, words: (value: T[K]) => string] };

const NONE = '（空）';
const plain = (value: string | number | undefined): string =>
  value === undefined || value === '' ? NONE : String(value);
const list = (values: readonly string[] | undefined): string => values?.join('、') || NONE;
const yes = (value: boolean | undefined): string => (value ? '是' : '否');
const days = (value: number, zero: string): string => (value === 0 ? zero : `${value} 个工作日`);

/** Types of questions as people who keep lists call them. */
export const FIELD_TYPE_WORDS: Readonly<Record<FieldType, string>> = {
  text: '文字',
  textarea: '多行文字',
  number: '数字',
  money: '金额',
  date: '日期',
  select: '单选',
  multiselect: '多选',
  idNumber: '证件号码',
  phone: '电话',
  bankCard: '银行卡号',
  address: '地址',
  boolean: '是否',
  table: '表格',
};

const ITEM: Namer<Omit<Item, 'materials' | 'form' | 'code'>> = {
  name: ['事项名称', plain],
  taskCode: ['实施编码', plain],
  type: ['事项类型', plain],
  department: ['部门', plain],
  levels: ['办理层级', (levels) => list(levels.map((level) => LEVEL_NAMES[level]))],
  handling: ['办件类型', plain],
  statutoryDays: ['法定时限', (value) => days(value, '没有写明')],
  promisedDays: ['承诺时限', (value) => days(value, '当场办结')],
  visits: ['到现场次数', (value) => `${value} 次`],
  fee: ['收费', plain],
  conditions: ['受理条件', plain],
  audience: ['服务对象', list],
  topics: ['主题', list],
  legalBasis: ['设定依据', list],
  result: ['办理结果', plain],
  resultType: ['结果类型', (value) => (value === 'licence' ? '证照' : '文书')],
  resultDelivery: ['结果送达', list],
  keywords: ['俗称', list],
  eligibility: ['年龄、性别提示', (value) => (value ? eligibilityWords(value) : NONE)],
  proxyAllowed: ['可以代办', yes],
  mustAppear: ['必须到场的原因', plain],
};

const MATERIAL: Namer<Omit<Material, 'code'>> = {
  name: ['名称', plain],
  kind: ['形式', plain],
  copies: ['份数', (value) => `${value} 份`],
  required: ['要求', (value) => (value ? '必须交' : '有条件才交')],
  when: ['什么情形下交', plain],
  source: ['来源', plain],
  shareable: ['可以共享核验', yes],
  licence: ['可以免交的电子证照', plain],
  tolerable: ['可以容缺后补', yes],
};

const QUESTION: Namer<Omit<Field, 'key'>> = {
  label: ['名称', plain],
  type: ['类型', (type) => FIELD_TYPE_WORDS[type]],
  required: ['必填', yes],
  maxLength: ['最多字数', plain],
  min: ['最小', plain],
  max: ['最大', plain],
  step: ['步长', plain],
  options: ['可选的内容', list],
  visibleIf: ['出现的条件', (value) => (value ? `${value.key} 是 ${String(value.equals)}` : NONE)],
  columns: [
    '列',
    (columns) => columns?.map((column) => fieldWords(questionFields(column))).join('；') ?? NONE,
  ],
};

const named = <T extends object>(namer: Namer<T>, of: T): NamedValue[] =>
  (Object.keys(namer) as (keyof T)[]).map((key) => {
    const [label, words] = namer[key];
    return { label, value: words(of[key]) };
  });

function eligibilityWords({ minAge, maxAge, sex }: NonNullable<Item['eligibility']>): string {
  const parts = [
    minAge === undefined ? '' : `满 ${minAge} 周岁`,
    maxAge === undefined ? '' : `不超过 ${maxAge} 周岁`,
    sex ?? '',
  ];
  return parts.filter(Boolean).join('，') || NONE;
}

export const itemFields = (item: Item): NamedValue[] => named(ITEM, item);
export const materialFields = (material: Material): NamedValue[] => named(MATERIAL, material);
export const questionFields = (field: Field): NamedValue[] => named(QUESTION, field);

/** The fields that say something: 名称 居民户口簿，形式 原件，份数 1 份 */
export const fieldWords = (fields: readonly NamedValue[]): string =>
  fields
    .filter(({ value }) => value !== NONE && value !== '否')
    .map(({ label, value }) => `${label} ${value}`)
    .join('，');
