/**
 * 送达回证: which document went to whom, how, when, and who signed for it. Printed blank once there is something to
 * deliver, to be signed on paper; filled in after delivery. It stays with whoever delivered, so numbers are masked.
 */
import { isVillageOnly } from '../clocks.ts';
import type { Delivery } from '../commands.ts';
import { formatDay } from '../day.ts';
import { caseFacts } from './organ-paper.ts';
import { sheet, type PaperFacts } from './sheet.ts';
import { decisionTitle } from './decision.ts';
import { documentNumber } from './number.ts';
import { receiverOf } from './office.ts';
import type { Paper } from './paper.ts';
import { BLANK, documentOf } from './parties.ts';

const MODES: [Delivery['mode'] | 'locker', string][] = [
  ['window', '窗口直接送达'],
  ['village', '村（社区）站代送'],
  ['post', '邮寄'],
  ['locker', '自助柜'],
];

/** null before the decision. */
export function deliveryPaper(facts: PaperFacts): Paper | null {
  const { state, office } = facts;
  const { decision, delivery } = state;
  if (decision === null) return null;
  const who = delivery?.collector;
  const delivered = state.history.filter(({ event }) => event === 'delivered').at(-1);
  return sheet(facts, {
    kind: 'delivery',
    issuer: isVillageOnly(facts.item) ? receiverOf(office) : office.organ,
    title: '送达回证',
    number: { name: '文号', value: documentNumber('delivery', office, state.receiptNumber) },
    blocks: [
      { is: 'facts', facts: caseFacts(facts) },
      {
        is: 'table',
        caption: '送达的文书',
        columns: [{ name: '文书' }, { name: '文号或编号' }, { name: '份数', narrow: true }],
        rows: documentRows(facts),
      },
      {
        is: 'choices',
        name: '送达方式',
        options: MODES.map(([mode, text]) => ({ text, on: delivery?.mode === mode })),
      },
      {
        is: 'facts',
        pairs: true,
        facts: [
          { name: '送达地点', value: delivery?.mode === 'village' ? receiverOf(office) : BLANK },
          { name: '邮寄单号', value: delivery?.trackingNumber ?? (delivery ? '—' : BLANK) },
          { name: '领取人', value: who ? `${who.name}（${who.relation}）` : BLANK },
          { name: '领取人证件', value: who ? documentOf(facts.copy, who) : BLANK },
          { name: '送达日期', value: delivery ? formatDay(delivery.on) : BLANK },
        ],
      },
      {
        is: 'sign',
        lines: [
          {
            role: '领取人',
            signature: delivery && delivery.mode !== 'post' ? delivery.signature : null,
            ...(delivery ? { on: delivery.on } : {}),
          },
          { role: `送达人${delivered ? `（${delivered.actor.name}）` : ''}`, signature: null },
        ],
      },
      {
        is: 'notes',
        lines: [
          '代收的，写明和受送达人的关系；邮寄的，以回执上的签收为准，回执粘在背面。',
          '拒收或者不肯签字的，由送达人在背面写明情况和日期，请见证人签名。',
        ],
      },
    ],
  });
}

/** The decision, and the result where it was granted; what a village handles alone has no decision of an organ. */
function documentRows({ state, item, office }: PaperFacts): string[][] {
  const granted = state.decision?.granted === true;
  const number = documentNumber('decision', office, state.receiptNumber);
  const decided = isVillageOnly(item) ? [] : [[decisionTitle(item, granted), number, '1']];
  if (granted) return [...decided, [item.result, state.licenceNumber ?? '', '1']];
  return decided.length > 0 ? decided : [['不予办理的书面说明', '', '1']];
}
