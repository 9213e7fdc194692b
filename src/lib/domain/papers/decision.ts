/**
 * 准予、不予决定书: facts, basis, result and its validity; a refusal gives its reasons and the remedies (行政许可法 §38). A permit
 * that was granted is delivered within ten working days (§44).
 */
import { DELIVERY_DAYS } from '../clocks.ts';
import type { Item } from '../item.ts';
import { organPaper } from './organ-paper.ts';
import type { PaperFacts } from './sheet.ts';
import { remedies, requestOf } from './wording.ts';
import type { Block, Paper, PaperFact } from './paper.ts';
import { youOf } from './parties.ts';

/** 准予行政许可决定书 · 不予行政给付决定书; what is no administrative act by name is 办理. */
export function decisionTitle(item: Pick<Item, 'type'>, granted: boolean): string {
  const act = /^行政/.test(item.type) ? item.type : '办理';
  return `${granted ? '准予' : '不予'}${act}决定书`;
}

/** null before the decision. */
export function decisionPaper(facts: PaperFacts): Paper | null {
  const { state, item } = facts;
  const { decision } = state;
  if (decision === null) return null;
  const you = youOf(state.applicant);
  const title = decisionTitle(item, decision.granted);
  const body: Block[] = [
    { is: 'text', text: `${you}于 ${requestOf(facts)}，本机关已经受理并审查终结。` },
    {
      is: 'facts',
      facts: [
        { name: decision.granted ? '查明的事实' : '理由', value: decision.facts },
        { name: '依据', value: decision.basis },
        ...(decision.granted ? resultFacts(facts) : []),
      ],
    },
    { is: 'text', text: `根据上述规定，决定${title.slice(0, -3)}。` },
    ...(decision.granted ? [] : [remedies(you)]),
  ];
  return organPaper(facts, { kind: 'decision', title, on: decision.on, body });
}

function resultFacts({ state, item }: PaperFacts): PaperFact[] {
  const soon = item.type === '行政许可' ? `，${DELIVERY_DAYS} 个工作日内送达` : '';
  return [
    { name: '结果', value: item.result },
    ...(state.licenceNumber ? [{ name: '证照编号', value: state.licenceNumber }] : []),
    {
      name: '有效期',
      value: item.resultType === 'licence' ? '以证照上写明的为准' : '以结果文书上写明的为准',
    },
    { name: '领取', value: `${item.resultDelivery.join('、')}${soon}` },
  ];
}
