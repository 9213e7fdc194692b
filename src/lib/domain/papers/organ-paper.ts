/**
 * A document that the township or subdistrict issues about one application: number, people, item, body, 印章位. On the
 * applicant's copy follows the slip that is signed on delivery, cut off and taken back.
 */
import type { Day } from '../day.ts';
import { formatReceiptNumber } from '../receipt-number.ts';
import { documentNumber, type DOCUMENT_WORDS } from './number.ts';
import type { Office } from './office.ts';
import type { Block, Paper, PaperFact } from './paper.ts';
import { addressee, partyFacts, signerRole } from './parties.ts';
import { sheet, type PaperFacts } from './sheet.ts';

export function organPaper(
  facts: PaperFacts,
  parts: {
    kind: keyof typeof DOCUMENT_WORDS;
    title: string;
    subtitle?: string;
    nth?: number;
    on: Day | null;
    body: Block[];
  },
): Paper {
  const { state, office, copy } = facts;
  const { kind, title, subtitle, nth = 1, on, body } = parts;
  const number = documentNumber(kind, office, state.receiptNumber, nth);
  const blocks: Block[] = [
    { is: 'facts', facts: caseFacts(facts) },
    { is: 'to', name: addressee(state.applicant) },
    ...body,
    sealBlock(office, on),
    ...(copy === 'applicant' ? slip(facts, title, number) : []),
  ];
  return sheet(facts, {
    kind,
    title,
    ...(subtitle ? { subtitle } : {}),
    number: { name: '文号', value: number },
    blocks,
  });
}

/** People, item with its implementation code, and the numbers that find the application. */
export function caseFacts({ state, item, copy }: Pick<PaperFacts, 'state' | 'item' | 'copy'>): PaperFact[] {
  return [
    ...partyFacts(state, copy),
    { name: '事项', value: item.name },
    { name: '实施编码', value: item.taskCode },
    { name: '办件编号', value: state.caseNumber ?? '送达乡镇（街道）后编号' },
    { name: '凭证号', value: formatReceiptNumber(state.receiptNumber) },
  ];
}

/** 印章位. What the village prints of the organ's documents tells; it is not the sealed document (行政许可法 §32). */
export function sealBlock(office: Office, on: Day | null): Block {
  return {
    is: 'seal',
    by: office.organ,
    on,
    ...(office.printedIn === 'village'
      ? { note: `${office.station ?? ''}代为打印，供告知用；盖章的一份由${office.organ}出具` }
      : {}),
  };
}

/** 送达回执 on the applicant's copy: signed, cut off, and taken back to the organ. */
function slip({ state, office }: PaperFacts, title: string, number: string): Block[] {
  return [
    { is: 'tear', text: `送达回执·签收后裁下，交回${office.organ}`, short: '送达回执·签收后裁下' },
    { is: 'text', text: `${title}（${number}）已收到，内容已经看过（听过）。` },
    {
      is: 'sign',
      lines: [
        { role: `${signerRole(state.applicant)}或受托人`, signature: null },
        { role: '送达人', signature: null },
      ],
    },
  ];
}
