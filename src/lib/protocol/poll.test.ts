import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pollOf, quietAnswer, readPoll, requestOfPoll, standingAfter } from './poll.ts';

const standing = fc.record({
  lineage: fc.uuid(),
  cursor: fc.nat(),
  mark: fc.constantFrom('', '00112233aabbccdd'),
  chain: fc.nat(),
  release: fc.constantFrom('', '410526/village/12'),
  choice: fc.constantFrom('', '0123456789ab'),
});

test('the office reads from the address what the device would have said in full', () => {
  fc.assert(
    fc.property(standing, (known) => {
      const { lineage, cursor, mark, release } = known;
      const asked = requestOfPoll(readPoll(pollOf(known))!, lineage, release && '410526/village');
      expect(asked).toMatchObject({
        lineage,
        cursor,
        mark,
        release: release || null,
        choice: known.choice,
        commands: [],
        runs: [],
      });
    }),
  );
});

test('after a quiet answer the device stands where it stood', () => {
  fc.assert(
    fc.property(standing, (known) => {
      expect(standingAfter(quietAnswer(known, '2026-09-18T02:00:00.000Z'), known.choice)).toEqual(known);
    }),
  );
});

test('a device that takes no choice of its site asks as ever, and is told of none', () => {
  const asked = requestOfPoll(readPoll('1.L.1..1.1')!, 'L', 'C/village');
  expect('choice' in asked).toBe(false);
});

test('a program of yesterday says a point before its release, and is given no patch in bytes', () => {
  expect(readPoll('1.L.1..1.3')).toMatchObject({ chain: 1, release: '3', takesBytes: false });
  expect(readPoll('1.L.1..1~3.')).toMatchObject({ chain: 1, release: '3', choice: '', takesBytes: true });
});

test('an address that is no poll is none', () => {
  for (const query of [
    '',
    '1',
    '1.a.b.c.d~e',
    '1.L.1.zz.1~1',
    '-1.L.1..1~1',
    '1.L.1e3..1~1',
    '1.L.1..1~~1',
    '1.L.1..1~1.x',
    '1.L.1..1~1.ab.c',
  ])
    expect(readPoll(query)).toBe(null);
});
