/** The watch of a running office: looks once a second, and says now and then that a line lives. */
import { WAKE_SECONDS } from '#lib/protocol/wake.ts';
import { errorFacts } from '../log.ts';
import type { Office } from '../office.ts';

const LOOK_MS = 1_000;
const CHECK_MS = 10_000;

/** Looks every second as long as somebody listens, never twice at once. Returns how to stop, which ends all streams. */
export function startWatch(office: Office): () => void {
  let busy = false;
  let ticks = 0;
  const look = async (): Promise<void> => {
    const checks = ticks % (CHECK_MS / LOOK_MS) === 0;
    await office.store.read(async (trx) => {
      await office.watch.look(trx);
      if (checks) await office.watch.check(trx, office.clock.now());
    });
  };
  const timer = setInterval(() => {
    ticks += 1;
    if (ticks % (WAKE_SECONDS * (1000 / LOOK_MS)) === 0) office.wakeStreams.beat();
    if (busy || office.wakeStreams.listeners.length === 0) return;
    busy = true;
    look()
      // polls go on whatever happens here
      .catch((error: unknown) => office.log.warn({ what: 'watch', ...errorFacts(error) }, 'a look failed'))
      .finally(() => (busy = false));
  }, LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    office.wakeStreams.end(() => true);
  };
}
