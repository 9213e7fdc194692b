/**
 * A villager's rating (好差评), judged as the office judges: the villager is no member of staff and has no device, so it
 * comes as the office's own commands do, in the villager's name.
 */
import { createHash } from 'node:crypto';
import { chineseDay } from '#lib/domain/day.ts';
import type { Bodies } from '#lib/domain/commands.ts';
import { decide } from '#lib/domain/decide.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/domain/roles.ts';
import type { Office } from '../../office.ts';
import { Casebook } from '../../sync/casebook.ts';
import { clockFacts, nextLook } from '../../sync/clock-ticks.ts';
import { Docket, lockFeed } from '../../sync/docket.ts';
import { follow, officeFacts, pending } from '../../sync/judging.ts';

const VILLAGER: Actor = { id: 'villager', name: '群众', roles: ['villager'] };

/** False where the rules refuse it. */
export function rate(
  office: Office,
  applicationId: string,
  body: Bodies['rate'],
  id: string,
): Promise<boolean> {
  return office.store.write(async (trx) => {
    const now = office.clock.now();
    const judging = { trx, now, rulebook: office.rulebook };
    const casebook = await Casebook.open(trx, now, { ids: [applicationId] });
    const found = casebook.find(applicationId);
    const facts = found && (await clockFacts(judging, found));
    if (!found || !facts) return false;
    await lockFeed(trx, found.feed);
    const command = { kind: 'rate', body } as const;
    const verdict = decide(found.state, command, { ...officeFacts(now, found, facts), actor: VILLAGER });
    if (isRefusal(verdict)) return false;
    const { state, logged } = follow(found.state, verdict, { applicationId, actor: VILLAGER, now });
    casebook.save({ ...found, state }, nextLook(state, facts, chineseDay(now)));
    const docket = new Docket();
    docket.events.push(...pending(found, id, logged));
    const text = JSON.stringify({ id, applicationId, actor: VILLAGER.id, ...command });
    docket.receipts.push({
      id,
      body_hash: createHash('sha256').update(text).digest('hex'),
      device: null,
      n: null,
      actor: VILLAGER.id,
      application: applicationId,
      kind: 'rate',
      body: text,
      received_at: now,
      head: null,
      judged: { id, is: 'applied', rev: state.rev },
    });
    await docket.close(trx, now, casebook);
    return true;
  });
}
