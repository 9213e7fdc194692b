/**
 * The office as it should be, in memory: receipts, applications as the fold of their events, feeds, chains. It is told
 * what was committed, judges each command once more on its own state, and objects where the office says otherwise.
 * One model a lineage: a restored office goes on from the model of its backup.
 */
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import { dueTicks } from '#lib/domain/clocks.ts';
import type { Command, SentKind } from '#lib/domain/commands.ts';
import { chineseDay } from '#lib/domain/day.ts';
import { decide } from '#lib/domain/decide.ts';
import type { Event } from '#lib/domain/events.ts';
import { evolve, readField } from '#lib/domain/evolve.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/domain/roles.ts';
import { isWithin } from '#lib/domain/site.ts';
import type { Application } from '#lib/domain/state.ts';
import { tableVerdict } from '#lib/domain/transitions.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import { readBody } from '#lib/protocol/read-body.ts';
import type { FeedEvent, Outcome } from '#lib/protocol/sync.ts';
import { calendar } from '../support/builders.ts';
import { SITES } from '../support/town.ts';
import type { Plan, Site } from './plan.ts';
import { object } from './violation.ts';

export interface Receipt {
  id: string;
  hash: string;
  /** null: a command of the office itself. */
  device: string | null;
  /** null where its place in the chain was taken. */
  n: number | null;
  actor: string;
  applicationId: string;
  kind: string;
  body: string;
  now: string;
  outcome: Outcome;
}

/** An event of the office's log, with the site of its application. */
export type Committed = FeedEvent & { feed: string; site: string };

interface Known {
  site: Site;
  /** After revision 1, 2, … and their numbers in the feed. */
  states: Application[];
  seqs: number[];
}

const OFFICE: Actor = { id: 'office', name: '系统', roles: ['office'] };
/** What the office alone knows when something is received: it is not foretold. */
const foretold = (event: Event): unknown =>
  event.is === 'received' ? { ...event, caseNumber: null, flags: [] } : event;
const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

export class Model {
  readonly lineage: string;
  readonly plan: Plan;
  readonly receipts = new Map<string, Receipt>();
  readonly applications = new Map<string, Known>();
  readonly feeds = new Map<string, Committed[]>();
  /** Last `n` of each device's chain. */
  readonly chains = new Map<string, number>();
  /** Devices with a hole, a twin or a foreign hand in their chain: what follows may be put aside for people. */
  readonly doubted = new Set<string>();
  readonly revoked = new Set<string>();
  readonly disabled = new Set<string>();
  readonly parked = new Set<string>();
  readonly caseNumbers = new Set<string>();
  /** Faults that were thrown and have not parked a command yet. */
  faults = 0;
  /** Rows of the database that have been looked at. */
  seen = { command: 0, event: 0 };

  constructor(lineage: string, plan: Plan) {
    this.lineage = lineage;
    this.plan = plan;
  }

  copy(lineage: string): Model {
    const copy = new Model(lineage, this.plan);
    for (const key of ['receipts', 'chains'] as const)
      for (const [id, value] of this[key]) (copy[key] as Map<string, unknown>).set(id, value);
    for (const [id, { site, states, seqs }] of this.applications)
      copy.applications.set(id, { site, states: [...states], seqs: [...seqs] });
    for (const [feed, events] of this.feeds) copy.feeds.set(feed, [...events]);
    for (const key of ['doubted', 'revoked', 'disabled', 'parked', 'caseNumbers'] as const)
      for (const value of this[key]) copy[key].add(value);
    copy.seen = { ...this.seen };
    return copy;
  }

  head(feed: string): number {
    return this.feeds.get(feed)?.length ?? 0;
  }

  /** In its state after `rev`; null before it was received. */
  state(applicationId: string, rev?: number): Application | null {
    const known = this.applications.get(applicationId);
    return known?.states[(rev ?? known.states.length) - 1] ?? null;
  }

  /** Takes a receipt with the events that it stands for, in the order in which they were written. */
  take(receipt: Receipt, events: readonly Committed[], foreign: boolean): void {
    if (this.receipts.has(receipt.id)) object('I1', `${receipt.id} has two receipts`);
    if (receipt.device === null) this.#takeOffice(receipt, events);
    else this.#takeSent(receipt, receipt.device, events, foreign);
    this.receipts.set(receipt.id, receipt);
  }

  /** People replayed a parked command: its receipt says something else now. */
  replay(id: string, outcome: Outcome, events: readonly Committed[]): void {
    const receipt = this.receipts.get(id)!;
    const command = JSON.parse(receipt.body) as WireCommand;
    const now = events[0]?.now ?? receipt.now;
    const after = command.after === null ? undefined : this.receipts.get(command.after);
    const judged = fate(id, after?.outcome) ?? this.#judge(receipt.device!, command, now, events);
    // refused by the facts of another moment: which one is not written down
    if (outcome.is === 'applied' || judged.is === 'applied') this.#compare({ ...receipt, outcome }, judged);
    this.parked.delete(id);
    this.receipts.set(id, { ...receipt, outcome });
  }

  #takeSent(receipt: Receipt, device: string, events: readonly Committed[], foreign: boolean): void {
    const command = JSON.parse(receipt.body) as WireCommand;
    const { n, device: named, actor, after } = command;
    if (named !== device || actor !== receipt.actor)
      object('I14', `${receipt.id} is kept under another name`);
    const last = this.chains.get(device) ?? 0;
    const place = n === last + 1 ? 'next' : n > last ? 'lost' : 'taken';
    if (receipt.n !== (place === 'taken' ? null : n))
      object('I7', `${receipt.id} is kept as number ${receipt.n}, made as ${n} after ${last}`);
    if (place !== 'next' || foreign) this.doubted.add(device);
    this.chains.set(device, Math.max(last, n));

    const { outcome } = receipt;
    const before = after === null ? undefined : this.receipts.get(after);
    let expected: Outcome | null = null;
    if (this.revoked.has(device)) expected = { id: receipt.id, is: 'quarantined', why: 'deviceRevoked' };
    else if (outcome.is === 'quarantined' && outcome.why === 'brokenChain' && this.doubted.has(device))
      expected = outcome;
    else if (this.disabled.has(actor)) expected = { id: receipt.id, is: 'quarantined', why: 'staffDisabled' };
    else if (after !== null && !before) object('I7', `${receipt.id} came before ${after}, which it follows`);
    expected ??= fate(receipt.id, before?.outcome);
    if (expected === null && outcome.is === 'parked') {
      if (this.faults === 0) object('I9', `${receipt.id} (${receipt.kind}) was parked without a fault`);
      this.faults -= 1;
      expected = outcome;
    }
    this.#compare(receipt, expected ?? this.#judge(device, command, receipt.now, events));
    if (outcome.is === 'parked') this.parked.add(receipt.id);
  }

  #compare({ id, kind, outcome }: Receipt, expected: Outcome): void {
    const short = (it: Outcome): unknown =>
      it.is === 'applied' ? { is: 'applied', rev: it.rev } : { ...it, id: null };
    if (!same(short(outcome), short(expected))) {
      object(
        'I9',
        `${kind} ${id}: the office says ${canonicalJson(short(outcome))}, the rules say ${canonicalJson(short(expected))}`,
      );
    }
  }

  /** What the rules say; its events are taken into the state. */
  #judge(
    device: string,
    { id, actor, applicationId, kind, body, item }: WireCommand,
    now: string,
    events: readonly Committed[],
  ): Outcome {
    const said = (reason: Parameters<typeof refuse>[0] | ReturnType<typeof refuse>): Outcome => {
      const { refused: code, ...rest } = typeof reason === 'string' ? refuse(reason) : reason;
      return { id, is: 'refused', code, ...rest } as Outcome;
    };
    const read = readBody(kind as SentKind, body);
    if (read === null) return said('text');
    const site = this.plan.desks.find((desk) => desk.id === device)!.site;
    const number = this.plan.desks.find((desk) => desk.id === device)!.number;
    const person = this.plan.people.get(actor)!;
    const path = SITES[person.site].path;
    const sees = (other: string): boolean => isWithin(site.path, other) && isWithin(path, other);
    const found = this.applications.get(applicationId);
    const visible = found !== undefined && sees(found.site.path);
    if (read.kind === 'receive' && (found ? !visible : !sees(site.path))) return said('unknownApplication');
    const state = visible ? this.state(applicationId) : null;
    const facts = this.#facts(state, item ?? null, person, now, {
      id: site.id,
      code: site.code,
      device: number,
    });
    const verdict = decide(state, read, facts);
    if (isRefusal(verdict)) return said(verdict);
    const rev = this.#follow({ applicationId, command: id, actor: person, now, site }, read, verdict, events);
    return { id, is: 'applied', rev, seq: 0 };
  }

  #facts(
    state: Application | null,
    sent: Facts['itemRef'],
    actor: Actor,
    now: string,
    site: Facts['site'],
  ): Facts {
    const itemRef = state?.item ?? sent;
    return {
      now,
      actor,
      item: (itemRef && this.plan.items.get(itemRef.hash)) ?? null,
      itemRef,
      itemStanding: 'current',
      calendar,
      policy: this.plan.policy,
      site,
      lastContact: null,
      similar: 0,
      caseNumber: null,
    };
  }

  /** The events of the log are those that the rules say, in order, once, by that person at that time. */
  #follow(
    by: { applicationId: string; command: string; actor: Actor; now: string; site: Site },
    command: Command,
    wanted: readonly Event[],
    events: readonly Committed[],
  ): number {
    const { applicationId, actor, now, site } = by;
    const before = this.state(applicationId);
    if (tableVerdict(before?.state ?? 'none', command.kind, actor.roles) !== 'allowed')
      object('I9', `${command.kind} by ${actor.id} from ${before?.state ?? 'none'}`);
    if (
      events.length !== wanted.length ||
      events.some(({ event }, i) => !same(foretold(event), foretold(wanted[i]!)))
    )
      object(
        'I9',
        `${by.command} has other events than the rules say: ${canonicalJson(events.map((one) => one.event))}`,
      );
    this.#notOverwritten(before, command);
    for (const one of events) this.#append(one, { applicationId, actor, now, site });
    return events.at(-1)!.rev;
  }

  /** I8, seen without the rules: what was accepted meanwhile is not overwritten by who had not seen it. */
  #notOverwritten(before: Application | null, command: Command): void {
    if (command.kind !== 'amend' || before === null) return;
    for (const [field, { from, to }] of Object.entries(command.body.fields)) {
      const theirs = readField(before, field) ?? null;
      // two people who write the same do not contradict each other
      if (!same(from ?? null, theirs) && !same(to ?? null, theirs))
        object('I8', `${field} was overwritten unseen`);
    }
  }

  #append(one: Committed, by: { applicationId: string; actor: Actor; now: string; site: Site }): void {
    const { applicationId, actor, now, site } = by;
    const feed = this.feeds.get(one.feed) ?? [];
    this.feeds.set(one.feed, feed);
    if (one.seq !== feed.length + 1)
      object('I3', `event ${one.seq} of ${one.feed} was committed after ${feed.length}`);
    const known = this.applications.get(applicationId) ?? { site, states: [], seqs: [] };
    const right = one.applicationId === applicationId && one.actor.id === actor.id && one.now === now;
    if (!right || one.feed !== known.site.township || one.site !== known.site.id)
      object('I9', `event ${one.seq} of ${one.feed} names another application, person, time or place`);
    if (one.rev !== known.states.length + 1) object('I1', `revision ${one.rev} after ${known.states.length}`);
    if (one.event.is === 'received' && one.event.caseNumber !== null) {
      if (this.caseNumbers.has(one.event.caseNumber)) object('I9', `${one.event.caseNumber} was given twice`);
      this.caseNumbers.add(one.event.caseNumber);
    }
    const { rev, event } = one;
    known.states.push(
      evolve(known.states.at(-1) ?? null, { applicationId, rev, actor: one.actor, now, event }),
    );
    known.seqs.push(one.seq);
    this.applications.set(applicationId, known);
    feed.push(one);
  }

  /** A clock that ran out by the office's time, or a photo that is here (its bytes are looked at in the end). */
  #takeOffice({ id, applicationId, kind, body, now }: Receipt, events: readonly Committed[]): void {
    const known = this.applications.get(applicationId);
    if (!known) return object('I9', `the office acted on ${applicationId}, which nobody received`);
    const state = known.states.at(-1)!;
    const facts = this.#facts(state, null, OFFICE, now, { id: known.site.id, code: '', device: '' });
    const { body: what } = JSON.parse(body) as { body: unknown };
    const command = { kind, body: what } as Command;
    if (kind !== 'photoVerified') {
      const [due] = dueTicks(state, { ...facts, item: facts.item! }, chineseDay(now));
      if (!same(due ?? null, command))
        object('I9', `the office's clock fired ${kind} ${id}, which is not due`);
    }
    const verdict = decide(state, command, facts);
    if (isRefusal(verdict))
      return object('I9', `the office's ${kind} ${id} is against the rules: ${verdict.reason}`);
    this.#follow(
      { applicationId, command: id, actor: OFFICE, now, site: known.site },
      command,
      verdict,
      events,
    );
  }
}

/** What the command before it means (I7). */
function fate(id: string, before: Outcome | undefined): Outcome | null {
  if (before?.is === 'refused') {
    const { refused: code, reason } = refuse('predecessorRefused');
    return { id, is: 'refused', code, reason };
  }
  if (before?.is === 'parked') return { id, is: 'parked' };
  return before?.is === 'quarantined' ? { id, is: 'quarantined', why: before.why } : null;
}
