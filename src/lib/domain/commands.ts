/**
 * The closed list of commands (命令) on an application and what each carries. Shapes only; the rules are in
 * transitions.ts (who, from where) and decide-*.ts (guards). Source: design application.md.
 */
import type { Answers } from './answers.ts';
import type { Day } from './day.ts';
import type { HolderKind, IdKind } from './identity.ts';
import type { MaterialEntry } from './materials.ts';

export interface Person {
  name: string;
  idKind: IdKind;
  idNumber: string;
}

/**
 * Who applies (申请人). A natural person, for whom a guardian acts where capacity is lacking (民法典 §20–§23, §34); or an
 * organisation by its credit code, for which its legal representative acts. An elderly villager may have no phone: then a
 * relative's, with the relation.
 */
export interface Applicant {
  kind: 'person' | 'legal';
  name: string;
  /** `uscc` exactly for `legal`. */
  idKind: HolderKind;
  idNumber: string;
  /** By the number; null for an organisation and where the number does not tell. */
  birthDate: Day | null;
  sex: 'male' | 'female' | null;
  phone: string;
  phoneOwner?: { name: string; relation: string };
  address: string;
  /** 监护人, of a person only. */
  guardian?: Guardian;
  /** 法定代表人 or whoever is responsible, of an organisation always. */
  representative?: Person;
}

export interface Guardian extends Person {
  phone: string;
  relation: string;
}

export const AUTHORISED_ACTS = ['填表', '交件', '领取', '签收补正'] as const;
export type AuthorisedAct = (typeof AUTHORISED_ACTS)[number];

/** Who handles it (经办人): the applicant, or a proxy with relation and authorisation (委托书). */
export type Handler =
  | { kind: 'self' }
  | (Person & {
      kind: 'proxy';
      phone: string;
      relation: string;
      acts: AuthorisedAct[];
      authorisation: Signature;
    });

/** A signature by hand: strokes drawn on the screen, or made on paper that the station keeps. Strokes are [x, y, x, y, …]. */
export type HandSignature =
  | { kind: 'drawn'; by: string; width: number; height: number; strokes: number[][] }
  | { kind: 'paper'; by: string };

/** Whoever cannot write gives a fingerprint (指印) on paper, before a witness (见证人) who signs. */
export type Signature = HandSignature | { kind: 'fingerprint'; by: string; witness: HandSignature };

/** In whose name the station receives (design domain.md §2.1). */
export type Capacity = 'proxy' | 'receivingPoint';

export interface Form {
  applicant: Applicant;
  handler: Handler;
  answers: Answers;
  materials: MaterialEntry[];
}

export interface Defect {
  id: string;
  kind: 'material' | 'field';
  /** Material code, or a field as `amend` names it. */
  target: string;
  /** What is wrong and the legal form required, in words. */
  problem: string;
  basis?: string;
}

export interface Delivery {
  mode: 'window' | 'post' | 'village';
  trackingNumber?: string;
  collector: { name: string; idKind: IdKind; idNumber: string; relation: string };
  signature: Signature;
}

export interface Decision {
  granted: boolean;
  /** 事实 */
  facts: string;
  /** 依据 */
  basis: string;
}

/** Bodies by kind. Field names of `amend` are `applicant`, `handler` or `answers.<key>`. */
export interface Bodies {
  receive: Form & {
    site: string;
    receiptNumber: string;
    /** Random, opaque: what the receipt's QR holds. */
    queryToken: string;
    signature: Signature;
    /** 本人到场; needed where the item says `mustAppear`. */
    present: boolean;
    capacity: Capacity;
    receivedOn: Day;
    /** Why it is taken although the same person applied for the same item within 30 days. */
    duplicateReason?: string;
  };
  amend: { fields: Record<string, { from: unknown; to: unknown }> };
  addMaterial: MaterialEntry;
  supplyCorrection: { answers: Record<string, string> };
  withdraw: { reason: string; signature: Signature };
  accept: Record<string, never>;
  requestCorrection: { defects: Defect[]; secondReason?: string };
  refuseAcceptance: {
    ground: 'notNeeded' | 'notOurs' | 'unfit';
    reason: string;
    basis: string;
    organ?: string;
  };
  settle: { decision: Decision; licenceNumber?: string; delivery: Delivery };
  claim: Record<string, never>;
  release: Record<string, never>;
  assign: { department: string; reviewer?: string };
  review: { department: string; pass: boolean; opinion: string };
  decide: Decision;
  makeLicence: { licenceNumber: string };
  deliver: Delivery;
  forward: { organ: string; reason: string };
  void: { reason: string };
  suspend: { procedure: string; reason: string; basis: string; days: number };
  resume: { result: string };
  extend: { days: number; reason: string; basis: string };
  rate: { grade: 1 | 2 | 3 | 4 | 5; reasons: string[]; text: string };
  deemAccepted: { due: Day };
  lapse: { due: Day };
  overdue: { clock: ClockName; due: Day };
  photoVerified: { material: string; sha256: string };
}
export type CommandKind = keyof Bodies;

/** Clocks that can run out. `tolerance` names its material: `tolerance:M0002`. */
export type ClockName = 'acceptance' | 'promise' | 'statutory' | 'delivery' | `tolerance:${string}`;

/** What `decide` takes: a kind with its body. The wire adds identity, order and signature around it. */
export type Command = { [K in CommandKind]: { kind: K; body: Bodies[K] } }[CommandKind];

/** Kinds that people send; the rest are the office's own and never come over the wire. */
export const SENT_KINDS = [
  'receive',
  'amend',
  'addMaterial',
  'supplyCorrection',
  'withdraw',
  'accept',
  'requestCorrection',
  'refuseAcceptance',
  'settle',
  'claim',
  'release',
  'assign',
  'review',
  'decide',
  'makeLicence',
  'deliver',
  'forward',
  'void',
  'suspend',
  'resume',
  'extend',
  'rate',
] as const satisfies readonly CommandKind[];
export type SentKind = (typeof SENT_KINDS)[number];

export const OFFICE_KINDS = [
  'deemAccepted',
  'lapse',
  'overdue',
  'photoVerified',
] as const satisfies readonly CommandKind[];
export const COMMAND_KINDS: readonly CommandKind[] = [...SENT_KINDS, ...OFFICE_KINDS];

export const COMMAND_NAMES: Record<CommandKind, string> = {
  receive: '收件',
  amend: '修改',
  addMaterial: '补交材料',
  supplyCorrection: '补正到齐',
  withdraw: '撤回',
  accept: '受理',
  requestCorrection: '一次告知补正',
  refuseAcceptance: '不予受理',
  settle: '当场办结',
  claim: '认领',
  release: '放回',
  assign: '分办',
  review: '审查意见',
  decide: '决定',
  makeLicence: '制证出件',
  deliver: '送达',
  forward: '转报',
  void: '作废',
  suspend: '启动特别程序',
  resume: '结束特别程序',
  extend: '延长期限',
  rate: '评价',
  deemAccepted: '逾期视为受理',
  lapse: '补正逾期终止',
  overdue: '超期提醒',
  photoVerified: '照片核验',
};
