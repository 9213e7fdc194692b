import { expect, test } from 'vitest';
import { boardQuery, inNeed, readBoardView, type Standing } from './board-view.ts';

const AT = '2026-09-17T03:00:00.000Z';
const hoursAgo = (hours: number): string => new Date(Date.parse(AT) - hours * 3_600_000).toISOString();
const FINE: Standing = {
  code: '1',
  offer: 'ok',
  missing: 0,
  silence: 'heard',
  devices: 1,
  lastContact: hoursAgo(1),
  waitingSince: null,
  roomMb: 9000,
  late: 0,
};
const codes = (need: Parameters<typeof inNeed>[1], ...sites: Partial<Standing>[]): string[] =>
  inNeed(
    sites.map((one, n) => ({ ...FINE, code: String(n), ...one })),
    need,
    AT,
  ).map(({ code }) => code);

test('too few items come before none published, those before hardly enough; the most lacking first', () => {
  const sites = [
    { offer: 'thin' },
    {},
    { offer: 'low', missing: 1 },
    { offer: 'none' },
    { offer: 'low', missing: 9 },
  ];
  expect(codes('short', ...(sites as Partial<Standing>[]))).toEqual(['4', '2', '3', '0']);
});

test('who has to be rung up: never heard of first, then the longest silence or wait; a little room is enough to ask', () => {
  expect(
    codes(
      'call',
      { silence: 'quiet', lastContact: hoursAgo(30) },
      { silence: 'none', devices: 0, lastContact: null, roomMb: null },
      { silence: 'never', lastContact: null },
      { waitingSince: hoursAgo(60) },
      { waitingSince: hoursAgo(2) },
      { roomMb: 199, lastContact: hoursAgo(3) },
    ),
  ).toEqual(['2', '3', '0', '5']);
});

test('late ones, those without a device, and all as they come', () => {
  expect(codes('late', { late: 1 }, {}, { late: 3 })).toEqual(['2', '0']);
  expect(codes('bare', { devices: 0 }, {})).toEqual(['0']);
  expect(codes('', {}, { late: 1 }, {})).toEqual(['0', '1', '2']);
});

test('an address says what is listed, and what it cannot mean is left out', () => {
  const view = readBoardView(new URLSearchParams({ q: 'xc', is: '乱写', in: 'S1', page: '-3' }));
  expect(view).toEqual({ query: 'xc', need: '', township: 'S1', page: 1 });
  const second = boardQuery({ ...view, need: 'call' }, { page: 2 });
  expect(readBoardView(new URLSearchParams(second))).toEqual({ ...view, need: 'call', page: 2 });
  expect([boardQuery({}), boardQuery({ ...view, page: 5 })]).toEqual(['', '?q=xc&in=S1']);
});
