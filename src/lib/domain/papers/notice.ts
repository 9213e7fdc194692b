/**
 * 补正材料通知书 (一次性告知): every defect at once, with the form that the law asks for, why, until when, how, and what
 * happens otherwise (行政许可法 §32 (4); domain.md §3). `nth` counts the notices of an application from 1.
 */
import { ACCEPTANCE_DAYS } from '../clocks.ts';
import type { Defect } from '../commands.ts';
import type { Item } from '../item.ts';
import { organPaper } from './organ-paper.ts';
import type { PaperFacts } from './sheet.ts';
import { basisOf, placesOf, requestOf, termText } from './wording.ts';
import { formOf } from './material-lines.ts';
import type { Block, Paper } from './paper.ts';
import { youOf } from './parties.ts';

export function noticePaper(facts: PaperFacts, nth: number): Paper | null {
  const { state, item, calendar, policy, office } = facts;
  const notice = state.notices[nth - 1];
  if (notice === undefined) return null;
  const you = youOf(state.applicant);
  const body: Block[] = [
    {
      is: 'text',
      text: `${you}于 ${requestOf(facts)}，经核对，申请材料不齐全或者不符合法定形式。根据${basisOf(item, '第三十二条第一款第四项')}，现将需要补正的全部内容一次告知如下：`,
    },
    {
      is: 'table',
      caption: '需要补正的内容',
      columns: [{ name: '材料或内容' }, { name: '存在的问题和要求', wide: true }, { name: '依据' }],
      rows: notice.defects.map((defect) => [
        defectName(item, defect),
        defect.problem,
        defect.basis ?? '本事项实施清单',
      ]),
    },
    ...(nth > 1 && notice.secondReason
      ? [{ is: 'text' as const, text: `这是第 ${nth} 次告知。原因：${notice.secondReason}。` }]
      : []),
    {
      is: 'list',
      lines: [
        `补正期限：${termText(calendar, notice.requestedOn, policy.correctionDays)}。`,
        `补正方式：把补正的材料交到${placesOf(office)}，带上本通知书或者报凭证号；行动不便的，可以请代办员上门代收。`,
        `补正到齐以后，本机关在 ${ACCEPTANCE_DAYS} 个工作日内告知是否受理。第一次就能看出、这次没有写明的问题，不再要求补正。`,
        `逾期不补正的，本次申请终止办理；不影响${you}以后重新申请。`,
        // of all else than permits the first sentence names it
        ...(item.type === '行政许可' && item.legalBasis.length > 0
          ? [`本事项的依据：${item.legalBasis.join('、')}。`]
          : []),
      ],
    },
  ];
  const title = '补正材料通知书';
  return organPaper(facts, {
    kind: 'notice',
    title,
    subtitle: '（一次性告知）',
    nth,
    on: notice.requestedOn,
    body,
  });
}

/** What the defect is about, as the counter calls it; of a material also the form that is required. */
export function defectName(item: Item, { kind, target }: Defect): string {
  if (kind === 'material') {
    const material = item.materials.find(({ code }) => code === target);
    return material ? `${material.name}（${formOf(material)}）` : target;
  }
  if (target === 'applicant') return '申请人信息';
  if (target === 'handler') return '经办人信息';
  if (target === 'signature') return '申请人签名';
  const key = target.slice('answers.'.length);
  return `申请表：${item.form.find((field) => field.key === key)?.label ?? key}`;
}
