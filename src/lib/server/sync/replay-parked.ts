/**
 * Judges again what was parked, once the fault in our rules is mended. In the order of each device's chain, so that what
 * followed a parked command follows it again. A receipt changes here and nowhere else, from parked to its outcome.
 */
import { savepoint, type Trx } from '../db/dialect.ts';
import { isEngineFault } from '../db/engine-faults.ts';
import { errorFacts } from '../log.ts';
import type { Office } from '../office.ts';
import type { RawCommand } from './command-text.ts';
import { Docket, lockFeed, type Judged } from './docket.ts';
import { judgeAlone } from './judge-alone.ts';
import type { Judging } from './judging.ts';
import type { Outcome } from '#lib/protocol/sync.ts';
import { readAgain } from './read-command.ts';
import { fateAfter, meetSenders } from './senders.ts';

export interface Replayed {
  applied: number;
  refused: number;
  /** Still parked: the fault is still there. */
  parked: number;
}

export async function replayParked(office: Office): Promise<Replayed> {
  const done: Replayed = { applied: 0, refused: 0, parked: 0 };
  const parked = await office.store.read((trx) =>
    trx
      .selectFrom('command')
      .select('id')
      .where('status', '=', 'parked')
      .where('device', 'is not', null)
      .orderBy('device')
      .orderBy('n')
      .execute(),
  );
  for (const { id } of parked) {
    const is = await office.store.write((trx) => replay(office, trx, id));
    if (is === 'applied' || is === 'parked') done[is] += 1;
    else if (is !== null) done.refused += 1;
  }
  return done;
}

async function replay(office: Office, trx: Trx, id: string): Promise<Judged['is'] | null> {
  const row = await trx.selectFrom('command').selectAll().where('id', '=', id).executeTakeFirst();
  if (row?.status !== 'parked' || row.device === null) return null;
  const judging = { trx, now: office.clock.now(), rulebook: office.rulebook };
  const docket = new Docket();
  const judged = await again(office, judging, docket, row.device, readAgain(row.body));
  if (judged.is === 'parked') return 'parked';
  docket.replays.push(judged);
  docket.audit.push({ who: 'office', what: 'replayed', detail: { command: id, outcome: judged.is } });
  await docket.close(trx, judging.now);
  return judged.is;
}

async function again(
  office: Office,
  judging: Judging,
  docket: Docket,
  deviceId: string,
  command: RawCommand,
): Promise<Judged> {
  const { trx } = judging;
  const { id, after, actor } = command;
  if (after !== null) {
    const before = await trx
      .selectFrom('command')
      .select('outcome')
      .where('id', '=', after)
      .executeTakeFirstOrThrow();
    const fate = fateAfter(id, JSON.parse(before.outcome) as Outcome);
    if (fate !== null) return fate;
  }
  const device = await trx
    .selectFrom('device')
    .selectAll()
    .where('id', '=', deviceId)
    .executeTakeFirstOrThrow();
  const place = await trx
    .selectFrom('site')
    .selectAll()
    .where('id', '=', device.site)
    .executeTakeFirstOrThrow();
  const site = { ...place, county: place.county ?? '', township: place.township ?? '' };
  await lockFeed(trx, site.township);
  const sender = (await meetSenders(trx, { device, site }, [actor])).get(actor);
  if (!sender) return { id, is: 'parked' };
  try {
    const { judged, events, receipts, audit } = await savepoint(trx, () =>
      judgeAlone(judging, sender, command),
    );
    docket.events.push(...events);
    docket.receipts.push(...receipts);
    docket.audit.push(...audit);
    return judged;
  } catch (error) {
    if (isEngineFault(error)) throw error;
    office.log.error(
      { what: 'parked', command: id, kind: command.kind, ...errorFacts(error) },
      'still parked',
    );
    return { id, is: 'parked' };
  }
}
