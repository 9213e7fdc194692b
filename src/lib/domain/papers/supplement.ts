/** 补正收件凭证: what came in answer to a notice, and that the five days begin anew. A slip like the 收件凭证: masked, no acceptance. */
import { ACCEPTANCE_DAYS } from '../clocks.ts';
import { formatDay, formatInstant } from '../day.ts';
import { formatReceiptNumber } from '../receipt-number.ts';
import type { Application, Notice } from '../state.ts';
import { sheet, type PaperFacts } from './sheet.ts';
import { defectName } from './notice.ts';
import { receiverOf } from './office.ts';
import type { Paper } from './paper.ts';
import { signerRole } from './parties.ts';
import { maskedParties } from './receipt.ts';

/** null until the correction was supplied. */
export function supplementPaper(facts: PaperFacts, nth: number): Paper | null {
  const { state, item, office } = facts;
  const notice = state.notices[nth - 1];
  if (notice?.answers === undefined) return null;
  const supplied = suppliedLine(state, notice);
  const who = supplied ? `\u3000${supplied.actor.name}` : '';
  const received = supplied ? formatInstant(supplied.at) : formatDay(state.acceptanceFrom);
  return sheet(facts, {
    kind: 'supplement',
    issuer: receiverOf(office),
    title: '补正收件凭证',
    number: { name: '凭证号', value: `${formatReceiptNumber(state.receiptNumber)} 补${nth}` },
    masked: true,
    blocks: [
      {
        is: 'facts',
        facts: [
          { name: '凭证号', value: `${formatReceiptNumber(state.receiptNumber)} 补${nth}`, big: true },
          { name: '事项', value: item.name },
          { name: '实施编码', value: item.taskCode },
          ...maskedParties(facts),
          ...(state.caseNumber ? [{ name: '办件编号', value: state.caseNumber }] : []),
          { name: '告知', value: formatDay(notice.requestedOn) },
          { name: '补正收件', value: `${received}${who}` },
        ],
      },
      {
        is: 'table',
        caption: '补正的内容',
        columns: [{ name: '要求补正的' }, { name: '补来的' }, { name: '说明' }],
        rows: notice.defects.map((defect) => [
          defectName(item, defect),
          broughtFor(state, notice, defect.kind === 'material' ? defect.target : null),
          notice.answers?.[defect.id] ?? '',
        ]),
      },
      {
        is: 'warning',
        text: `本凭证不代表受理。${office.organ}自收到补正材料起 ${ACCEPTANCE_DAYS} 个工作日内告知是否受理。`,
        short: '本凭证不代表受理',
      },
      {
        is: 'sign',
        lines: [
          { role: `${signerRole(state.applicant)}或受托人`, signature: null },
          { role: office.station ? '代办员' : '收件人', signature: null },
        ],
      },
    ],
  });
}

/** The line of the history that answered this notice. */
const suppliedLine = (state: Application, { rev }: Notice) =>
  state.history.find((line) => line.event === 'correctionSupplied' && line.rev > rev);

/** `material` null: a question of the form was put right. */
function broughtFor(state: Application, notice: Notice, material: string | null): string {
  const held = material === null ? undefined : state.materials[material];
  if (material === null) return '已改正';
  if (held === undefined || held.addedRev <= notice.rev) return '—';
  if (held.status === 'waived') return '免提交，用电子证照';
  if (held.status !== 'received') return '—';
  return held.copies === 0 ? `照片 ${held.photos?.length ?? 0} 张` : `${held.kind} ${held.copies} 份`;
}
