/**
 * The enumerations of an item sheet (domain.md §1.2), kept as their Chinese words and converted to digits where a list is
 * exported: GB/T 39046 and the national platform number some of them differently. Words without a digit have none there.
 */
import type { ItemType, Material } from '#lib/domain/item.ts';

export const POWER_SOURCES = [
  '法定本级行使',
  '上级下放',
  '上级授权',
  '同级授权',
  '上级委托',
  '同级委托',
] as const;
export const USE_LEVELS = ['国家', '省', '市', '县', '镇（乡、街道）', '村（社区）', '分级管理'] as const;
export const DEPARTMENT_TYPES = ['法定机关', '授权组织', '受委托组织', '其他'] as const;
export const SERVER_TYPES = [
  '自然人',
  '企业法人',
  '事业法人',
  '社会组织法人',
  '非法人企业',
  '行政机关',
  '其他组织',
] as const;
export const HANDLE_TYPES = ['窗口办理', '电脑端网办', '移动端', '快递申请', '其他'] as const;
export const TIME_UNITS = ['工作日', '自然日', '小时', '月', '年'] as const;
export const HANDLE_AREAS = ['无', '全国', '跨省', '跨市', '跨县'] as const;
export const ONLINE_DEPTHS = [
  '互联网咨询',
  '收件',
  '预审',
  '受理',
  '办理',
  '结果反馈',
  '电子证照反馈',
  '其他',
] as const;
export const RESULT_TYPES = ['证照', '批文', '其他'] as const;
export const MATERIAL_TYPES = ['证件证书证明', '申请表格文书', '其他'] as const;
export const MATERIAL_FORMATS = ['纸质', '电子化', '纸质和电子化'] as const;
export const SHEET_STATES = ['在用', '暂停', '取消'] as const;

export type PowerSource = (typeof POWER_SOURCES)[number];
export type UseLevel = (typeof USE_LEVELS)[number];
export type DepartmentType = (typeof DEPARTMENT_TYPES)[number];
export type ServerType = (typeof SERVER_TYPES)[number];
export type HandleType = (typeof HANDLE_TYPES)[number];
export type TimeUnit = (typeof TIME_UNITS)[number];
export type HandleArea = (typeof HANDLE_AREAS)[number];
export type OnlineDepth = (typeof ONLINE_DEPTHS)[number];
export type ResultType = (typeof RESULT_TYPES)[number];
export type MaterialType = (typeof MATERIAL_TYPES)[number];
export type MaterialFormat = (typeof MATERIAL_FORMATS)[number];
export type SheetState = (typeof SHEET_STATES)[number];

/** 事项类型 [G A.1], as digits 13 and 14 of an implementation code's 基本编码 have them too. */
export const ITEM_TYPE_DIGITS: Readonly<Record<ItemType, string>> = {
  行政许可: '01',
  行政给付: '05',
  行政检查: '06',
  行政确认: '07',
  行政奖励: '08',
  行政裁决: '09',
  其他行政权力: '10',
  公共服务: '20',
};

/** 材料必要性 [R]: follows from the two flags that a station reads. */
export const NECESSITIES = ['必要', '非必要', '容缺后补'] as const;
export type Necessity = (typeof NECESSITIES)[number];
export const necessityOf = ({ required, tolerable }: Material): Necessity =>
  tolerable === true ? '容缺后补' : required ? '必要' : '非必要';

/** Which numbering a list is exported for: the standard's, or the national platform's [N]. */
export type Numbering = 'standard' | 'national';

/** 服务对象: 5 and 6 mean different bodies in the two; what has no digit of its own is 其他组织. */
const SERVER_DIGITS: Readonly<Record<Numbering, Readonly<Record<ServerType, string>>>> = {
  standard: {
    自然人: '1',
    企业法人: '2',
    事业法人: '3',
    社会组织法人: '4',
    非法人企业: '6',
    行政机关: '5',
    其他组织: '6',
  },
  national: {
    自然人: '1',
    企业法人: '2',
    事业法人: '3',
    社会组织法人: '4',
    非法人企业: '5',
    行政机关: '6',
    其他组织: '9',
  },
};

/** Digits of several words, each once, as exchange tables join them. */
export const serverDigits = (types: readonly ServerType[], numbering: Numbering): string =>
  [...new Set(types.map((type) => SERVER_DIGITS[numbering][type]))].sort().join(',');

/** Digits by the place of a word in its list; `other` are the words whose digit is 9. */
const byPlace = (words: readonly string[], ...other: string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(words.map((word, i) => [word, other.includes(word) ? '9' : String(i + 1)]));

/** Digits that both numberings share, by the heading of the column. */
export const DIGITS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  事项类型: ITEM_TYPE_DIGITS,
  行使层级: byPlace(USE_LEVELS),
  实施主体性质: byPlace(DEPARTMENT_TYPES, '其他'),
  权力来源: byPlace(POWER_SOURCES),
  办件类型: { 即办件: '1', 承诺件: '2' },
  办理形式: byPlace(HANDLE_TYPES, '其他'),
  网上办理深度: byPlace(ONLINE_DEPTHS, '其他'),
  结果类型: { 证照: '10', 批文: '20', 其他: '40' },
  材料类型: byPlace(MATERIAL_TYPES),
  材料形式: byPlace(MATERIAL_FORMATS),
  材料必要性: byPlace(NECESSITIES),
  来源渠道: { 申请人自备: '10', 政府部门核发: '20', 其他: '99' },
  清单状态: byPlace(SHEET_STATES),
};
