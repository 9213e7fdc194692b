import { expect, test } from 'vitest';
import type { HistoryLine } from '#lib/domain/state.ts';
import { historySteps } from './history-steps.ts';

const OFFICE = { id: 'office', name: '系统' };
const AGENT = { id: 'p1', name: '张样本' };

const line = (rev: number, event: string, actor = OFFICE): HistoryLine => ({
  rev,
  event,
  actor,
  at: `2026-09-18T02:0${rev}:00.000Z`,
});

test('photos verified one after the other are one step, at the time of the last', () => {
  const history = [
    line(1, 'received', AGENT),
    line(2, 'photoVerified'),
    line(3, 'photoVerified'),
    line(4, 'photoVerified'),
    { ...line(5, 'correctionRequested', AGENT), note: '要补 1 项' },
    line(6, 'photoVerified'),
  ];
  expect(historySteps(history).map(({ name, at, note }) => [name, at.slice(14, 16), note])).toEqual([
    ['收件', '01', undefined],
    ['照片已核验 3 张', '04', undefined],
    ['一次告知补正', '05', '要补 1 项'],
    ['照片已核验', '06', undefined],
  ]);
});
