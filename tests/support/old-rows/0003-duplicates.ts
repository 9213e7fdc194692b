/** Applications got a keyed hash of their applicant's number, and the day they arrived on. */
import { office } from './0001-office.ts';
import type { Rows } from './rows.ts';

export const duplicates: Rows = {
  application: (office.application ?? []).map((row, i) => ({
    ...row,
    applicant_key: `key-${i}`,
    arrived_on: '2026-09-18',
  })),
};
