/**
 * A paper (文书) as a value: everything that is printed, in order, ready to read. Builders make it from an application and
 * nothing else, so the same application gives the same paper wherever and whenever it is printed; the renderer
 * (ui/papers) decides nothing. Source: design domain.md §3.
 *
 * Invariants: what a copy may not show is not in its value; the QR holds the random query token and nothing about a
 * person; village paper carries the station's sign and no seal.
 */
import type { Signature } from '../commands.ts';
import type { Day } from '../day.ts';

export const PAPER_KINDS = [
  'receipt', // 收件凭证
  'notice', // 补正材料通知书
  'supplement', // 补正收件凭证
  'acceptance', // 受理通知书
  'refusal', // 不予受理通知书
  'procedure', // 特别程序告知书
  'extension', // 延长办理期限告知书
  'decision', // 准予、不予决定书
  'delivery', // 送达回证
  'closing', // 终止、撤回、转报
  'authorisation', // 代办委托书
  'handover', // 交接单
  'guide', // 一次性告知单, blank
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** Whose copy it is. Numbers of documents are whole on the applicant's and the deciding body's, masked on the archive's. */
export type Copy = 'applicant' | 'organ' | 'archive';

export interface PaperFact {
  name: string;
  value: string;
  /** What the 80 mm roll says instead. */
  short?: string;
  /** A number that is read aloud, in large figures. */
  big?: true;
}

/** Where somebody signs, or has signed. `seal`: an organisation's stamp goes there too. */
export interface SignLine {
  role: string;
  signature: Signature | null;
  /** Day on which it was signed; left out: to be written by hand. */
  on?: Day;
  seal?: true;
}

export interface Column {
  name: string;
  /** Figures and single words: no wider than they are. */
  narrow?: true;
  /** Sentences: half of the table. */
  wide?: true;
}

export type Block =
  | { is: 'to'; name: string }
  | { is: 'text'; text: string }
  /** `pairs`: short ones, two to a line where paper is scarce. */
  | { is: 'facts'; facts: PaperFact[]; pairs?: true }
  | { is: 'heading'; text: string }
  /** A row that is a text opens a group, as an application in a handover list. */
  | { is: 'table'; caption: string; columns: Column[]; rows: (string[] | string)[] }
  | { is: 'list'; lines: string[] }
  /** Boxes to tick: those that are `on` are ticked already. */
  | { is: 'choices'; name: string; options: { text: string; on: boolean }[] }
  /** In a frame; the roll prints `short`. */
  | { is: 'warning'; text: string; short?: string }
  /** In small print. */
  | { is: 'notes'; lines: string[] }
  /** 印章位: who answers for the paper, and its date; `note` says that this print is not the sealed one. */
  | { is: 'seal'; by: string; on: Day | null; note?: string }
  | { is: 'sign'; lines: SignLine[] }
  /** Cut here: what follows goes back to the office. */
  | { is: 'tear'; text: string; short: string };

export interface Paper {
  kind: PaperKind;
  /** Over the title: 白道口镇便民服务中心, or a station. */
  issuer: string;
  /** Carries the station's sign (标识); an organ's paper has a place for its seal. */
  station: boolean;
  title: string;
  /** （一次性告知） */
  subtitle?: string;
  /** At the top right: 文号, or a receipt's number. */
  number: { name: string; value: string };
  /** 第一联·交申请人; empty where there is only one. */
  copy: string;
  /** Printed before: the copy is marked 补打. */
  reprint: boolean;
  /** Printed while practising: marked 练习，无效. */
  practice: boolean;
  /** What the QR code holds: a random token. */
  qr: string | null;
  blocks: Block[];
  phones: { name: string; number: string }[];
  /** When this copy was printed. */
  printedAt: string;
  /** Names or numbers are partly covered, and the paper says so. */
  masked: boolean;
}
