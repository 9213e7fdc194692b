/**
 * The sheet of an item of which only the station's part is known: the 298 example items, and a county's published items
 * from before it kept a working list. What the item does not say is made up so that it passes every check, and the
 * sheet is marked synthetic.
 */
import type { Item, Material } from '#lib/domain/item.ts';
import type { MaterialType, ServerType } from './enumerations.ts';
import { parseImplementationCode } from './implementation-code.ts';
import { blankStandard } from './part-columns.ts';
import type { FeeItem, Link, ItemSheet, MaterialStandard, Standard } from './sheet.ts';

/** No such numbers exist. */
const SAMPLE_PHONES = { consultPhone: '0372-0000000', supervisePhone: '0372-0000001' } as const;
/** Companies and bodies that are no organ of the state, and act because a law lets them. */
const AUTHORISED = /公司$|联合会$|总工会$|管理中心$/;
/** Said of a fee that somebody pays; the rest say that there is none. */
const CHARGED = /元|标准|公示/;

export function upgradeItem(item: Item): ItemSheet {
  const code = parseImplementationCode(item.taskCode);
  const standard: Standard = {
    catalogCode: item.code,
    localCatalogCode: '',
    localTaskCode: '',
    handleItem: `${item.taskCode}01`,
    powerSource: '法定本级行使',
    useLevel: code?.levelDigit === '6' ? '村（社区）' : '镇（乡、街道）',
    deptCode: code?.creditCode ?? '',
    deptType: AUTHORISED.test(item.department) ? '授权组织' : '法定机关',
    entrustName: '',
    otherDepts: '',
    intermediary: '',
    anticipate: {
      amount: item.statutoryDays === 0 ? null : item.statutoryDays,
      unit: '工作日',
      explain: item.statutoryDays === 0 ? '没有查到法定时限' : '法律以自然日规定的，已折合成工作日',
    },
    promise: { amount: item.promisedDays, unit: '工作日', explain: '' },
    flow: linksOf(item)
      .map(({ name }) => name)
      .join('→'),
    links: linksOf(item),
    specialProcedure: '无',
    ...feesOf(item),
    ...audienceOf(item),
    handleTypes: item.visits === 0 ? ['窗口办理', '快递申请'] : ['窗口办理'],
    handleArea: '无',
    sceneReason: item.visits === 0 ? '' : (item.mustAppear ?? '要核对材料原件'),
    online: false,
    onlineDepth: '',
    onlineUrl: '',
    express: item.visits === 0 || item.resultDelivery.includes('邮寄送达'),
    appointment: true,
    terminal: false,
    inCentre: true,
    resultType: item.resultType === 'licence' ? '证照' : '批文',
    resultSamples: [`${item.result}（样本）.pdf`],
    quantityLimit: '无',
    materials: item.materials.map(upgradeMaterial),
    faq: faqOf(item),
    address: '乡镇（街道）便民服务中心、村（社区）便民服务站',
    hours: '工作日 9:00—12:00，13:00—17:00',
    ...SAMPLE_PHONES,
    version: 1,
    state: '在用',
    effectiveFrom: '',
    cancelledFrom: '',
  };
  return { item, standard, synthetic: true };
}

const link = (name: string, days: number): Link => ({
  name,
  office: '',
  handler: '',
  days,
  special: false,
});

/** 许可 has the five steps of the law; what is settled on the spot has no more than taking in and giving out. */
function linksOf({ type, handling, promisedDays }: Item): Link[] {
  if (type === '行政许可') {
    return ['受理', '审核', '审批', '办结', '送达'].map((name) =>
      link(name, name === '审核' ? promisedDays : 0),
    );
  }
  return handling === '即办件'
    ? [link('受理', 0), link('办结', 0)]
    : [link('受理', 0), link('审核', promisedDays), link('办结', 0)];
}

function feesOf({
  fee,
  legalBasis,
}: Item): Pick<Standard, 'charged' | 'feeBasis' | 'feeItems' | 'payOnline'> {
  if (!CHARGED.test(fee)) return { charged: false, feeBasis: '', feeItems: [], payOnline: false };
  const basis = legalBasis[0] ?? '按公布的收费标准';
  const item: FeeItem = { name: '办理费用', rate: fee, basis, reducible: false, reduction: '' };
  return { charged: true, feeBasis: basis, feeItems: [item], payOnline: false };
}

function audienceOf({ audience, topics }: Item): Pick<Standard, 'serverTypes' | 'userTopics' | 'corpTopics'> {
  const person = audience.includes('自然人');
  const corporate = audience.includes('法人');
  const bodies: ServerType[] = ['企业法人', '事业法人', '社会组织法人'];
  return {
    serverTypes: [...(person ? (['自然人'] as const) : []), ...(corporate ? bodies : [])],
    userTopics: person ? [...topics] : [],
    corpTopics: corporate ? [...topics] : [],
  };
}

const faqOf = ({ type, name, conditions }: Item): Standard['faq'] =>
  type === '行政许可'
    ? [{ question: `哪些人可以申请${name}？`, answer: conditions || '符合法定条件的申请人。' }]
    : [];

/** What a name says of itself: forms are filled, papers are issued. */
const materialType = ({ name }: Material): MaterialType =>
  /表|申请书|承诺书|委托书|登记单/.test(name)
    ? '申请表格文书'
    : /证|执照|证明|户口簿|文件/.test(name)
      ? '证件证书证明'
      : '其他';

function upgradeMaterial(material: Material): MaterialStandard {
  const electronic = material.kind === '电子件';
  return {
    ...blankStandard(material.code),
    type: materialType(material),
    format: electronic ? '电子化' : material.shareable ? '纸质和电子化' : '纸质',
    paper: electronic ? '' : 'A4',
  };
}
