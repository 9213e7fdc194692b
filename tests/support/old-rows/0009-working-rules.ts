/** What a county has changed of its calendar and policies and not released. */
import type { Rows } from './rows.ts';

export const workingRules: Rows = {
  list_rule: [
    {
      county: 'S410526000000',
      rule: 'policy',
      data: '{"correctionDays":20}',
      updated_at: '2026-11-24T02:00:00.000Z',
      updated_by: 'admin-1',
    },
  ],
};
