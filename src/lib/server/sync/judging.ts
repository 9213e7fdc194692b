/**
 * How the office judges: in one transaction, at one time, by its rulebook; and how a decision becomes events. Every
 * change of an application passes through `follow`, so each event names actor and office time (invariant I9).
 */
import { createHash } from 'node:crypto';
import type { Instant } from '#lib/domain/day.ts';
import type { Command } from '#lib/domain/commands.ts';
import { evolve } from '#lib/domain/evolve.ts';
import type { Event, LoggedEvent } from '#lib/domain/events.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { Actor } from '#lib/domain/roles.ts';
import type { Application } from '#lib/domain/state.ts';
import type { Trx } from '../db/dialect.ts';
import type { LoadedApplication } from './applications.ts';
import type { PendingEvent, Receipt } from './docket.ts';
import type { CountyRules, Rulebook } from './rulebook.ts';

/** In whose name the office's own commands stand. */
export const OFFICE: Actor = { id: 'office', name: '系统', roles: ['office'] };

export interface Judging {
  trx: Trx;
  now: Instant;
  rulebook: Rulebook;
}

/** What a judgement leaves to be written with its docket. */
export interface Entries {
  events: PendingEvent[];
  receipts: Receipt[];
}

/** Folds events into a state; returns it with the events as the log keeps them. */
export function follow(
  state: Application | null,
  events: readonly Event[],
  by: { applicationId: string; actor: Actor; now: Instant },
): { state: Application; logged: LoggedEvent[] } {
  const logged: LoggedEvent[] = [];
  let after = state;
  for (const event of events) {
    const { applicationId, actor, now } = by;
    const entry = {
      applicationId,
      rev: (after?.rev ?? 0) + 1,
      actor: { id: actor.id, name: actor.name },
      now,
      event,
    };
    after = evolve(after, entry);
    logged.push(entry);
  }
  if (after === null || logged.length === 0) throw new Error('a decision without an event');
  return { state: after, logged };
}

export function officeFacts(
  now: Instant,
  application: LoadedApplication,
  { item, calendar, policy }: CountyRules & { item: Facts['item'] },
): Facts {
  return {
    now,
    actor: OFFICE,
    item,
    itemRef: application.state.item,
    itemStanding: 'current',
    calendar,
    policy,
    site: { id: application.site, code: '', device: '' },
    lastContact: null,
    similar: 0,
    caseNumber: null,
  };
}

/** Puts an application's events beside those that wait for their numbers. */
export const pending = (
  application: LoadedApplication,
  command: string,
  logged: LoggedEvent[],
): PendingEvent[] =>
  logged.map((event) => ({ ...event, feed: application.feed, site: application.site, command }));

/** The receipt of one of the office's own commands. */
export function officeReceipt(now: Instant, state: Application, id: string, command: Command): Receipt {
  const body = JSON.stringify({ id, applicationId: state.id, actor: OFFICE.id, ...command });
  return {
    id,
    body_hash: createHash('sha256').update(body).digest('hex'),
    device: null,
    n: null,
    actor: OFFICE.id,
    application: state.id,
    kind: command.kind,
    body,
    received_at: now,
    head: null,
    judged: { id, is: 'applied', rev: state.rev },
  };
}
