/** What devices tell of themselves, what a county keeps of its sites, choices and one-time codes. */
import { duplicates } from './0003-duplicates.ts';
import { office } from './0001-office.ts';
import type { Rows } from './rows.ts';

const AT = '2026-11-24T02:00:00.000Z';
const VILLAGE = 'S410526102201';

export const stations: Rows = {
  site: (office.site ?? []).map((row) => ({
    ...row,
    hours: '周一至周五',
    merged_into: null,
    reach: row.path,
  })),
  device: (office.device ?? []).map((row) => ({
    ...row,
    reported_at: AT,
    waiting: 3,
    waiting_since: AT,
    waiting_photos: 1,
    room_mb: 900,
  })),
  application: (duplicates.application ?? []).map((row) => ({ ...row, late: 1 })),
  site_choice: [
    {
      site: VILLAGE,
      left_out: '["410511005000"]',
      mark: 'c'.repeat(12),
      changed_at: AT,
      changed_by: 'agent-1',
    },
  ],
  passphrase_code: [
    { code_hash: 'e'.repeat(64), staff: 'agent-1', created_by: 'agent-1', expires_at: AT, used_at: null },
  ],
};
