/**
 * Lets the legal clocks of all applications fire that are due: at boot and each minute. An application whose clocks
 * cannot be judged is told to the log and left for the next time; it holds up no other. Of several office processes one
 * sweeps at a time; when it ends in the middle, its lock ends with it, and another goes on a minute later.
 */
import { chineseDay, type Instant } from '#lib/domain/day.ts';
import { purgeGuesses } from '../auth/guess-limit.ts';
import { purgeSessions } from '../auth/sessions.ts';
import { lockFreeRows, lockOffice, savepoint, tryLockOffice, type Trx } from '../db/dialect.ts';
import { isEngineFault } from '../db/engine-faults.ts';
import { sweepPhotos } from '../files/sweep-photos.ts';
import { errorFacts } from '../log.ts';
import type { Office } from '../office.ts';
import { loadApplication } from './applications.ts';
import { clockFacts, nextLook, tick } from './clock-ticks.ts';
import { Docket } from './docket.ts';
import type { Judging } from './judging.ts';

/** Applications in one transaction: others' writes wait for it. */
const AT_ONCE = 50;
const EVERY_MS = 60_000;

/** Number of clocks that fired. */
export async function sweepClocks(office: Office): Promise<number> {
  let fired = 0;
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    const done = await office.store.write((trx) => sweepSome(office, trx, from));
    fired += done.fired;
    after = done.last;
  }
  return fired;
}

async function sweepSome(
  office: Office,
  trx: Trx,
  after: string,
): Promise<{ fired: number; last: string | null }> {
  // another process is at it, and leaves nothing over
  if (!(await tryLockOffice(trx, 'sweep'))) return { fired: 0, last: null };
  const judging = { trx, now: office.clock.now(), rulebook: office.rulebook };
  const query = trx
    .selectFrom('application')
    .select('id')
    .where('next_due', '<', chineseDay(judging.now))
    .where('id', '>', after)
    .orderBy('id')
    .limit(AT_ONCE);
  // what somebody works on has its clocks looked at by that
  const due = await lockFreeRows(trx, query).execute();
  const docket = new Docket();
  for (const { id } of due) await sweepOne(office, judging, docket, id);
  await docket.close(trx, judging.now);
  return { fired: docket.receipts.length, last: due.length < AT_ONCE ? null : due.at(-1)!.id };
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

async function letFire(judging: Judging, id: string): Promise<Pick<Docket, 'events' | 'receipts'>> {
  const found = await loadApplication(judging.trx, id);
  if (!found) throw new Error('an application was removed');
  const ticked = await tick(judging, found);
  if (ticked.events.length === 0) await lookAgain(judging, ticked);
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
 * Works out all open applications' next looks anew: after a calendar or a policy has changed, and at boot, because it
 * may have changed while nobody looked.
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
      for (const { id } of rows) {
        const found = await loadApplication(trx, id);
        if (found) await lookAgain(judging, found);
      }
      return rows.map((row) => row.id);
    });
    if (ids.length < AT_ONCE) return;
    after = ids.at(-1)!;
  }
}

async function purge(trx: Trx, now: Instant): Promise<void> {
  if (!(await tryLockOffice(trx, 'sweep'))) return;
  await purgeSessions(trx, now);
  await purgeGuesses(trx, now);
}

/** Sweeps now and each minute, never two at once. Returns how to stop: resolves when the last sweep is done. */
export function startSweeper(office: Office): () => Promise<void> {
  const sweep = async (): Promise<void> => {
    await sweepClocks(office);
    await office.store.write((trx) => purge(trx, office.clock.now()));
    await sweepPhotos(office);
  };
  const guarded = (work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) =>
      office.log.error({ what: 'sweep', ...errorFacts(error) }, 'a sweep failed'),
    );
  let running = guarded(() => recalculateDueDays(office).then(sweep));
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
