/** The figures and the items of a list as files for Excel and WPS (domain/csv.ts). Pure. */
import { csvFile } from '#lib/domain/csv.ts';
import type { Share } from '#lib/domain/share.ts';
import { compressionFormula, compressionText, LEVEL_NAMES, shareText } from '#lib/domain/time-limit-words.ts';
import {
  byDepartment,
  byType,
  isMeasured,
  ownCompression,
  timeLimits,
  type TimedItem,
  type TimeLimits,
} from '#lib/domain/time-limits.ts';
import type { LimitLists } from './limit-lists.ts';

type Cell = string | number;

const FIGURE_HEADS = [
  '分组',
  '名称',
  '事项数',
  '即办（项）',
  '即办率',
  '1个工作日内（项）',
  '1个工作日内占比',
  '写明法定时限（项）',
  '没有写明法定时限（项）',
  'Σ法定（工作日）',
  'Σ承诺（工作日）',
  '压缩率',
];
const ITEM_HEADS = [
  '序号',
  '事项编码',
  '事项',
  '类型',
  '部门',
  '层级',
  '办件类型',
  '法定（工作日）',
  '承诺（工作日）',
  '压缩率',
  '是否计入压缩率',
];

const share = ({ part, whole }: Share, text: string): Cell[] => [part, whole === 0 ? '' : text];

const figureRow = (grouping: string, name: string, limits: TimeLimits): Cell[] => [
  grouping,
  name,
  limits.items,
  ...share(limits.instant, shareText(limits.instant)),
  ...share(limits.withinOneDay, shareText(limits.withinOneDay)),
  limits.measured,
  limits.unmeasured,
  limits.statutoryDays,
  limits.promisedDays,
  limits.measured === 0 ? '' : compressionText(limits.compression),
];

const mark = ({ is }: LimitLists): Cell[][] => (is === 'example' ? [['示例：模拟数据，不是真实事项']] : []);

/** 时限统计.csv; 时限统计-示例.csv for what is made up. */
export const fileName = (what: string, { is }: LimitLists): string =>
  `${what}${is === 'example' ? '-示例' : ''}.csv`;

/** All figures of the list: the whole, then departments, levels and types; last how the 压缩率 was worked out. */
export function figuresFile(lists: LimitLists): string {
  const whole = timeLimits(lists.items);
  return csvFile([
    ...mark(lists),
    FIGURE_HEADS,
    figureRow('合计', '全部事项', whole),
    ...byDepartment(lists.items).map(({ key, limits }) => figureRow('部门', key, limits)),
    ...lists.levels.map(({ level, items }) => figureRow('层级', LEVEL_NAMES[level], timeLimits(items))),
    ...byType(lists.items).map(({ key, limits }) => figureRow('类型', key, limits)),
    ['算法', `压缩率：${compressionFormula(whole)}；只算写明法定时限的事项，各项天数先加总再相除`],
  ]);
}

/** Items as they are handed in, one a row. */
export function itemsFile(lists: LimitLists, items: readonly TimedItem[]): string {
  return csvFile([
    ...mark(lists),
    ITEM_HEADS,
    ...items.map((item, index) => [
      index + 1,
      item.code,
      item.name,
      item.type,
      item.department,
      item.levels.map((level) => LEVEL_NAMES[level]).join('、'),
      item.handling,
      isMeasured(item) ? item.statutoryDays : '',
      item.promisedDays,
      isMeasured(item) ? compressionText(ownCompression(item)) : '',
      isMeasured(item) ? '是' : '否，没有写明法定时限',
    ]),
  ]);
}
