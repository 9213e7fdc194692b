/**
 * Receiving (收件): the whole form is checked again by the same rules that the page used, because a device's word is not
 * enough (ASVS 2.2.2). Eligibility (such as the age of 80) never blocks: refusing is the authority's act, in writing.
 */
import { checkAnswers } from './answers.ts';
import { checkApplicant, checkHandler, normaliseApplicant, normaliseHandler } from './applicant.ts';
import type { Bodies } from './commands.ts';
import { chineseDay, type Day } from './day.ts';
import type { Examined, Facts, Verdict } from './facts.ts';
import type { Item } from './item.ts';
import { materialProblems } from './materials.ts';
import { parseReceiptNumber } from './receipt-number.ts';
import { isRefusal, refuse } from './refusal.ts';
import { isSigned } from './signature.ts';

/** What can be said of a receipt by its item alone: why it is refused, or its parts as they are kept. */
export function examineReceipt(item: Item, body: Bodies['receive']): Examined {
  if (item.mustAppear !== undefined && !body.present) return refuse('mustAppear');
  if (!item.proxyAllowed && body.handler.kind === 'proxy') return refuse('proxyNotAllowed');

  const applicant = checkApplicant(body.applicant, body.receivedOn);
  if (applicant.length > 0)
    return refuse(
      'applicant',
      applicant.map((p) => p.field),
    );
  const handler = checkHandler(body.handler, body.receivedOn);
  if (handler.length > 0)
    return refuse(
      'handler',
      handler.map((p) => p.field),
    );
  const answers = checkAnswers(item.form, body.answers, body.receivedOn);
  if (!answers.ok)
    return refuse(
      'answers',
      answers.problems.map((p) => p.key),
    );
  const materials = materialProblems(item, body.materials);
  if (materials.length > 0)
    return refuse(
      'materials',
      materials.map((p) => p.code),
    );
  if (!isSigned(body.signature)) return refuse('signature');
  return {
    applicant: normaliseApplicant(body.applicant, body.receivedOn),
    handler: normaliseHandler(body.handler, body.receivedOn),
    answers: answers.answers,
  };
}

/** A form that was filled in time offline is in time; nobody goes back behind the last contact by writing an earlier day. */
const madeOn = ({ receivedOn }: Bodies['receive'], { lastContact }: Facts): Day =>
  lastContact !== null && receivedOn < lastContact ? lastContact : receivedOn;

export function decideReceive(body: Bodies['receive'], facts: Facts): Verdict {
  const { item, itemRef } = facts;
  if (item === null || itemRef === null || facts.itemStanding === 'expired') return refuse('itemUnknown');
  if (facts.itemUntil !== undefined && madeOn(body, facts) > facts.itemUntil) return refuse('itemUnknown');
  if (body.site !== facts.site.id) return refuse('site');
  const today = chineseDay(facts.now);
  if (body.receivedOn > today) return refuse('receivedOn');
  const number = parseReceiptNumber(body.receiptNumber);
  if (
    number === null ||
    number.site !== facts.site.code ||
    number.device !== facts.site.device ||
    number.day !== body.receivedOn
  ) {
    return refuse('receiptNumber');
  }
  const examined = facts.examined ?? examineReceipt(item, body);
  if (isRefusal(examined)) return examined;

  const flags: string[] = [];
  // a declared day is a fact like a date on paper, but before the last contact it is looked at (design application.md)
  if (facts.lastContact !== null && body.receivedOn < facts.lastContact) flags.push('receivedEarly');
  if (facts.itemStanding === 'superseded') flags.push('itemSuperseded');
  // never refused: there may be a reason, and the people who have both before them judge
  if (facts.similar > 0) flags.push('duplicate');
  return [
    {
      is: 'received',
      item: itemRef,
      body: {
        ...body,
        ...examined,
      },
      arrivedOn: today,
      caseNumber: facts.caseNumber,
      flags,
    },
  ];
}
