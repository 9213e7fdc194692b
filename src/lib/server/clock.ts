/**
 * The office's clock: the only place in the office that asks the machine for the time, so that journeys and tests run
 * on a day of their choice. JINBAN_NOW (an instant, ISO in UTC) starts the clock there and lets it run on; it is refused
 * unless JINBAN_TEST=1, because a wrong clock would date official acts wrongly.
 */
import { isInstant, type Instant } from '#lib/domain/day.ts';

export interface OfficeClock {
  now(): Instant;
}

/** @throws when JINBAN_NOW is set without JINBAN_TEST=1, or is no instant. */
export function officeClock(env: { JINBAN_NOW?: string; JINBAN_TEST?: string } = process.env): OfficeClock {
  const { JINBAN_NOW: start } = env;
  if (!start) return { now: () => new Date().toISOString() };
  if (env.JINBAN_TEST !== '1')
    throw new Error('JINBAN_NOW is for tests: set JINBAN_TEST=1 with it, or unset it');
  if (!isInstant(start)) throw new Error('JINBAN_NOW must be an instant such as 2026-09-23T01:00:00.000Z');
  const ahead = Date.parse(start) - Date.now();
  return { now: () => new Date(Date.now() + ahead).toISOString() };
}
