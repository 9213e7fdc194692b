/** A county keeps its working list, what its import remembers, and an import that waits to be confirmed. */
import type { Rows } from './rows.ts';

const county = 'S410526000000';
const at = '2026-11-24T02:00:00.000Z';

export const workingList: Rows = {
  list_item: [
    { county, code: '412014001001', data: '{}', rev: 3, updated_at: at, updated_by: 'P410526000000-1' },
  ],
  list_mapping: [{ county, sheet: 'items', data: '{}', updated_at: at }],
  list_import: [
    {
      id: 'a'.repeat(32),
      county,
      made_by: 'P410526000000-1',
      made_at: at,
      file_name: '清单.xlsx',
      stage: 'columns',
      book: '{}',
      plan: '{}',
    },
  ],
};
