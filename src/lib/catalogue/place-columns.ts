/** What stands in a workbook of a county's sites and people: two sheets, and what each column means. */
import { ROLE_NAMES } from '#lib/domain/roles.ts';
import { STAFF_ROLES } from '#lib/domain/staff-keeping.ts';
import { column, type Column } from './column.ts';
import type { BookShape } from './sheet-book.ts';

export type PlaceKind = 'sites' | 'staff';

export const STATION_WORDS = {
  village: '村',
  community: '社区',
  township: '乡镇',
  subdistrict: '街道',
} as const;
export type StationLevel = keyof typeof STATION_WORDS;

const text = (most: number) => ({ is: 'text', most }) as const;
const CODE = { hint: '统计用区划代码，12 位；这一列先设成“文本”再填' };

const SITE_COLUMNS: readonly Column[] = [
  column('code', '12 位代码', text(20), { required: true, also: ['站点代码', '代码', '区划代码'], ...CODE }),
  column('name', '名称', text(60), {
    required: true,
    also: ['站点名称', '站点'],
    hint: '门牌上的名称，例如许村便民服务站',
  }),
  column(
    'level',
    '级别',
    { is: 'one', of: Object.keys(STATION_WORDS), words: STATION_WORDS },
    {
      required: true,
      hint: '添好以后不能改',
    },
  ),
  column('parent', '归哪个乡镇（代码）', text(20), {
    also: ['归属代码', '乡镇代码', '上级代码'],
    empty: '',
    hint: '村、社区才填；已有的站点换乡镇，请在站点里划转',
  }),
  column('address', '地址', text(200), { empty: '' }),
  column('phone', '电话', text(30), { also: ['咨询电话'], empty: '' }),
  column('supervisionPhone', '监督电话', text(30), { empty: '' }),
  column('hours', '开门时间', text(200), { also: ['办公时间'], empty: '' }),
];

const STAFF_COLUMNS: readonly Column[] = [
  column('name', '姓名', text(120), { required: true }),
  column('site', '站点代码', text(20), {
    required: true,
    also: ['12 位代码', '代码'],
    hint: '在哪个站点；已有的人换站点，请在人员里调',
  }),
  column(
    'roles',
    '角色',
    { is: 'many', of: STAFF_ROLES, words: ROLE_NAMES },
    {
      required: true,
      hint: '村站只有代办员；乡镇有窗口、审查和负责人；县级还有管理、发布、审计',
    },
  ),
  column('department', '部门', text(60), { empty: '' }),
  column('login', '登录名', text(60), { empty: '', hint: '只有县管理员要填' }),
  column('id', '人员编号', text(60), {
    also: ['编号'],
    empty: '',
    hint: '新添的人不填；导出的文件里有，改人的时候别动',
  }),
];

export const PLACE_BOOK: BookShape<PlaceKind> = {
  kinds: ['sites', 'staff'],
  titleOf: (kind) => (kind === 'sites' ? '站点' : '人员'),
  columnsOf: (kind) => (kind === 'sites' ? SITE_COLUMNS : STAFF_COLUMNS),
};
