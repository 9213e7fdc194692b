/**
 * 不予受理通知书: on which ground, with reason and article, to whom else to turn, and the two remedies (行政许可法 §32 (1), (2);
 * 行政复议法 §20; 行政诉讼法 §46).
 */
import { organPaper } from './organ-paper.ts';
import type { PaperFacts } from './sheet.ts';
import { basisOf, remedies, requestOf } from './wording.ts';
import type { Block, Paper } from './paper.ts';
import { youOf } from './parties.ts';

/** null unless acceptance was refused. */
export function refusalPaper(facts: PaperFacts): Paper | null {
  const { state, item } = facts;
  const { refusal } = state;
  if (refusal === null) return null;
  const you = youOf(state.applicant);
  const permit = item.type === '行政许可';
  const ground = {
    notNeeded: `申请事项依法不需要${permit ? '取得行政许可' : '办理'}`,
    notOurs: '申请事项依法不属于本机关职权范围',
    unfit: '申请不符合受理条件',
  }[refusal.ground];
  const clause = {
    notNeeded: basisOf(item, '第三十二条第一款第一项'),
    notOurs: basisOf(item, '第三十二条第一款第二项'),
    unfit: null,
  }[refusal.ground];
  const basis = [...(permit && clause ? [clause] : []), refusal.basis].join('、');
  const body: Block[] = [
    { is: 'text', text: `${you}于 ${requestOf(facts)}，经审查，${ground}。` },
    {
      is: 'facts',
      facts: [
        { name: '理由', value: refusal.reason },
        { name: '依据', value: basis },
        ...(refusal.organ ? [{ name: '有权机关', value: `${refusal.organ}，请向该机关申请` }] : []),
      ],
    },
    { is: 'text', text: '根据上述规定，决定不予受理。' },
    remedies(you),
  ];
  return organPaper(facts, { kind: 'refusal', title: '不予受理通知书', on: refusal.on, body });
}
