/**
 * Lets the legal clocks of all applications fire that are due: at boot and each minute. An application whose clocks
 * cannot be judged is told to the log and left for the next time; it holds up no other. Of several office processes one
 * sweeps at a time; when it ends in the middle, its lock ends with it, and another goes on a minute later.
 */
import { chineseDay, type Instant } from '#lib/domain/day.ts';
import { purgeGuesses } from '../auth/guess-limit.ts';
import { purgeSessions } from '../auth/sessions.ts';
import { rulesMark } from '../catalogue/rules.ts';
import { lockFreeRows, lockOffice, savepoint, tryLockOffice, type Trx } from '../db/dialect.ts';
import { isEngineFault } from '../db/engine-faults.ts';
import { sweepPhotos } from '../files/sweep-photos.ts';
import { errorFacts } from '../log.ts';
import type { Office } from '../office.ts';
import { applicationsOf } from './applications.ts';
import { Casebook } from './casebook.ts';
import { clockFacts, nextLook, tick } from './clock-ticks.ts';
import { Docket } from './docket.ts';
import type { Entries, Judging } from './judging.ts';

/** Applications in one transaction: others' writes wait for it. */
const AT_ONCE = 50;
const EVERY_MS = 60_000;

/** Where a sweep stands: the feeds before this one are done, and in it the applications through `id`; null: all of it. */
interface Place {
  feed: string;
  id: string | null;
}

/** Number of clocks that fired. */
export async function sweepClocks(office: Office): Promise<number> {
  let fired = 0;
  for (let after: Place | null = { feed: '', id: null }; after !== null;) {
    const from: Place = after;
    const done = await office.store.write((trx) => sweepSome(office, trx, from));
    fired += done.fired;
    after = done.last;
  }
  return fired;
}

/** Some of one township, so that the others' work does not wait for it. */
async function sweepSome(
  office: Office,
  trx: Trx,
  after: Place,
): Promise<{ fired: number; last: Place | null }> {
  // another process is at it, and leaves nothing over
  if (!(await tryLockOffice(trx, 'sweep'))) return { fired: 0, last: null };
  const judging = { trx, now: office.clock.now(), rulebook: office.rulebook };
  const due = await trx
    .selectFrom('application')
    .select(['feed', 'id'])
    .where('next_due', '<', chineseDay(judging.now))
    .where((row) => {
      const later = row('feed', '>', after.feed);
      if (after.id === null) return later;
      return row.or([later, row.and([row('feed', '=', after.feed), row('id', '>', after.id)])]);
    })
    .orderBy('feed')
    .orderBy('id')
    .limit(AT_ONCE)
    .execute();
  const [first] = due;
  if (first === undefined) return { fired: 0, last: null };
  const feed = trx.selectFrom('feed').select('code').where('code', '=', first.feed);
  // somebody is writing there: its turn comes with the next sweep
  if ((await lockFreeRows(trx, feed).executeTakeFirst()) === undefined) {
    return { fired: 0, last: { feed: first.feed, id: null } };
  }
  const own = due.filter((one) => one.feed === first.feed);
  const docket = new Docket();
  for (const { id } of own) await sweepOne(office, judging, docket, id);
  await docket.close(trx, judging.now);
  return { fired: docket.receipts.length, last: own.at(-1)! };
}

async function sweepOne(office: Office, judging: Judging, docket: Docket, id: string): Promise<void> {
  try {
    const { events, receipts } = await savepoint(judging.trx, () => letFire(judging, id));
    docket.events.push(...events);
    docket.receipts.push(...receipts);
  } catch (error) {
    if (isEngineFault(error)) throw error;
    office.log.error({ what: 'clock', application: id, ...errorFacts(error) }, 'a clock could not be judged');
  }
}

async function letFire(judging: Judging, id: string): Promise<Entries> {
  const { trx, now } = judging;
  const casebook = await Casebook.open(trx, now, { ids: [id] });
  const found = casebook.find(id);
  if (!found) throw new Error('an application was removed');
  const facts = await clockFacts(judging, found);
  const ticked = facts && tick(now, found, facts);
  if (!ticked || ticked.events.length === 0) {
    await lookAgain(judging, found);
    return { events: [], receipts: [] };
  }
  casebook.save(ticked.application, nextLook(ticked.application.state, facts, chineseDay(now)));
  await casebook.write(trx, new Map());
  return ticked;
}

/** Works out anew when there is something to look at. */
async function lookAgain(judging: Judging, application: Parameters<typeof clockFacts>[1]): Promise<void> {
  const facts = await clockFacts(judging, application);
  const next_due = facts && nextLook(application.state, facts, chineseDay(judging.now));
  await judging.trx
    .updateTable('application')
    .set({ next_due })
    .where('id', '=', application.state.id)
    .where('next_due', 'is distinct from', next_due)
    .execute();
}

/**
 * Works out all open applications' next looks anew: after a calendar or a policy has changed (followRules), and at boot,
 * because it may have changed while nobody looked.
 */
export async function recalculateDueDays(office: Office): Promise<void> {
  for (let after = ''; ;) {
    const from = after;
    const ids = await office.store.write(async (trx) => {
      await lockOffice(trx, 'sweep');
      const judging = { trx, now: office.clock.now(), rulebook: office.rulebook };
      const rows = await trx
        .selectFrom('application')
        .select('id')
        .where('closed_on', 'is', null)
        .where('id', '>', from)
        .orderBy('id')
        .limit(AT_ONCE)
        .execute();
      const ids = rows.map((row) => row.id);
      for (const found of await applicationsOf(trx, ids)) await lookAgain(judging, found);
      return ids;
    });
    if (ids.length < AT_ONCE) return;
    after = ids.at(-1)!;
  }
}

/**
 * Gives what has to be called before each sweep: where a release has put another calendar or policy in force since, through
 * whichever process, terms may end earlier than their rows say. Answers whether it was so.
 */
export function followRules(office: Office): () => Promise<boolean> {
  let judgedBy: string | null = null;
  return async () => {
    const mark = await office.store.read(rulesMark);
    if (mark === judgedBy) return false;
    await recalculateDueDays(office);
    judgedBy = mark;
    return true;
  };
}

async function purge(trx: Trx, now: Instant): Promise<void> {
  if (!(await tryLockOffice(trx, 'sweep'))) return;
  await purgeSessions(trx, now);
  await purgeGuesses(trx, now);
}

/** Sweeps now and each minute, never two at once. Returns how to stop: resolves when the last sweep is done. */
export function startSweeper(office: Office): () => Promise<void> {
  const follow = followRules(office);
  const sweep = async (): Promise<void> => {
    await follow();
    await sweepClocks(office);
    await office.store.write((trx) => purge(trx, office.clock.now()));
    await sweepPhotos(office);
  };
  const guarded = (work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) =>
      office.log.error({ what: 'sweep', ...errorFacts(error) }, 'a sweep failed'),
    );
  let running = guarded(sweep);
  let busy = true;
  const settle = (): void => {
    busy = false;
  };
  void running.then(settle);
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = guarded(sweep);
    void running.then(settle);
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
