/**
 * From examination to delivery (审查、决定、制证、送达), and settling on the spot (当场办结), which writes the records of
 * acceptance, decision and delivery all the same.
 */
import { isVillageOnly } from './clocks.ts';
import type { Bodies, Decision, Delivery } from './commands.ts';
import { chineseDay } from './day.ts';
import type { Facts, KnownFacts, Verdict } from './facts.ts';
import type { Event } from './events.ts';
import { readIdNumber } from './identity.ts';
import type { Item } from './item.ts';
import { readPersonName } from './person-name.ts';
import { refuse, type Refusal } from './refusal.ts';
import { isSigned } from './signature.ts';
import type { Application } from './state.ts';

const isBlank = (text: string | undefined): boolean => (text ?? '').trim() === '';
const needsLicence = (item: Item, decision: Decision | null): boolean =>
  item.resultType === 'licence' && decision?.granted === true;
/** Agents in the village only hand over what came back to the village. */
const isAgentOnly = (facts: Facts): boolean => !facts.actor.roles.includes('clerk');

function decisionProblem({ facts, basis }: Decision): Refusal | null {
  const empty = [...(isBlank(facts) ? ['facts'] : []), ...(isBlank(basis) ? ['basis'] : [])];
  return empty.length > 0 ? refuse('text', empty) : null;
}

function deliveryProblem(delivery: Delivery, facts: Facts): Refusal | null {
  if (delivery.mode === 'post' && isBlank(delivery.trackingNumber)) return refuse('trackingNumber');
  const { name, idKind, idNumber, relation } = delivery.collector;
  const at = [
    ...(readPersonName(name).ok ? [] : ['collector.name']),
    ...(readIdNumber(idKind, idNumber, chineseDay(facts.now)).ok ? [] : ['collector.idNumber']),
    ...(isBlank(relation) ? ['collector.relation'] : []),
  ];
  if (at.length > 0) return refuse('text', at);
  // by post the carrier's slip is the signature
  return delivery.mode === 'post' || isSigned(delivery.signature) ? null : refuse('signature');
}

export function decideSettle(_: Application, body: Bodies['settle'], facts: KnownFacts): Verdict {
  const { item } = facts;
  if (!isVillageOnly(item)) {
    if (isAgentOnly(facts)) return refuse('villageOnly');
    if (item.handling !== '即办件') return refuse('notInstant');
  }
  const problem = decisionProblem(body.decision) ?? deliveryProblem(body.delivery, facts);
  if (problem !== null) return problem;
  const licence = needsLicence(item, body.decision);
  if (licence && isBlank(body.licenceNumber)) return refuse('text', ['licenceNumber']);
  const on = chineseDay(facts.now);
  const events: Event[] = [
    { is: 'accepted', on, bySilence: false },
    { is: 'decided', decision: body.decision, on },
  ];
  if (licence) events.push({ is: 'licenceMade', licenceNumber: body.licenceNumber! });
  return [...events, { is: 'delivered', delivery: body.delivery, on }];
}

export const decideExamination = {
  assign(_: Application, { department, reviewer }: Bodies['assign']): Verdict {
    if (isBlank(department)) return refuse('text', ['department']);
    return [{ is: 'assigned', department, ...(reviewer ? { reviewer } : {}) }];
  },
  review(state: Application, body: Bodies['review'], facts: KnownFacts): Verdict {
    const empty = [
      ...(isBlank(body.department) ? ['department'] : []),
      ...(isBlank(body.opinion) ? ['opinion'] : []),
    ];
    if (empty.length > 0) return refuse('text', empty);
    if (state.reviews.some((r) => r.department === body.department)) return refuse('alreadyReviewed');
    return [{ is: 'reviewed', ...body, on: chineseDay(facts.now) }];
  },
  decide(state: Application, body: Bodies['decide'], facts: KnownFacts): Verdict {
    const problem = decisionProblem(body);
    if (problem !== null) return problem;
    if (facts.item.handling === '承诺件') {
      if (state.reviews.length === 0) return refuse('noReview');
      if (state.reviews.some((r) => r.by === facts.actor.id)) return refuse('sameReviewer');
    }
    return [{ is: 'decided', decision: body, on: chineseDay(facts.now) }];
  },
  suspend(_: Application, body: Bodies['suspend'], facts: KnownFacts): Verdict {
    const empty = (['procedure', 'reason', 'basis'] as const).filter((name) => isBlank(body[name]));
    if (empty.length > 0) return refuse('text', [...empty]);
    return [{ is: 'suspended', ...body, on: chineseDay(facts.now) }];
  },
  resume(_: Application, { result }: Bodies['resume'], facts: KnownFacts): Verdict {
    return isBlank(result)
      ? refuse('text', ['result'])
      : [{ is: 'resumed', result, on: chineseDay(facts.now) }];
  },
  extend(state: Application, body: Bodies['extend'], facts: KnownFacts): Verdict {
    const empty = (['reason', 'basis'] as const).filter((name) => isBlank(body[name]));
    if (empty.length > 0) return refuse('text', [...empty]);
    const total = state.extensions.reduce((sum, e) => sum + e.days, body.days);
    if (facts.item.type === '行政许可' && total > 10) return refuse('extendTooLong'); // §42
    return [{ is: 'extended', ...body }];
  },
};

export const decideDelivery = {
  makeLicence(state: Application, { licenceNumber }: Bodies['makeLicence'], facts: KnownFacts): Verdict {
    if (!needsLicence(facts.item, state.decision)) return refuse('noLicence');
    return isBlank(licenceNumber)
      ? refuse('text', ['licenceNumber'])
      : [{ is: 'licenceMade', licenceNumber }];
  },
  deliver(state: Application, body: Bodies['deliver'], facts: KnownFacts): Verdict {
    if (state.state === 'decided' && needsLicence(facts.item, state.decision))
      return refuse('licenceNotMade');
    if (isAgentOnly(facts) && body.mode !== 'village') return refuse('villageDelivery');
    return deliveryProblem(body, facts) ?? [{ is: 'delivered', delivery: body, on: chineseDay(facts.now) }];
  },
};
