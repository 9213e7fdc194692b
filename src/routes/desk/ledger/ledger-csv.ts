/** A ledger as a file for Excel and WPS (domain/csv.ts), and its figures in words. Pure. */
import { csvFile } from '#lib/domain/csv.ts';
import { actsIn, LEDGER_ACT_NAMES, type LedgerLine, type LedgerSummary } from '#lib/domain/ledger.ts';
import { formatReceiptNumber } from '#lib/domain/receipt-number.ts';
import { STATE_NAMES } from '#lib/domain/state.ts';

const HEADS = [
  '序号',
  '凭证号',
  '办件编号',
  '事项',
  '申请人',
  '证件号',
  '收件日期',
  '受理日期',
  '补正日期',
  '办结日期',
  '现在进度',
  '用时（工作日）',
  '本月办了什么',
  '经手人',
  '站点',
];

/** Site names by id; the id where a name is not known. */
export function ledgerCsv(
  lines: readonly LedgerLine[],
  { month, siteName }: { month: string; siteName: (id: string) => string },
): string {
  const rows = [...lines]
    .sort((a, b) => (a.receiptNumber < b.receiptNumber ? -1 : 1))
    .map((line, index) => [
      index + 1,
      formatReceiptNumber(line.receiptNumber),
      line.caseNumber,
      line.itemName,
      line.name,
      line.idNumber,
      line.receivedOn,
      line.acceptedOn,
      line.correctedOn.join(' '),
      line.closedOn,
      STATE_NAMES[line.state],
      line.days,
      actsIn(line, month)
        .map((act) => LEDGER_ACT_NAMES[act])
        .join('、'),
      line.agent.name,
      siteName(line.site),
    ]);
  return csvFile([HEADS, ...rows]);
}

/** 3.5; – where nothing was settled. */
export const daysText = (days: number | null): string =>
  days === null ? '–' : String(Math.round(days * 10) / 10);

/** One line that says what a month was: for the page's heading and for those who hear it. */
export const sumText = ({ all }: LedgerSummary): string =>
  `收件 ${all.counts.received} 件，受理 ${all.counts.accepted} 件，办结 ${all.counts.settled} 件`;
