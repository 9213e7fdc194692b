/**
 * The people on a paper: who applies, who acts for whom, who signs. Names are whole on documents, numbers are masked on
 * the archive's copy (domain.md §3). A receipt is a slip that gets lost, so it masks both, on every copy (receipt.ts).
 */
import { signerOf } from '../applicant.ts';
import type { Applicant, Handler, Person, Signature } from '../commands.ts';
import type { Day } from '../day.ts';
import { ID_KIND_TABLE, type HolderKind } from '../identity.ts';
import { maskIdNumber, maskName } from '../masking.ts';
import type { Copy, PaperFact, SignLine } from './paper.ts';

export interface Parties {
  applicant: Applicant;
  handler: Handler;
}

/** Drawn on paper where something is not known yet, to be filled in with a pen. */
export const BLANK = '＿＿＿＿＿＿＿＿';

export const orBlank = (text: string): string => (text.trim() === '' ? BLANK : text.trim());

const numberFor = (copy: Copy, number: string): string => {
  if (number.trim() === '') return BLANK;
  return copy === 'archive' ? maskIdNumber(number) : number;
};

/** 居民身份证 410526… */
export const documentOf = (
  copy: Copy,
  { idKind, idNumber }: { idKind: HolderKind; idNumber: string },
): string => `${ID_KIND_TABLE[idKind].label} ${numberFor(copy, idNumber)}`;

const personText = (copy: Copy, person: Person, relation?: string): string =>
  `${orBlank(person.name)}${relation ? `（${relation}）` : ''}，${documentOf(copy, person)}`;

/** Applicant with number, guardian or legal representative, and the proxy: a fact each. */
export function partyFacts({ applicant, handler }: Parties, copy: Copy): PaperFact[] {
  const { guardian, representative } = applicant;
  return [
    { name: '申请人', value: orBlank(applicant.name) },
    applicant.kind === 'legal'
      ? { name: '统一社会信用代码', value: numberFor(copy, applicant.idNumber) }
      : { name: '证件', value: documentOf(copy, applicant) },
    ...(guardian
      ? [{ name: '监护人', value: personText(copy, guardian, `与申请人的关系：${guardian.relation}`) }]
      : []),
    ...(representative ? [{ name: '法定代表人', value: personText(copy, representative) }] : []),
    ...(handler.kind === 'proxy'
      ? [{ name: '受托人', value: personText(copy, handler, handler.relation) }]
      : []),
  ];
}

/** On slips and on the sender's list: a firm's name is public, a person's is not. */
export const maskedApplicant = ({ kind, name }: Pick<Applicant, 'kind' | 'name'>): string =>
  kind === 'legal' ? name : maskName(name);

/** How a document speaks to the applicant. */
export const youOf = ({ kind }: Pick<Applicant, 'kind'>): string => (kind === 'legal' ? '你单位' : '您');

/** 王示例（监护人 李样本）: to whom a document is addressed. */
export function addressee({ name, guardian }: Applicant): string {
  return guardian ? `${name}（监护人 ${guardian.name}）` : name;
}

/** In what capacity the person who counts signs: 申请人, 监护人, 法定代表人. */
export function signerRole({ guardian, representative }: Applicant): string {
  if (guardian) return '监护人';
  return representative ? '法定代表人' : '申请人';
}

/** The applicant's own line, signed already where `signature` is there. */
export function applicantLine(applicant: Applicant, signature: Signature | null, on?: Day): SignLine {
  return {
    role: signerRole(applicant),
    signature,
    ...(on === undefined ? {} : { on }),
    ...(applicant.kind === 'legal' ? { seal: true as const } : {}),
  };
}

/** The line of whoever signed: the applicant's side, or the proxy by name. */
export function signedLine({ applicant, handler }: Parties, signature: Signature, on: Day): SignLine {
  const byProxy =
    handler.kind === 'proxy' && signature.by === handler.name && signature.by !== signerOf(applicant);
  return byProxy ? { role: '受托人', signature, on } : applicantLine(applicant, signature, on);
}
