/**
 * What becomes of an application (经过): who does what at which moment, from receiving to delivery, and the ways that are
 * not the ordinary one. A story is a plan: each step is judged by the office like anybody's command, and one that is
 * refused ends it. One person acts on it at a moment, and a township's acts come after its stations' at the same moment.
 */
import { isVillageOnly } from '#lib/domain/clocks.ts';
import type { Bodies, Defect, SentKind } from '#lib/domain/commands.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Chance } from '../chance.ts';
import { madeAnswer } from './answers.ts';
import { MOMENTS } from './days.ts';
import type { Received } from './received.ts';
import * as say from './sayings.ts';

export type Way =
  | 'plain'
  | 'correction'
  | 'secondCorrection'
  | 'lapse'
  | 'refuse'
  | 'withdraw'
  | 'void'
  | 'forward'
  | 'suspend'
  | 'extend'
  | 'declined'
  | 'lateAcceptance'
  | 'latePromise'
  | 'lateDelivery';

export type Doer = 'agent' | 'clerk' | 'reviewer' | 'head' | 'villager';

export interface Step {
  moment: number;
  doer: Doer;
  kind: SentKind;
  body: Bodies[SentKind];
}

export interface Plot {
  item: Item;
  received: Received;
  /** At a station, or at the township's own counter. */
  by: 'agent' | 'clerk';
  /** When it is received. */
  moment: number;
  way: Way;
  /** Moments of a day at which the township acts: a busy one four times, a quiet one once. */
  slots: readonly number[];
  luck: Chance;
  /** Waits for nothing: a case that must have come far in a short time. */
  prompt?: boolean | undefined;
}

class Telling {
  readonly steps: Step[] = [];
  readonly plot: Plot;
  #moment: number;
  #last: Doer;

  constructor(plot: Plot) {
    this.plot = plot;
    this.#moment = plot.moment;
    this.#last = plot.by;
    this.#add('receive', plot.received.body, plot.by);
  }

  #add<K extends SentKind>(kind: K, body: Bodies[K], doer: Doer): void {
    this.steps.push({ moment: this.#moment, doer, kind, body });
    this.#last = doer;
  }

  /** At once, by the same person. */
  also<K extends SentKind>(kind: K, body: Bodies[K]): void {
    this.#add(kind, body, this.#last);
  }

  /** So many working days later, or at the next moment when that person works. */
  then<K extends SentKind>(days: number, doer: Doer, kind: K, body: Bodies[K]): void {
    const comesAfter = doer === this.#last || (this.#last === 'agent' && doer !== 'agent');
    let moment = this.#moment + days * MOMENTS + (comesAfter ? 0 : 1);
    while (doer !== 'agent' && !this.plot.slots.includes(moment % MOMENTS)) moment += 1;
    this.#moment = moment;
    this.#add(kind, body, doer);
  }

  /** Days of waiting, by chance. */
  wait(from: number, to: number): number {
    return this.plot.prompt === true ? from : this.plot.luck.whole(from, to);
  }
}

export function stepsOf(plot: Plot): Step[] {
  const telling = new Telling(plot);
  const ended = untilAcceptance(telling);
  if (!ended) {
    if (isVillageOnly(plot.item))
      settled(telling, plot.by, telling.wait(0, Math.min(3, plot.item.promisedDays)));
    else if (plot.item.handling === '即办件')
      settled(telling, 'clerk', plot.by === 'clerk' ? 0 : telling.wait(0, 1));
    else examined(telling);
  }
  return telling.steps;
}

/** True when it comes to its end before anybody accepts it. */
function untilAcceptance(telling: Telling): boolean {
  const { way, item, received, by, luck } = telling.plot;
  const { body } = received;
  if (way === 'refuse')
    telling.then(telling.wait(1, 3), 'clerk', 'refuseAcceptance', say.refusal(item, luck));
  else if (way === 'void') telling.then(telling.wait(0, 1), 'clerk', 'void', say.voiding(luck));
  else if (way === 'withdraw' && (item.handling === '即办件' || luck.happens(0.5)))
    telling.then(telling.wait(1, 3), by, 'withdraw', say.withdrawal(body, luck));
  else if (way === 'correction' || way === 'secondCorrection' || way === 'lapse') {
    const defects = say.defectsOf(item, body, luck);
    telling.then(telling.wait(0, 3), 'clerk', 'requestCorrection', { defects });
    if (way === 'lapse') return true;
    supplied(telling, defects);
    if (way === 'secondCorrection') {
      const secondReason = say.secondReason(luck);
      telling.then(telling.wait(1, 2), 'clerk', 'requestCorrection', { defects, secondReason });
      supplied(telling, defects);
    }
    return false;
  } else return false;
  return true;
}

/** Everything that was asked for is handed in or put right at once, where the application was received. */
function supplied(telling: Telling, defects: readonly Defect[]): void {
  const { by, item, received, luck } = telling.plot;
  let first = true;
  const next = <K extends SentKind>(kind: K, body: Bodies[K]): void => {
    if (first) telling.then(telling.wait(2, 8), by, kind, body);
    else telling.also(kind, body);
    first = false;
  };
  const explained: Record<string, string> = {};
  for (const { id, kind, target } of defects) {
    const material = item.materials.find(({ code }) => kind === 'material' && code === target);
    const field = item.form.find(({ key }) => target === `answers.${key}`);
    if (material) {
      next('addMaterial', {
        code: material.code,
        status: 'received',
        kind: material.kind,
        copies: Math.max(1, material.copies),
      });
    } else if (field && telling.plot.way !== 'secondCorrection') {
      const to = madeAnswer(field, {
        ...received.asked,
        person: { ...received.asked.person, n: luck.whole(500_000, 599_999) },
      });
      next('amend', { fields: { [target]: { from: received.body.answers[field.key] ?? null, to } } });
    } else explained[id] = '已当面核对，确实是本人的';
  }
  next('supplyCorrection', { answers: explained });
}

/** 当场办结 */
function settled(telling: Telling, doer: 'agent' | 'clerk', days: number): void {
  const { item, received, by, luck } = telling.plot;
  const mode = by === 'agent' ? 'village' : 'window';
  const body: Bodies['settle'] = {
    decision: say.granted(item),
    delivery: say.delivery(received.body, mode, luck),
    ...(item.resultType === 'licence' ? { licenceNumber: say.licenceNumber(luck) } : {}),
  };
  telling.then(days, doer, 'settle', body);
  rated(telling);
}

function accepted(telling: Telling): void {
  const { way, item, luck } = telling.plot;
  if (way === 'lateAcceptance') {
    // silence accepts a permit (行政许可法 §32): then there is nothing left to accept
    if (item.type !== '行政许可') telling.then(luck.whole(7, 9), 'clerk', 'accept', {});
    else telling.then(luck.whole(7, 9), 'clerk', 'claim', {});
    return;
  }
  if (luck.happens(0.35)) telling.then(telling.wait(0, 1), 'clerk', 'claim', {});
  telling.then(telling.wait(0, 3), 'clerk', 'accept', {});
}

function examined(telling: Telling): void {
  const { way, item, received, by, luck } = telling.plot;
  const { department } = item;
  accepted(telling);
  if (way === 'forward')
    return void telling.then(telling.wait(1, 3), 'clerk', 'forward', say.forwarding(item));
  const promised = Math.max(2, item.promisedDays);
  telling.then(telling.wait(0, promised > 5 ? 1 : 0), 'clerk', 'assign', { department });
  if (way === 'withdraw')
    return void telling.then(telling.wait(1, 4), by, 'withdraw', say.withdrawal(received.body, luck));
  for (const held of received.body.materials.filter(({ status }) => status === 'tolerated')) {
    if (luck.happens(0.75))
      telling.then(telling.wait(1, 4), by, 'addMaterial', { ...held, status: 'received', copies: 1 });
  }
  if (way === 'suspend') {
    const halt = say.procedure(luck);
    telling.then(telling.wait(1, 3), 'reviewer', 'suspend', halt);
    telling.then(telling.wait(halt.days, halt.days + 4), 'reviewer', 'resume', {
      result: '程序已完成，结果符合要求',
    });
  }
  const late = way === 'latePromise' ? promised + 3 : 0;
  // in time, as a rule
  const long = Math.max(0, Math.round(((promised - 4) * luck.whole(10, 70)) / 100));
  if (way === 'extend') {
    telling.then(telling.wait(1, Math.max(1, promised - 2)), 'head', 'extend', say.extension(luck));
  }
  const pass = way !== 'declined';
  const days = telling.plot.prompt === true ? late : late + (late > 0 ? luck.whole(0, 3) : long);
  telling.then(days, 'reviewer', 'review', { department, pass, opinion: say.opinion(pass, luck) });
  telling.then(
    telling.wait(0, promised > 10 ? 2 : 0),
    'head',
    'decide',
    pass ? say.granted(item) : say.declined(item),
  );
  delivered(telling, pass);
}

function delivered(telling: Telling, pass: boolean): void {
  const { way, item, received, by, luck } = telling.plot;
  if (pass && item.resultType === 'licence')
    telling.then(telling.wait(0, 2), 'clerk', 'makeLicence', { licenceNumber: say.licenceNumber(luck) });
  const days = way === 'lateDelivery' ? luck.whole(12, 15) : telling.wait(1, 5);
  const inVillage = by === 'agent' && luck.happens(0.6);
  const mode = inVillage ? 'village' : luck.happens(0.2) ? 'post' : 'window';
  telling.then(days, inVillage ? 'agent' : 'clerk', 'deliver', say.delivery(received.body, mode, luck));
  rated(telling);
}

function rated(telling: Telling): void {
  const { luck } = telling.plot;
  if (luck.happens(0.35)) telling.then(luck.whole(0, 3), 'villager', 'rate', say.rating(luck));
}
