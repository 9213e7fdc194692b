/**
 * The columns of an item sheet (domain.md §1.3), in the groups of the editor. `locked` are those of the 32 elements
 * (32要素（拟）) that stand here; names, kinds and numbers of materials are in part-columns.ts. The official list was not
 * found: when the bureau gives its own, it is changed here (docs/decisions/0023).
 */
import {
  DEPARTMENT_TYPES,
  HANDLE_AREAS,
  HANDLE_TYPES,
  ITEM_TYPE_DIGITS,
  ONLINE_DEPTHS,
  POWER_SOURCES,
  RESULT_TYPES,
  SERVER_TYPES,
  SHEET_STATES,
  TIME_UNITS,
  USE_LEVELS,
} from './enumerations.ts';
import type { Kind } from './cell-kinds.ts';
import { column, type Column } from './column.ts';

const text = (most: number): Kind => ({ is: 'text', most });
const lines = (most: number): Kind => ({ is: 'text', most, lines: true });
const one = (of: readonly string[], words?: Record<string, string>): Kind =>
  words ? { is: 'one', of, words } : { is: 'one', of };
const many = (of?: readonly string[]): Kind => (of ? { is: 'many', of } : { is: 'many' });
const FLAG: Kind = { is: 'flag' };
const DAYS: Kind = { is: 'whole' };
const said = { empty: '' } as const;
const fact = { empty: false } as const;
const owned = { locked: true } as const;

export interface ColumnGroup {
  name: string;
  columns: readonly Column[];
}

export const LEVEL_WORDS = { township: '乡镇', subdistrict: '街道', village: '村（社区）' } as const;

export const ITEM_GROUPS: readonly ColumnGroup[] = [
  {
    name: '基本信息',
    columns: [
      column('item.code', '基本编码', text(12), {
        required: true,
        ...owned,
        also: ['事项编码', '目录编码'],
        hint: '12 位，是实施编码的后 12 位',
      }),
      column('item.name', '事项名称', text(200), { required: true, ...owned, also: ['名称'] }),
      column('item.taskCode', '实施编码', text(31), {
        required: true,
        ...owned,
        hint: '31 位：统一社会信用代码 18 + 行使层级 1 + 基本编码 12',
      }),
      column('standard.handleItem', '业务办理项编码', text(33), {
        ...said,
        ...owned,
        hint: '33 位，只有一种办法的可以不填',
      }),
      column('standard.localCatalogCode', '地方基本编码', text(50), said),
      column('standard.localTaskCode', '地方实施编码', text(50), said),
      column('item.type', '事项类型', one(Object.keys(ITEM_TYPE_DIGITS)), { required: true, ...owned }),
      column('item.legalBasis', '设定依据', { is: 'lines' }, { empty: [], ...owned, hint: '一行一条' }),
      column('standard.powerSource', '权力来源', one(POWER_SOURCES), { empty: '法定本级行使', ...owned }),
      column('standard.useLevel', '行使层级', one(USE_LEVELS), { required: true, ...owned }),
      column('item.department', '实施主体', text(100), {
        required: true,
        ...owned,
        also: ['部门', '实施部门', '实施机构'],
      }),
      column('standard.deptCode', '实施主体编码', text(18), {
        required: true,
        also: ['统一社会信用代码'],
      }),
      column('standard.deptType', '实施主体性质', one(DEPARTMENT_TYPES), { empty: '法定机关', ...owned }),
      column('standard.entrustName', '委托部门', text(100), said),
      column(
        'item.levels',
        '办理站点',
        { is: 'many', of: Object.keys(LEVEL_WORDS), words: LEVEL_WORDS },
        { required: true, hint: '哪一级的站点能办' },
      ),
    ],
  },
  {
    name: '时限',
    columns: [
      column('item.handling', '办件类型', one(['即办件', '承诺件']), { required: true, ...owned }),
      column('standard.anticipate.amount', '法定办结时限', DAYS, {
        empty: null,
        ...owned,
        hint: '没有法定时限的不填',
      }),
      column('standard.anticipate.unit', '法定办结时限单位', one(TIME_UNITS), { empty: '工作日', ...owned }),
      column('standard.anticipate.explain', '法定办结时限说明', lines(500), said),
      column('item.statutoryDays', '法定折合工作日', DAYS, {
        empty: 0,
        hint: '站点按它算；单位是工作日的不用填',
      }),
      column('standard.promise.amount', '承诺办结时限', DAYS, { empty: null, ...owned }),
      column('standard.promise.unit', '承诺办结时限单位', one(TIME_UNITS), { empty: '工作日', ...owned }),
      column('standard.promise.explain', '承诺办结时限说明', lines(500), said),
      column('item.promisedDays', '承诺折合工作日', DAYS, {
        empty: 0,
        hint: '站点按它算；当场办结的是 0',
      }),
    ],
  },
  {
    name: '条件和流程',
    columns: [
      column('item.conditions', '受理条件', lines(3000), { ...said, ...owned }),
      column('standard.flow', '办理流程', lines(2000), { ...said, ...owned }),
      column('standard.specialProcedure', '特别程序', lines(500), { empty: '无', ...owned }),
      column('standard.quantityLimit', '数量限制', lines(500), { empty: '无' }),
      column('standard.otherDepts', '联办机构', text(200), said),
      column('standard.intermediary', '中介服务', text(200), said),
    ],
  },
  {
    name: '收费',
    columns: [
      column('standard.charged', '是否收费', FLAG, { ...fact, ...owned }),
      column('item.fee', '收费说明', lines(500), { empty: '不收费', hint: '给申请人看的一句话' }),
      column('standard.feeBasis', '收费依据', lines(1000), { ...said, ...owned }),
      column('standard.payOnline', '网上支付', FLAG, fact),
    ],
  },
  {
    name: '对象和主题',
    columns: [
      column('standard.serverTypes', '服务对象', many(SERVER_TYPES), { required: true, ...owned }),
      column('item.audience', '面向', many(['自然人', '法人']), { required: true }),
      column('item.topics', '业务主题', many(), { required: true, hint: '站点里按它找' }),
      column('standard.userTopics', '面向自然人主题', many(), { empty: [] }),
      column('standard.corpTopics', '面向法人主题', many(), { empty: [] }),
      column('item.keywords', '俗称', many(), { empty: [], hint: '群众平时怎么叫，几个用顿号隔开' }),
      column('item.eligibility.minAge', '最小年龄', DAYS),
      column('item.eligibility.maxAge', '最大年龄', DAYS),
      column('item.eligibility.sex', '限性别', one(['male', 'female'], { male: '男', female: '女' })),
    ],
  },
  {
    name: '怎么办',
    columns: [
      column('standard.handleTypes', '办理形式', many(HANDLE_TYPES), { empty: ['窗口办理'], ...owned }),
      column('item.visits', '到办事现场次数', DAYS, { empty: 0, ...owned, also: ['现场次数'] }),
      column('standard.sceneReason', '必须现场办理原因', lines(500), said),
      column('item.proxyAllowed', '可以代办', FLAG, { empty: true }),
      column('item.mustAppear', '本人必须到场的原因', lines(200), { hint: '不必本人到场的不填' }),
      column('standard.express', '支持邮寄', FLAG, { ...fact, also: ['支持物流快递', '邮寄申请'] }),
      column('standard.appointment', '支持预约', FLAG, fact),
      column('standard.terminal', '支持自助终端', FLAG, fact),
      column('standard.inCentre', '进驻大厅', FLAG, fact),
      column('standard.online', '网上办理', FLAG, fact),
      column('standard.onlineDepth', '网上办理深度', one(ONLINE_DEPTHS), said),
      column('standard.onlineUrl', '网上办理地址', text(300), said),
      column('standard.handleArea', '通办范围', one(HANDLE_AREAS), { empty: '无' }),
    ],
  },
  {
    name: '结果',
    columns: [
      column('item.result', '结果名称', text(200), { ...said, ...owned }),
      column('standard.resultType', '结果类型', one(RESULT_TYPES), { empty: '其他' }),
      column('standard.resultSamples', '结果样本', { is: 'lines' }, { empty: [], ...owned, hint: '文件名' }),
      column('item.resultDelivery', '送达方式', many(), { empty: ['窗口领取'] }),
    ],
  },
  {
    name: '本地信息',
    columns: [
      column('standard.address', '办理地点', lines(300), said),
      column('standard.hours', '办理时间', lines(300), said),
      column('standard.consultPhone', '咨询电话', text(30), said),
      column('standard.supervisePhone', '监督投诉电话', text(30), said),
    ],
  },
  {
    name: '版本和状态',
    columns: [
      column('standard.version', '版本号', { is: 'whole', least: 1 }, { empty: 1 }),
      column('standard.state', '清单状态', one(SHEET_STATES), { empty: '在用', hint: '只发布在用的' }),
      column('standard.effectiveFrom', '计划生效日期', { is: 'day' }, said),
      column('standard.cancelledFrom', '计划取消日期', { is: 'day' }, said),
      column('synthetic', '模拟数据', FLAG, { ...fact, hint: '编的内容要标“是”' }),
    ],
  },
];

export const ITEM_COLUMNS: readonly Column[] = ITEM_GROUPS.flatMap(({ columns }) => columns);
