/**
 * Limits guessing of enrolment codes and of administrators' passphrases, by address and for the whole office, whichever
 * of its processes answers. A try is counted before it is looked at, so that a hundred at once are a hundred; one that
 * was right is taken back. An address is kept as a hash, and for a quarter of an hour.
 */
import { createHash, randomUUID } from 'node:crypto';
import { instantMs, type Instant } from '#lib/domain/day.ts';
import { lockOffice, type Trx } from '../db/dialect.ts';

const WINDOW_MS = 15 * 60_000;
const PER_ADDRESS = 5;
const ALTOGETHER = 60;

/** A try that may go on, by its id; or how many seconds to wait before the next one. */
export type Try = { id: string } | { wait: number };

interface Trying {
  what: 'enrolCode' | 'adminPassphrase';
  ip: string;
  now: Instant;
}

const later = (now: Instant, ms: number): Instant => new Date(instantMs(now) + ms).toISOString();

export async function countTry(trx: Trx, { what, ip, now }: Trying): Promise<Try> {
  await lockOffice(trx, 'guesses');
  const tries = await trx
    .selectFrom('guess')
    .select(['address', 'at'])
    .where('what', '=', what)
    .where('at', '>', later(now, -WINDOW_MS))
    // a clock that was set back must not lock everybody out
    .where('at', '<', later(now, WINDOW_MS))
    .orderBy('at')
    .execute();
  const address = createHash('sha256').update(`${what} ${ip}`).digest('hex').slice(0, 32);
  const own = tries.filter((one) => one.address === address);
  const [oldest] = own.length >= PER_ADDRESS ? own : tries.length >= ALTOGETHER ? tries : [];
  if (oldest) return { wait: Math.ceil((instantMs(oldest.at) + WINDOW_MS - instantMs(now)) / 1000) };
  const id = randomUUID();
  await trx.insertInto('guess').values({ id, what, address, at: now }).execute();
  return { id };
}

/** The try was right: it was no guess. */
export async function takeBack(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('guess').where('id', '=', id).execute();
}

export async function purgeGuesses(trx: Trx, now: Instant): Promise<void> {
  await trx.deleteFrom('guess').where('at', '<=', later(now, -WINDOW_MS)).execute();
}
