import { expect, test } from 'vitest';
import { runsOf } from './runs.ts';

const row = (n: number, actor: string, device = 'd') => ({
  id: `${device}${n}`,
  ...{ n, actor, device, head: `h${n}`, sig: `s${n}` },
});
const idsOf = (rows: readonly { id: string }[]) => new Set(rows.map(({ id }) => id));

test('I14: one signature for each unbroken stretch of one person, the last of it', () => {
  const rows = [row(1, 'a'), row(2, 'a'), row(3, 'b'), row(4, 'a'), row(6, 'a'), row(7, 'a', 'e')];
  expect(runsOf(rows, idsOf(rows))).toEqual([
    { actor: 'a', from: 1, to: 2, head: 'h2', sig: 's2' },
    { actor: 'b', from: 3, to: 3, head: 'h3', sig: 's3' },
    { actor: 'a', from: 4, to: 4, head: 'h4', sig: 's4' },
    { actor: 'a', from: 6, to: 6, head: 'h6', sig: 's6' },
    { actor: 'a', from: 7, to: 7, head: 'h7', sig: 's7' },
  ]);
});

test('I7: what cannot be sent stands alone, so that its signed head closes the hole', () => {
  const rows = [row(1, 'a'), row(2, 'a'), row(3, 'a'), row(4, 'a')];
  const sent = idsOf(rows.filter(({ n }) => n !== 2));
  expect(runsOf(rows, sent)).toEqual([
    { actor: 'a', from: 1, to: 1, head: 'h1', sig: 's1' },
    { actor: 'a', from: 2, to: 2, head: 'h2', sig: 's2' },
    { actor: 'a', from: 3, to: 4, head: 'h4', sig: 's4' },
  ]);
});
