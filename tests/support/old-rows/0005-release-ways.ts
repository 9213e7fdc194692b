/** Releases got ways to them: whole, and from an older one. */
import type { Rows } from './rows.ts';

const release = { county: 'S410526000000', level: 'village', number: 1 };

export const releaseWays: Rows = {
  release_way: [{ ...release, since: 0, data: Uint8Array.of(0, 1, 255) }],
};
