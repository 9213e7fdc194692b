import { expect, test } from 'vitest';
import { applicationIn, item, SITE } from '../../../../../tests/support/builders.ts';
import { listed } from './handover-list.ts';

const open = applicationIn('pending');

test('a station hands over its own open applications, latest day first', () => {
  const earlier = { ...open, id: 'early', receivedOn: '2026-09-17' };
  const closed = applicationIn('withdrawn');
  const other = { ...open, id: 'other', site: 'S2' };
  const rows = listed(
    [earlier, closed, other, open].map((state) => ({ state })),
    SITE.id,
    () => item(),
  );
  expect(rows.map(({ state }) => state.id)).toEqual([open.id, 'early']);
});

test('what cannot be read, or whose item is not here, is left out', () => {
  expect(listed([{ state: null }], SITE.id, () => item())).toEqual([]);
  expect(listed([{ state: open }], SITE.id, () => undefined)).toEqual([]);
});
