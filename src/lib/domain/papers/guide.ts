/**
 * 一次性告知单 of an item, blank: what to bring, for whom, how long, what it costs (首问负责、一次告知). Given to whoever asks, so it
 * names nobody. Its number is the version of the list it was printed from.
 */
import type { Instant } from '../day.ts';
import type { Item, Material } from '../item.ts';
import { sheet } from './sheet.ts';
import { formOf } from './material-lines.ts';
import { receiverOf, type Office } from './office.ts';
import type { Paper } from './paper.ts';

export interface GuideFacts {
  item: Item;
  /** Hash of the item's version. */
  version: string;
  office: Office;
  now: Instant;
}

export function guidePaper({ item, version, office, now }: GuideFacts): Paper {
  return sheet(
    { office, now, copy: 'applicant', reprint: false },
    {
      kind: 'guide',
      issuer: receiverOf(office),
      title: '一次性告知单',
      subtitle: item.name,
      number: { name: '清单版本', value: version.slice(0, 12) },
      blocks: [
        {
          is: 'facts',
          pairs: true,
          facts: [
            { name: '实施编码', value: item.taskCode },
            { name: '主管部门', value: item.department },
            { name: '适合谁办', value: item.conditions },
            { name: '办理时限', value: termOf(item) },
            { name: '收费', value: item.fee },
            { name: '要跑几次', value: `${item.visits} 次` },
            {
              name: '代办',
              value: item.mustAppear
                ? `要本人到场：${item.mustAppear}`
                : item.proxyAllowed
                  ? '可以委托他人，免费代办'
                  : '不能代办',
            },
            { name: '结果', value: `${item.result}（${item.resultDelivery.join('、')}）` },
          ],
        },
        {
          is: 'table',
          caption: '要带的材料',
          columns: [
            { name: '材料' },
            { name: '形式', narrow: true },
            { name: '说明' },
            { name: '带齐打钩', narrow: true },
          ],
          rows: item.materials.map((material) => [material.name, formOf(material), remarkOf(material), '□']),
        },
        {
          is: 'list',
          lines: [
            `到${receiverOf(office)}交件，给您收件凭证${office.station ? `；材料送到${office.organ}后` : '；收到后'} 5 个工作日内告知是否受理。`,
            ...(item.legalBasis.length > 0 ? [`依据：${item.legalBasis.join('、')}。`] : []),
          ],
        },
        { is: 'warning', text: '除上面写明的，不再要求别的材料。', short: '除此以外不再要别的材料' },
      ],
    },
  );
}

const termOf = ({ promisedDays, statutoryDays }: Item): string => {
  const promised = promisedDays > 0 ? `受理后 ${promisedDays} 个工作日（承诺）` : '当场办结';
  return statutoryDays > 0 ? `${promised}；法定 ${statutoryDays} 个工作日` : promised;
};

const remarkOf = ({ required, when, tolerable, licence }: Material): string =>
  [
    when ?? (required ? '必带' : '需要时带'),
    ...(tolerable ? ['可以后补'] : []),
    ...(licence ? [`有电子证照的可以不带`] : []),
  ].join('；');
