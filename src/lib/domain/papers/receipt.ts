/**
 * 收件凭证: given at once, offline too. A slip gets lost, so name and number are masked on both copies. It is no acceptance
 * (行政许可法 §32: that is the organ's, sealed) and says so.
 */
import { ACCEPTANCE_DAYS, isVillageOnly } from '../clocks.ts';
import { formatDay, formatTime } from '../day.ts';
import { ID_KIND_TABLE } from '../identity.ts';
import type { Item } from '../item.ts';
import { maskIdNumber, maskName } from '../masking.ts';
import { formatReceiptNumber } from '../receipt-number.ts';
import { sheet, type PaperFacts } from './sheet.ts';
import { MATERIAL_COLUMNS, materialRows } from './material-lines.ts';
import { receiverOf, type Office } from './office.ts';
import type { Paper, PaperFact } from './paper.ts';
import { maskedApplicant, signedLine } from './parties.ts';

export function receiptPaper(facts: PaperFacts): Paper {
  const { state, item, office, policy } = facts;
  return sheet(facts, {
    kind: 'receipt',
    issuer: receiverOf(office),
    title: '收件凭证',
    number: { name: '凭证号', value: formatReceiptNumber(state.receiptNumber) },
    masked: true,
    blocks: [
      {
        is: 'facts',
        facts: [
          { name: '凭证号', value: formatReceiptNumber(state.receiptNumber), big: true },
          { name: '事项', value: item.name },
          { name: '实施编码', value: item.taskCode },
          ...maskedParties(facts),
          ...(state.caseNumber ? [{ name: '办件编号', value: state.caseNumber }] : []),
          received(facts),
        ],
      },
      {
        is: 'table',
        caption: '收到的材料',
        columns: MATERIAL_COLUMNS,
        rows: materialRows(item, state.materials, policy.toleranceDays),
      },
      warningOf(item, office),
      {
        is: 'notes',
        lines: [
          `查进度：扫码，或到任何一个便民服务站报凭证号。${promise(item)}${fee(item)}证件原件核对后当场退还。`,
        ],
      },
      {
        is: 'sign',
        lines: [
          signedLine(state, state.signature, state.receivedOn),
          { role: office.station ? '代办员' : '收件人', signature: null },
        ],
      },
    ],
  });
}

/** The applicant, and who acts for them, so that only they know it is theirs. */
export function maskedParties({ state }: Pick<PaperFacts, 'state'>): PaperFact[] {
  const { applicant, handler } = state;
  const { idKind, idNumber, guardian, representative } = applicant;
  const masked = maskedApplicant(applicant);
  return [
    {
      name: '申请人',
      value: `${masked}\u3000${ID_KIND_TABLE[idKind].label} ${maskIdNumber(idNumber)}`,
      short: masked,
    },
    ...(guardian ? [{ name: '监护人', value: `${maskName(guardian.name)}（${guardian.relation}）` }] : []),
    ...(representative ? [{ name: '法定代表人', value: maskName(representative.name) }] : []),
    ...(handler.kind === 'proxy'
      ? [{ name: '受托人', value: `${maskName(handler.name)}（${handler.relation}）` }]
      : []),
  ];
}

function received({ state, office, receivedAt }: PaperFacts): PaperFact {
  const time = receivedAt === undefined ? '' : ` ${formatTime(receivedAt)}`;
  const who = `${office.station ? '代办员' : '收件人'} ${state.history[0]?.actor.name ?? ''}`.trimEnd();
  return {
    name: '收件',
    value: `${formatDay(state.receivedOn)}${time}\u3000${who}`,
    short: `${state.receivedOn}${time} ${who}`,
  };
}

const warningOf = (item: Item, { station, organ }: Office) => ({
  is: 'warning' as const,
  short: '本凭证不代表受理',
  text: isVillageOnly(item)
    ? `本凭证不代表受理。村里收到后 ${item.promisedDays} 个工作日内办好。`
    : `本凭证不代表受理。${station === null ? '本窗口' : organ}收到后 ${ACCEPTANCE_DAYS} 个工作日内告知是否受理。`,
});

const promise = (item: Item): string =>
  isVillageOnly(item) || item.promisedDays === 0 ? '' : `受理后 ${item.promisedDays} 个工作日办好，`;

const fee = (item: Item): string => (item.fee === '不收费' ? '不收任何费用。' : `收费：${item.fee}。`);
