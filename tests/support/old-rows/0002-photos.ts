/** What came with photos. */
import type { Rows } from './rows.ts';

const AT = '2026-11-24T02:00:00.000Z';
const FILE = 'c'.repeat(64);
const VILLAGE = 'S410526102201';

export const photos: Rows = {
  photo: [
    {
      site: VILLAGE,
      sha256: FILE,
      size: 48_000,
      type: 'jpeg',
      status: 'verified',
      reason: null,
      received: 48_000,
      width: 1200,
      height: 800,
      device: 'd-0123456789abcdef0123',
      claimed_at: AT,
      touched_at: AT,
      received_at: AT,
      verified_at: AT,
    },
  ],
  photo_use: [
    {
      application: '019a0000-0000-7000-8000-000000000001',
      material: 'M0001',
      sha256: FILE,
      site: VILLAGE,
      size: 48_000,
      type: 'jpeg',
      added_rev: 1,
      standing: 'waiting',
    },
  ],
};
