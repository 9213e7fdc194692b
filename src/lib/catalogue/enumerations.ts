/**
 * The enumerations of an item sheet (domain.md §1.2), kept as their Chinese words and converted to digits where a list is
 * exported: GB/T 39046 and the national platform number some of them differently. Words without a digit have none there.
 */
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
