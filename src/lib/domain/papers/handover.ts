/**
 * 交接单: a station hands the paper of several applications to the township. It lists every sheet; originals are returned to
 * the applicant at once (domain.md §7), so for each one it says which. The receiving side's copy names people in full, the
 * station's own masks them. No QR: it is about many applications, whose receipt numbers stand in it.
 *
 * Its number is made from its content: station, day, device, how many, and a check over the receipt numbers, so that the
 * same list printed twice is the same paper and a changed one is another.
 */
import { chineseDay } from '../day.ts';
import type { Instant } from '../day.ts';
import type { Item } from '../item.ts';
import { formatReceiptNumber } from '../receipt-number.ts';
import type { Application } from '../state.ts';
import { sheet } from './sheet.ts';
import { materialName } from './material-lines.ts';
import { receiverOf, type Office } from './office.ts';
import type { Copy, Paper } from './paper.ts';
import { maskedApplicant } from './parties.ts';

export interface HandoverFacts {
  applications: readonly { state: Application; item: Item }[];
  office: Office;
  /** The station's 12-digit code, and this device's three digits. */
  siteCode: string;
  device: string;
  copy: Copy;
  reprint: boolean;
  now: Instant;
}

export function handoverPaper(facts: HandoverFacts): Paper {
  const { applications, office, copy } = facts;
  const sheets = applications.flatMap(({ state, item }) => sheetsOf(state, item));
  return sheet(facts, {
    kind: 'handover',
    issuer: receiverOf(office),
    title: '办件材料交接单',
    number: { name: '交接单号', value: handoverNumber(facts) },
    blocks: [
      {
        is: 'facts',
        facts: [
          { name: '移交方', value: receiverOf(office) },
          { name: '接收方', value: office.organ },
          {
            name: '合计',
            value: `${applications.length} 件，纸质材料 ${sheets.length} 种 ${sheets.reduce((sum, one) => sum + one.copies, 0)} 份`,
          },
        ],
      },
      {
        is: 'table',
        caption: '移交的办件和材料',
        columns: [
          { name: '材料' },
          { name: '形式', narrow: true },
          { name: '份数', narrow: true },
          { name: '原件', narrow: true },
          { name: '接收核对', narrow: true },
        ],
        rows: applications.flatMap(({ state, item }, n) => [
          groupOf(state, item, n + 1, copy),
          ...rowsOf(state, item),
        ]),
      },
      {
        is: 'notes',
        lines: [
          '证件原件应当场退还申请人，随件移交的要在“原件”一栏打钩并由接收方保管退还。',
          '接收方逐份核对后签字；缺的、错的写在背面，双方签字。',
        ],
      },
      {
        is: 'sign',
        lines: [
          { role: '移交人', signature: null },
          { role: '接收人', signature: null },
        ],
      },
    ],
  });
}

const sheetsOf = (state: Application, item: Item) =>
  Object.values(state.materials)
    .filter(({ status, copies }) => status === 'received' && copies > 0)
    .map((held) => ({ ...held, name: materialName(item, held.code) }));

function groupOf(state: Application, item: Item, n: number, copy: Copy): string {
  const who = copy === 'archive' ? maskedApplicant(state.applicant) : state.applicant.name;
  return `${n}. ${who}·${item.name}（凭证号 ${formatReceiptNumber(state.receiptNumber)}）`;
}

function rowsOf(state: Application, item: Item): string[][] {
  const sheets = sheetsOf(state, item);
  if (sheets.length === 0) return [['没有纸质材料', '—', '—', '—', '']];
  return sheets.map(({ name, kind, copies }) => [
    name,
    kind,
    String(copies),
    /原件/.test(kind) ? '□已退 □随件' : '—',
    '□',
  ]);
}

/** 410526102213-20260918-001-3件-4711 */
export function handoverNumber({ applications, siteCode, device, now }: HandoverFacts): string {
  const numbers = applications.map(({ state }) => state.receiptNumber).sort();
  let check = 0;
  for (const character of numbers.join(',')) check = (check * 31 + character.charCodeAt(0)) % 10_007;
  const day = chineseDay(now).replace(/-/g, '');
  return `${siteCode}-${day}-${device}-${numbers.length}件-${String(check).padStart(5, '0')}`;
}
