/**
 * Limits guessing of enrolment codes and of administrators' passphrases, by address and for the whole office, whichever
 * of its processes answers. A try is counted with its answer or before it, so that a hundred at once are a hundred. An
 * address is kept as a hash, and for a quarter of an hour.
 */
import { createHash, randomUUID } from 'node:crypto';
import { instantMs, type Instant } from '#lib/domain/day.ts';
import { lockOffice, type Trx } from '../db/dialect.ts';
import type { GuessTable } from '../db/schema.ts';

const WINDOW_MS = 15 * 60_000;
const PER_ADDRESS = 5;
const ALTOGETHER = 60;

interface Trying {
  what: GuessTable['what'];
  ip: string;
  now: Instant;
}

const later = (now: Instant, ms: number): Instant => new Date(instantMs(now) + ms).toISOString();

const addressOf = ({ what, ip }: Trying): string =>
  createHash('sha256').update(`${what} ${ip}`).digest('hex').slice(0, 32);

/** Seconds to wait before the next try; 0: go ahead. Until the transaction ends nobody else's try is looked at. */
export async function secondsToWait(trx: Trx, trying: Trying): Promise<number> {
  await lockOffice(trx, 'guesses');
  const { what, now } = trying;
  const tries = await trx
    .selectFrom('guess')
    .select(['address', 'at'])
    .where('what', '=', what)
    .where('at', '>', later(now, -WINDOW_MS))
    // a clock that was set back must not lock everybody out
    .where('at', '<', later(now, WINDOW_MS))
    .orderBy('at')
    .execute();
  const address = addressOf(trying);
  const own = tries.filter((one) => one.address === address);
  const [oldest] = own.length >= PER_ADDRESS ? own : tries.length >= ALTOGETHER ? tries : [];
  return oldest ? Math.ceil((instantMs(oldest.at) + WINDOW_MS - instantMs(now)) / 1000) : 0;
}

/** Returns its id. */
export async function countGuess(trx: Trx, trying: Trying): Promise<string> {
  const { what, now: at } = trying;
  const id = randomUUID();
  await trx
    .insertInto('guess')
    .values({ id, what, address: addressOf(trying), at })
    .execute();
  return id;
}

/** A try that was counted before it was looked at turned out right. */
export async function takeBack(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('guess').where('id', '=', id).execute();
}

export async function purgeGuesses(trx: Trx, now: Instant): Promise<void> {
  await trx.deleteFrom('guess').where('at', '<=', later(now, -WINDOW_MS)).execute();
}
