/** Wrong guesses came into the database. */
import type { Rows } from './rows.ts';

export const guesses: Rows = {
  guess: [{ id: 'g-1', what: 'enrolCode', address: 'f'.repeat(32), at: '2026-11-24T02:00:00.000Z' }],
};
