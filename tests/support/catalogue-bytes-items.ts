/**
 * The catalogue that the bytes of all peers were measured on, as our items: 220 of them, 826 KB of JSON, random words of
 * the field with the frequencies of a language (the same counts, sizes and vocabulary, another random sequence). One seed,
 * one catalogue; `nextRelease` changes five items in the way the peers' second release does.
 */
import type { Field, Item, ItemType, Material } from '#lib/domain/item.ts';

const words = (text: string): string[] => text.split(/\s+/);
const TOPIC = words(
  '养老保险 医疗保险 失业保险 工伤保险 生育津贴 低保金 临时救助 特困供养 残疾人补贴 高龄津贴 就业创业证 灵活就业 劳动合同 退休待遇 社会保障卡 居住证 户口迁移 身份证 出生登记 婚姻登记 生育服务 独生子女 计划生育 宅基地 土地承包 农机购置 农药经营 种子经营 动物检疫 林木采伐 水域养殖 取水许可 建筑垃圾 户外广告 占道经营 食品经营 个体工商户 企业设立 烟草零售 公共卫生 医疗机构 食品小作坊 幼儿园入学 助学贷款 学籍转接 教师资格 法律援助 公证服务 人民调解 退役军人 优抚对象 烈士褒扬 公租房 住房公积金 不动产登记 房屋租赁 危房改造 物业维修 燃气开户 自来水过户 用电报装 殡葬服务 老年优待证 残疾人证 志愿服务 社区矫正 流动人口 危险化学品 消防检查 防雷装置',
);
const ACT = words(
  '参保登记 变更登记 注销登记 待遇申领 资格认证 关系转移 信息查询 补贴发放 审核确认 申请受理 备案 核发 换发 补领 延期 缴费 减免 鉴定 年审 迁入 迁出 复核 撤销 登记证明',
);
const WHO = words(
  '城乡居民 灵活就业人员 农村集体 企业职工 困难家庭 未成年人 老年人 残疾人 个体经营者 被征地农民 返乡创业人员 外来务工人员 新生儿 退役士兵 高校毕业生',
);
const DEPARTMENT = words(
  '人力资源和社会保障局 民政局 公安局 卫生健康委员会 农业农村局 自然资源和规划局 市场监督管理局 医疗保障局 教育体育局 退役军人事务局 住房和城乡建设局 司法局 残疾人联合会 城市管理局 水利局 林业局 税务局 应急管理局',
);
const MATERIAL = words(
  '居民身份证 居民户口簿 结婚证 出生医学证明 近期免冠照片 银行卡复印件 授权委托书 申请表 劳动合同 营业执照 不动产权证书 村委会证明 收入证明 病历诊断书 住院发票 残疾等级评定表 死亡证明 承诺书 房屋租赁合同 学历证书 退役证 土地承包合同 用地红线图 环境影响登记表 法人身份证明 现场照片 验资报告 从业人员健康证 缴费凭证 离职证明',
);
const LAW = words(
  '社会保险法 户口登记条例 城市居民最低生活保障条例 残疾人保障法 土地管理法 农村土地承包法 社会救助暂行办法 食品安全法 行政许可法 工伤保险条例 失业保险条例 婚姻登记条例 居住证暂行条例 森林法 老年人权益保障法 信访条例 不动产登记暂行条例 义务教育法',
);
const QUESTION = words(
  '姓名 身份证号码 性别 民族 出生日期 联系电话 户籍地址 现居住地址 开户银行 银行账号 申请事由 与户主关系 家庭人口数 家庭年收入 残疾类别 残疾等级 缴费档次 首次缴费年度 工作单位 入职时间 离职原因 健康状况 婚姻状况 文化程度 监护人姓名 监护人电话 房屋坐落 建筑面积 经营范围 经营场所 注册资金 土地面积 地块编号 毕业院校 专业 就诊医院 住院号 金额合计 邮寄地址 领取方式',
);
const COMMON = words(
  '申请人 应当 提交 符合 规定 条件 材料 齐全 本市 户籍 持有 有效 期限 乡镇 街道 便民 服务 中心 窗口 受理 审核 通过 之日 起 工作日 内 作出 决定 书面 告知 不予 理由 依法 办理 登记 信息 核对 真实 家庭 成员 收入 低于 标准 连续 居住 满 年 以上 未满 周岁 或者 已经 缴纳 费用 单位 个人 账户 银行 发放 按月 一次性 补助 金额 上级 主管 部门 报送 公示 无异议 后 复印件 原件 扫描 上传 电话 咨询 现场 勘验 专家 评审 听证 送达 邮寄 领取 结果 证明 村民 委员会 代办 帮办 上门 网上 平台 自助 终端 跨省 通办 异地 委托 监护 代理 法定 承诺 时限 提速 即办 容缺 补正 变化 停止 恢复 追回 骗取 责任 监督 投诉 渠道 县级 人民政府',
);
const TYPES: ItemType[] = ['行政许可', '行政确认', '行政给付', '公共服务', '其他行政权力'];
const KINDS: Material['kind'][] = ['原件', '复印件', '原件和复印件', '电子件'];
const FIELDS: Field['type'][] = ['text', 'idNumber', 'phone', 'date', 'select', 'number'];

/** 0 ≤ x < 1, the same sequence for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Drawer {
  readonly #next: () => number;
  constructor(seed: number) {
    this.#next = chance(seed);
  }
  odds = (share: number): boolean => this.#next() < share;
  whole = (low: number, high: number): number => low + Math.floor(this.#next() * (high - low + 1));
  one = <T>(from: readonly T[]): T => from[Math.floor(this.#next() * from.length)]!;
  /** The first ones of a list more often than the last. */
  common = (from: readonly string[]): string => from[Math.floor(from.length * this.#next() ** 2)]!;
  digits = (count: number): string => this.many(count, () => this.whole(0, 9)).join('');
  many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
  some = (count: number, from: () => string): string[] => [...new Set(this.many(count, from))];
  sentence = (length: number): string =>
    this.many(length, (i) => this.common(COMMON) + (i % 7 === 6 ? '，' : '')).join('') + '。';
}

export function syntheticItems(count = 220, seed = 1688): Item[] {
  const draw = new Drawer(seed);
  const names = new Set<string>();
  return draw.many(count, (i) => {
    let name: string;
    do name = (draw.odds(0.5) ? draw.one(WHO) : '') + draw.one(TOPIC) + draw.one(ACT);
    while (names.has(name));
    names.add(name);
    return itemOf(draw, name, i);
  });
}

function itemOf(draw: Drawer, name: string, i: number): Item {
  const statutoryDays = draw.whole(1, 60);
  const code = draw.digits(8) + String(i).padStart(4, '0');
  const department = draw.one(DEPARTMENT);
  return {
    code,
    taskCode: `114105260057${DEPARTMENT.indexOf(department) + 10}4${code}0000`,
    name,
    type: draw.one(TYPES),
    department,
    levels: ['township', 'subdistrict', 'village'],
    audience: draw.one([['自然人'], ['企业法人'], ['社会组织法人'], ['自然人', '企业法人']]),
    topics: [draw.one(TOPIC)],
    handling: '承诺件',
    statutoryDays,
    promisedDays: draw.whole(1, statutoryDays),
    fee: draw.odds(0.85) ? '不收费' : `每件${draw.whole(5, 200)}元`,
    legalBasis: draw.some(
      draw.whole(1, 3),
      () => `《中华人民共和国${draw.one(LAW)}》第${draw.whole(1, 99)}条`,
    ),
    conditions: draw.sentence(draw.whole(58, 98)),
    materials: draw.many(draw.whole(4, 7), (k) => materialOf(draw, k)),
    form: formOf(draw),
    result: name.slice(0, 10) + draw.one(['登记表', '证明', '许可证', '决定书']),
    resultType: draw.one(['licence', 'document']),
    resultDelivery: [draw.one(['窗口领取', '邮寄送达', '网站下载'])],
    visits: draw.whole(0, 1),
    keywords: draw.some(2, () => draw.common(COMMON) + draw.common(COMMON)),
    proxyAllowed: draw.odds(0.5),
    mustAppear: draw.sentence(draw.whole(52, 92)),
  };
}

function materialOf(draw: Drawer, k: number): Material {
  return {
    code: `M${String(k + 1).padStart(4, '0')}`,
    name: draw.common(MATERIAL),
    kind: draw.one(KINDS),
    copies: draw.whole(1, 3),
    required: draw.odds(0.7),
    when: draw.sentence(draw.whole(9, 17)),
    source: draw.one(['申请人自备', '政府部门核发', '其他']),
    shareable: draw.odds(0.5),
  };
}

function formOf(draw: Drawer): Field[] {
  const labels = draw.some(draw.whole(9, 14), () => draw.one(QUESTION));
  return labels.map((label, k): Field => {
    const type = draw.one(FIELDS);
    const field: Field = { key: `f${k}`, label, type, required: draw.odds(0.6) };
    if (type === 'text') field.maxLength = draw.one([20, 40, 60, 200]);
    if (type === 'select') field.options = draw.some(draw.whole(2, 5), () => draw.common(COMMON));
    return field;
  });
}

/** Five items change: days promised, a digit or seven somewhere, a material's note and duty, one question more. */
export function nextRelease(items: readonly Item[], seed = 2024, changed = [7, 58, 101, 163, 219]): Item[] {
  const draw = new Drawer(seed);
  const next = structuredClone(items) as Item[];
  for (const at of changed) {
    const item = next[at]!;
    const [material] = item.materials;
    if (item.handling === '承诺件') item.promisedDays = draw.whole(1, Math.min(9, item.statutoryDays || 9));
    else item.visits = draw.whole(1, 3);
    item.fee = `缴费查询电话0372-${draw.digits(7)}`;
    material!.when = draw.sentence(5);
    material!.required = !material!.required;
    item.form.push({ key: `f${item.form.length}`, label: '备用联系人电话', type: 'phone', required: false });
  }
  return next;
}
