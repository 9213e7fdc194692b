/**
 * A command of the office itself on an application: what its clock or its file store has found out. It passes the same
 * rules and leaves the same receipt as a person's; its id makes it happen once.
 */
import { chineseDay } from '#lib/domain/day.ts';
import { decide } from '#lib/domain/decide.ts';
import type { Command, OFFICE_KINDS } from '#lib/domain/commands.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Outcome } from '#lib/protocol/sync.ts';
import type { Office } from '../office.ts';
import type { LoadedApplication } from './applications.ts';
import { Casebook } from './casebook.ts';
import { clockFacts, nextLook, tick } from './clock-ticks.ts';
import { Docket, lockFeed } from './docket.ts';
import { follow, OFFICE, officeFacts, officeReceipt, pending } from './judging.ts';

export type OfficeCommand = Extract<Command, { kind: (typeof OFFICE_KINDS)[number] }>;

/**
 * @param id a UUID that follows from what was found out, so that finding it twice is one command
 * @returns the outcome; null when the application or its item is unknown, or the rules refuse it now: then there is
 *   nothing to keep, and it may be tried again
 */
export function officeCommand(
  office: Office,
  applicationId: string,
  command: OfficeCommand,
  id: string,
): Promise<Outcome | null> {
  return office.store.write(async (trx) => {
    const now = office.clock.now();
    const judging = { trx, now, rulebook: office.rulebook };
    const place = await trx
      .selectFrom('application')
      .select('feed')
      .where('id', '=', applicationId)
      .executeTakeFirst();
    if (!place) return null;
    await lockFeed(trx, place.feed);
    const casebook = await Casebook.open(trx, now, { ids: [applicationId] });
    const found = casebook.find(applicationId);
    const kept = await trx.selectFrom('command').select('outcome').where('id', '=', id).executeTakeFirst();
    if (kept) return JSON.parse(kept.outcome) as Outcome;
    const facts = found && (await clockFacts(judging, found));
    if (!found || !facts) return null;

    const docket = new Docket();
    const save = (application: LoadedApplication): void =>
      casebook.save(application, nextLook(application.state, facts, chineseDay(now)));
    const { application, events, receipts } = tick(now, found, facts);
    docket.events.push(...events);
    docket.receipts.push(...receipts);
    if (events.length > 0) save(application);
    const verdict = decide(application.state, command, officeFacts(now, application, facts));
    if (!isRefusal(verdict)) {
      const { state, logged } = follow(application.state, verdict, { applicationId, actor: OFFICE, now });
      save({ ...application, state });
      docket.events.push(...pending(application, id, logged));
      docket.receipts.push(officeReceipt(now, state, id, command));
    }
    return (await docket.close(trx, now, casebook)).get(id) ?? null;
  });
}
