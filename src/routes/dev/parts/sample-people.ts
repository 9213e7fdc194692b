/** Made-up applicants and items for sample papers: an old villager, a child with a guardian, a firm, a proxy, and the worst of names. */
import type { Applicant, Handler } from '#lib/domain/commands.ts';
import type { Item, Material } from '#lib/domain/item.ts';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import { sampleUscc } from '#lib/domain/uscc.ts';

export const SAMPLE_CASES = ['person', 'guardian', 'legal', 'proxy', 'extreme'] as const;
export type SampleCase = (typeof SAMPLE_CASES)[number];

const ADDRESS = '滑县白道口镇许村一组 12 号';
const { name, ...king } = samplePerson(0, { birthDate: '1944-03-05', sex: 'female' });
const villager: Applicant = { ...king, name, kind: 'person', address: ADDRESS };

const helper = samplePerson(3);
const proxy: Extract<Handler, { kind: 'proxy' }> = {
  kind: 'proxy',
  name: helper.name,
  idKind: 'residentId',
  idNumber: helper.idNumber,
  phone: helper.phone,
  relation: '村（社区）代办员',
  acts: ['填表', '交件', '签收补正'],
  authorisation: { kind: 'fingerprint', by: name, witness: { kind: 'paper', by: '张样本' } },
};

const boss = samplePerson(5);
const firm = (firmName: string): Applicant => ({
  kind: 'legal',
  name: firmName,
  idKind: 'uscc',
  idNumber: sampleUscc(1),
  birthDate: null,
  sex: null,
  phone: '13800000005',
  address: '滑县白道口镇示例大街 1 号',
  representative: { name: boss.name, idKind: 'residentId', idNumber: boss.idNumber },
});

/** Who applies and who handles it, in each case. */
export function samplePeople(which: SampleCase): { applicant: Applicant; handler: Handler } {
  const self: Handler = { kind: 'self' };
  const parent = samplePerson(7);
  const child = samplePerson(9, { birthDate: '2020-06-01' });
  switch (which) {
    case 'person':
      return { applicant: villager, handler: self };
    case 'proxy':
      return { applicant: villager, handler: proxy };
    case 'guardian':
      return {
        applicant: {
          ...child,
          kind: 'person',
          address: ADDRESS,
          guardian: {
            name: parent.name,
            idKind: 'residentId',
            idNumber: parent.idNumber,
            phone: parent.phone,
            relation: '父母',
          },
        },
        handler: self,
      };
    case 'legal':
      return { applicant: firm('安阳示例现代农业开发有限公司'), handler: self };
    case 'extreme':
      return {
        // a hundred characters, a dot, a rare character, and markup that must stay text
        applicant: {
          ...firm(`阿卜杜拉·𬱖<img src=x onerror=alert(1)>${'安阳示例现代农业综合开发投资'.repeat(5)}`),
        },
        handler: {
          ...proxy,
          authorisation: { kind: 'paper', by: boss.name },
          name: `阿卜杜热合曼·${'买买提江'.repeat(8)}`,
        },
      };
  }
}

const material = (code: string, materialName: string, change: Partial<Material> = {}): Material => ({
  code,
  name: materialName,
  kind: '原件',
  copies: 1,
  required: true,
  source: '政府部门核发',
  shareable: true,
  ...change,
});

const allowance: Item = {
  code: '410511005000',
  taskCode: '11410526MB0000000X6410511005000',
  name: '老年人高龄津贴认定',
  type: '行政给付',
  department: '民政局',
  levels: ['township', 'subdistrict', 'village'],
  audience: ['自然人'],
  topics: ['民政救助'],
  handling: '承诺件',
  statutoryDays: 20,
  promisedDays: 10,
  fee: '不收费',
  legalBasis: ['《河南省老年人权益保障条例》', '《安阳市高龄津贴发放办法》'],
  conditions: '具有本地户籍、年满 80 周岁及以上的老年人。',
  materials: [
    material('M0001', '居民身份证', { kind: '原件和复印件', licence: '居民身份证' }),
    material('M0002', '居民户口簿', { kind: '复印件', licence: '居民户口簿' }),
    material('M0003', '本人社会保障卡或银行存折（卡）', { kind: '复印件', tolerable: true }),
    material('M0026', '代办人居民身份证', { required: false, when: '委托他人办理的' }),
  ],
  form: [{ key: 'livingMode', label: '居住方式', type: 'text', required: true }],
  result: '高龄津贴发放审批表',
  resultType: 'document',
  resultDelivery: ['窗口领取', '村里代送'],
  visits: 0,
  keywords: [],
  proxyAllowed: true,
};

export function sampleItem(which: SampleCase): Item {
  if (which === 'legal')
    return {
      ...allowance,
      name: '食品小作坊登记',
      type: '行政许可',
      legalBasis: ['《中华人民共和国食品安全法》第三十六条'],
      resultType: 'licence',
      result: '食品小作坊登记证',
      audience: ['企业法人'],
    };
  if (which !== 'extreme') return allowance;
  const long = '参保人死亡证明材料（死亡医学证明、火化证或者户口注销证明之一）';
  return {
    ...allowance,
    name: `${'城乡居民基本养老保险注销登记与丧葬补助金申领'.repeat(2)}（含个人账户余额一次性支付）`,
    conditions: allowance.conditions.repeat(12),
    materials: Array.from({ length: 40 }, (_, n) =>
      material(`M1${String(n).padStart(3, '0')}`, n % 3 === 0 ? `${long}${n}` : `材料${n}`, {
        kind: n % 2 ? '复印件' : '原件和复印件',
        copies: (n % 4) + 1,
        tolerable: n === 39,
      }),
    ),
  };
}
