/** Words that the synthetic city list (city-list.ts) is put together from: kinds of departments, objects, endings by type. */
import type { ItemType, Material } from '#lib/domain/item.ts';

/** Departments, named as in the 298 items of the demo, and what their made-up items are about. */
export const DEPARTMENTS: readonly { name: string; objects: readonly string[] }[] = [
  { name: '市场监督管理局', objects: ['小型加工点', '食品摊位', '计量器具', '特种设备'] },
  { name: '自然资源和规划局', objects: ['临时用地', '采砂场', '不动产'] },
  { name: '住房和城乡建设局', objects: ['燃气设施', '施工工地', '房屋租赁'] },
  { name: '人力资源和社会保障局', objects: ['职业资格', '培训机构', '就业岗位'] },
  { name: '公安局', objects: ['印章刻制', '养犬', '居住证'] },
  { name: '民政局', objects: ['养老服务点', '社会团体', '公墓'] },
  { name: '卫生健康委员会', objects: ['公共场所卫生', '诊所', '放射设备'] },
  { name: '交通运输局', objects: ['乡村客运线路', '货运车辆', '渡口'] },
  { name: '农业农村局', objects: ['种子生产', '兽医诊所', '渔船', '农机'] },
  { name: '水利局', objects: ['灌溉用水', '取水井', '河道工程'] },
  { name: '林业局', objects: ['林木', '苗木', '野生动物'] },
  { name: '生态环境局', objects: ['污水排放', '危险废物', '辐射装置'] },
  { name: '城市管理局', objects: ['户外广告', '招牌', '建筑垃圾'] },
  { name: '文化广电体育和旅游局', objects: ['文物', '演出场所', '健身场馆', '网吧'] },
  { name: '教育局', objects: ['民办学校', '幼儿园', '教师资格'] },
  { name: '司法局', objects: ['法律服务所', '公证', '法律援助'] },
  { name: '应急管理局', objects: ['烟花爆竹零售', '矿山'] },
  { name: '医疗保障局', objects: ['定点药店', '异地就医'] },
  { name: '税务局', objects: ['发票', '税务资格'] },
  { name: '商务局', objects: ['成品油零售', '再生资源回收'] },
  { name: '财政局', objects: ['代理记账', '非税收入'] },
  { name: '残疾人联合会', objects: ['残疾人证', '辅助器具'] },
  { name: '退役军人事务局', objects: ['优待证', '光荣牌'] },
  { name: '民族宗教事务局', objects: ['宗教活动场所', '清真标识'] },
];

export const WORDS: Readonly<Record<ItemType, readonly string[]>> = {
  行政许可: ['设立许可', '变更许可', '延续许可', '注销许可', '补证'],
  行政确认: ['认定', '登记', '鉴定', '备查确认'],
  行政裁决: ['纠纷裁决'],
  行政给付: ['补助发放'],
  行政奖励: ['表彰奖励'],
  行政检查: ['年度检查'],
  其他行政权力: ['备案', '审核转报', '变更备案'],
  公共服务: ['信息查询', '证明打印', '咨询预约', '证书补领'],
};

const material = (name: string, kind: Material['kind'], source: string): Omit<Material, 'code'> => ({
  name,
  kind,
  copies: 1,
  required: true,
  source,
  shareable: source === '政府部门核发',
});

export const MATERIALS: readonly Omit<Material, 'code'>[] = [
  material('申请表', '原件', '申请人自备'),
  material('居民身份证', '原件', '政府部门核发'),
  material('营业执照', '复印件', '政府部门核发'),
  material('场所平面图', '复印件', '申请人自备'),
  material('承诺书', '原件', '申请人自备'),
];
