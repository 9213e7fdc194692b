import { expect, test } from 'vitest';
import { offerOf, silenceOf, tileKind } from './board.ts';

test.each([
  [null, 'none'],
  [39, 'low'],
  [40, 'thin'],
  [44, 'thin'],
  [45, 'ok'],
] as const)('%s items against 40 are %s', (items, offer) => {
  expect(offerOf(items, 40)).toBe(offer);
});

const NOW = '2026-09-24T02:00:00.000Z';
test.each([
  [0, null, 'none'],
  [0, NOW, 'none'],
  [1, null, 'never'],
  [1, '2026-09-23T02:00:00.000Z', 'heard'],
  [1, '2026-09-23T01:59:59.999Z', 'quiet'],
  [2, '2026-09-21T02:00:00.000Z', 'quiet'],
  [2, '2026-09-21T01:59:59.999Z', 'silent'],
] as const)('%d devices, last heard of at %s: %s', (devices, lastContact, silence) => {
  expect(silenceOf({ devices, lastContact }, NOW)).toBe(silence);
});

test('a tile shows the worst of its township, and nothing unknown as good', () => {
  const well = { offer: 'ok', silence: 'heard', shortStations: 0, late: 0 } as const;
  expect(tileKind(well)).toBe('ok');
  expect(tileKind({ ...well, offer: 'none' })).toBe('none');
  expect(tileKind({ ...well, offer: 'thin' })).toBe('thin');
  expect(tileKind({ ...well, offer: 'thin', late: 1 })).toBe('late');
  expect(tileKind({ ...well, silence: 'never', late: 1 })).toBe('silent');
  expect(tileKind({ ...well, silence: 'silent', shortStations: 1 })).toBe('low');
});
