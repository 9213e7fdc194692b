/** Releases got a plan, whom it reaches, what happened to it; counties got pilot sites. */
import { office } from './0001-office.ts';
import type { Rows } from './rows.ts';

const COUNTY = 'S410526000000';
const AT = '2026-11-24T02:00:00.000Z';

export const releaseReach: Rows = {
  release_plan: [
    {
      id: 'plan-1',
      county: COUNTY,
      stage: 'township',
      number: 1,
      undoes: 'plan-0',
      undone_number: 1,
      undone_by: 'plan-2',
      base: '{"village":1}',
      contents: Uint8Array.of(0, 1, 255),
      summary: '新增 1 项',
      note: '示例说明',
      shortfall: '示例原因',
      made_by: 'staff-1',
      made_at: AT,
      released_by: 'staff-2',
      released_at: AT,
      township: 'S410526102000',
      held_at: AT,
    },
  ],
  release: (office.release ?? []).map((row) => ({ ...row, plan: 'plan-1' })),
  release_reach: [{ plan: 'plan-1', kind: 'under', scope: 'S410526102000' }],
  release_step: [{ plan: 'plan-1', n: 1, at: AT, who: 'staff-1', what: 'drawn', note: '示例说明' }],
  release_pilot: [{ county: COUNTY, site: 'S410526102201' }],
};
