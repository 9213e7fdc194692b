/**
 * Which papers (文书) an application has now, and each of them by name: `receipt`, `notice-2`. One list for every page, so
 * that nobody is offered a paper that does not exist. The village never accepts or refuses: of items that it handles alone
 * there are neither acceptance nor decision, only what was received and delivered.
 */
import { isVillageOnly } from '../clocks.ts';
import type { Item } from '../item.ts';
import type { Application } from '../state.ts';
import { acceptancePaper } from './acceptance.ts';
import type { PaperFacts } from './sheet.ts';
import { authorisationPaper } from './authorisation.ts';
import { CLOSING_TITLES, closingPaper } from './closing.ts';
import { decisionPaper, decisionTitle } from './decision.ts';
import { deliveryPaper } from './delivery.ts';
import { noticePaper } from './notice.ts';
import type { Paper, PaperKind } from './paper.ts';
import { extensionPaper, procedurePaper } from './procedure.ts';
import { receiptPaper } from './receipt.ts';
import { refusalPaper } from './refusal.ts';
import { supplementPaper } from './supplement.ts';

/** Papers of one application; the handover list and the guide are of others. */
type CaseKind = Exclude<PaperKind, 'handover' | 'guide'>;

export interface PaperRef {
  /** In addresses: the kind, and -n for the second and later ones. */
  name: string;
  kind: CaseKind;
  nth: number;
  title: string;
}

const BUILDERS: Record<CaseKind, (facts: PaperFacts, nth: number) => Paper | null> = {
  receipt: receiptPaper,
  authorisation: authorisationPaper,
  notice: noticePaper,
  supplement: supplementPaper,
  acceptance: acceptancePaper,
  refusal: refusalPaper,
  procedure: procedurePaper,
  extension: extensionPaper,
  decision: decisionPaper,
  delivery: deliveryPaper,
  closing: closingPaper,
};

/** In the order in which they come about. */
export function papersOf(state: Application, item: Item): PaperRef[] {
  const { notices, suspensions, extensions, decision, acceptedOn, refusal, handler } = state;
  const refs: PaperRef[] = [];
  const add = (kind: CaseKind, title: string, nth = 1): void => {
    const again = nth > 1;
    refs.push({
      kind,
      nth,
      name: again ? `${kind}-${nth}` : kind,
      title: again ? `${title}（第 ${nth} 次）` : title,
    });
  };
  const organs = !isVillageOnly(item);

  add('receipt', '收件凭证');
  if (handler.kind === 'proxy') add('authorisation', '代办委托书');
  notices.forEach(({ answers }, at) => {
    add('notice', '补正材料通知书', at + 1);
    if (answers) add('supplement', '补正收件凭证', at + 1);
  });
  if (refusal) add('refusal', '不予受理通知书');
  if (acceptedOn !== null && organs) add('acceptance', '受理通知书');
  suspensions.forEach((_, at) => add('procedure', '特别程序告知书', at + 1));
  extensions.forEach((_, at) => add('extension', '延长办理期限告知书', at + 1));
  if (decision && organs) add('decision', decisionTitle(item, decision.granted));
  if (decision) add('delivery', '送达回证');
  if (state.state in CLOSING_TITLES)
    add('closing', CLOSING_TITLES[state.state as keyof typeof CLOSING_TITLES]);
  return refs;
}

/** null where the application has no such paper (any more, or yet). */
export function buildPaper(name: string, facts: PaperFacts): Paper | null {
  const ref = papersOf(facts.state, facts.item).find((one) => one.name === name);
  return ref === undefined ? null : BUILDERS[ref.kind](facts, ref.nth);
}
