/** What the public guide says of an item and of a place, in the words of the counter. Pure; nothing is said that is not known. */
import { ACCEPTANCE_DAYS, isVillageOnly } from '#lib/domain/clocks.ts';
import type { Item, Level, Material } from '#lib/domain/item.ts';
import { formOf } from '#lib/domain/papers/material-lines.ts';

/** What is known of a place. */
export interface Known {
  name: string;
  sign: string;
  address: string | null;
  phone: string | null;
  supervision: string | null;
}

interface Fact {
  name: string;
  value: string;
}

/** A station has its township's telephones. */
export function contactFacts(place: Known, township: Known | null): Fact[] {
  const phone = place.phone ?? township?.phone ?? null;
  const supervision = place.supervision ?? township?.supervision ?? null;
  const ask = phone ? `请先打 ${phone} 问` : '去之前请先问村里或乡镇';
  return [
    { name: '办理地点', value: place.sign },
    { name: '地址', value: place.address ?? `没有登记；${ask}` },
    { name: '办理时间', value: `没有登记；${ask}` },
    { name: '咨询电话', value: phone ?? '没有登记' },
    { name: '监督电话', value: supervision ?? '没有登记' },
  ];
}

const isOnTheSpot = ({ handling, promisedDays }: Item): boolean =>
  handling === '即办件' || promisedDays === 0;

export const promiseOf = (item: Item): string =>
  isOnTheSpot(item) ? '当场办结' : `${item.promisedDays} 个工作日`;

export const statutoryOf = ({ statutoryDays }: Item): string =>
  statutoryDays > 0 ? `${statutoryDays} 个工作日` : '清单里没有写明';

export function proxyOf({ mustAppear, proxyAllowed }: Item): string {
  if (mustAppear) return `要本人到场：${mustAppear}`;
  return proxyAllowed ? '可以委托他人；村里的代办员免费代办' : '不能代办';
}

const SEX: Readonly<Record<string, string>> = { male: '男', female: '女' };

/** Age and sex that the number on an identity card shows; empty when the item asks for neither. */
export function eligibleOf({ eligibility }: Item): string {
  const { minAge, maxAge, sex } = eligibility ?? {};
  const age =
    minAge !== undefined && maxAge !== undefined
      ? `${minAge} 至 ${maxAge} 周岁`
      : minAge !== undefined
        ? `满 ${minAge} 周岁`
        : maxAge !== undefined
          ? `不超过 ${maxAge} 周岁`
          : '';
  return [age, sex === undefined ? '' : `性别${SEX[sex] ?? sex}`].filter(Boolean).join('，');
}

/** A row of the materials: name, form, when it is needed, where it comes from, what is possible without it. */
export interface MaterialRow {
  code: string;
  name: string;
  form: string;
  when: string;
  source: string;
  without: string;
}

export const materialRow = (material: Material, toleranceDays: number): MaterialRow => ({
  code: material.code,
  name: material.name,
  form: formOf(material),
  when: material.when ?? (material.required ? '都要带' : '需要时带'),
  source: material.source,
  without: [
    ...(material.licence ? [`有电子证照（${material.licence}）的可以不带`] : []),
    ...(material.tolerable ? [`可以容缺，受理后 ${toleranceDays} 个工作日内补`] : []),
  ].join('；'),
});

/** 办理流程: who does what, until when. A village passes on; what only villages handle ends there. */
export function stepsOf(item: Item, level: Level): string[] {
  const result = `结果：${item.result}。${item.resultDelivery.join('、')}。`;
  if (isVillageOnly(item)) {
    return [
      '带材料到村（社区）便民服务站交件，当场给收件凭证。',
      isOnTheSpot(item) ? '站点当场办结。' : `站点 ${item.promisedDays} 个工作日内办好。`,
      result,
    ];
  }
  const station = level === 'village';
  return [
    `带材料到${station ? '村（社区）便民服务站' : '便民服务中心窗口'}交件，当场给收件凭证。`,
    `${station ? '材料送到乡镇（街道）' : '收到材料'}后 ${ACCEPTANCE_DAYS} 个工作日内告知是否受理；要补正的一次说清，不受理的书面说明理由。`,
    isOnTheSpot(item) ? '受理后当场办结。' : `受理后 ${item.promisedDays} 个工作日内办好。`,
    result,
  ];
}

const LONGEST_DESCRIPTION = 150;

/** What a search engine shows below the title. */
export function describe(item: Item, where: string): string {
  const text = `${where}${item.name}：${item.conditions}材料 ${item.materials.length} 种，${promiseOf(item)}，${item.fee}。`;
  return text.length > LONGEST_DESCRIPTION ? `${text.slice(0, LONGEST_DESCRIPTION - 1)}…` : text;
}

/** The item as schema.org has it, for search engines. */
export function structured(item: Item, at: { url: string; area: string; site: Known | null }): object {
  const { site } = at;
  return {
    '@context': 'https://schema.org',
    '@type': 'GovernmentService',
    name: item.name,
    identifier: item.taskCode,
    description: item.conditions,
    serviceType: item.type,
    url: at.url,
    serviceOperator: { '@type': 'GovernmentOrganization', name: item.department },
    areaServed: { '@type': 'AdministrativeArea', name: at.area },
    audience: item.audience.map((name) => ({ '@type': 'Audience', audienceType: name })),
    ...(site
      ? {
          availableChannel: {
            '@type': 'ServiceChannel',
            serviceLocation: {
              '@type': 'Place',
              name: site.sign,
              ...(site.address ? { address: site.address } : {}),
            },
            ...(site.phone ? { servicePhone: { '@type': 'ContactPoint', telephone: site.phone } } : {}),
          },
        }
      : {}),
  };
}
