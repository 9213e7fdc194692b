/** Which copies (联) of a paper there are, in the order they are printed, and what each is called. */
import type { Copy, PaperKind } from './paper.ts';

const TWO: readonly Copy[] = ['applicant', 'archive'];

export const COPIES: Readonly<Record<PaperKind, readonly Copy[]>> = {
  receipt: TWO,
  notice: TWO,
  supplement: TWO,
  acceptance: TWO,
  refusal: TWO,
  procedure: TWO,
  extension: TWO,
  decision: TWO,
  closing: TWO,
  // whoever receives must see a whole number to know whom they deal with; the station's own copy need not
  authorisation: ['applicant', 'organ', 'archive'],
  handover: ['organ', 'archive'],
  delivery: ['archive'],
  guide: ['applicant'],
};

const NAMES: Record<Copy, string> = { applicant: '交申请人', organ: '交受理机关', archive: '存档' };
const OWN_NAMES: Partial<Record<PaperKind, Partial<Record<Copy, string>>>> = {
  receipt: { archive: '站里存档' },
  supplement: { archive: '站里存档' },
  authorisation: { applicant: '委托人留存', archive: '站里存档' },
  handover: { organ: '接收方留存', archive: '移交方留存' },
  delivery: { archive: '送达机关存档' },
};

/** 第一联·交申请人; a paper with one copy is called nothing. */
export function copyName(kind: PaperKind, copy: Copy): string {
  const copies = COPIES[kind];
  const name = OWN_NAMES[kind]?.[copy] ?? NAMES[copy];
  const at = '一二三'.charAt(Math.max(0, copies.indexOf(copy)));
  if (kind === 'guide') return '';
  return copies.length === 1 ? name : `第${at}联·${name}`;
}
