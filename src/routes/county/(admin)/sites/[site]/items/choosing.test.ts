import { expect, test } from 'vitest';
import { byTopic, Choosing } from './choosing.svelte.ts';

test('what another person saved is taken over where nothing was changed here; what was chosen here stays', () => {
  const choosing = new Choosing({ leftOut: ['a', 'b'], mark: 'one' });
  choosing.offers(['a'], true);
  choosing.offers(['c'], false);
  // they put b back and left out d, and a and c as they were
  expect(choosing.merge({ leftOut: ['a', 'd'], mark: 'two' })).toBe(2);
  expect([...choosing.leftOut].sort()).toEqual(['c', 'd']);
  expect(choosing.mark).toBe('two');
  // both chose the same: nothing is left to say
  choosing.merge({ leftOut: ['c', 'd'], mark: 'three' });
  expect([...choosing.leftOut].sort()).toEqual(['c', 'd']);
});

test('every item stands under one topic, the fullest first', () => {
  const item = (code: string, topic: string) => ({ code, name: code, department: '民政局', topic });
  const groups = byTopic([item('1', '救助'), item('2', '户籍'), item('3', '户籍'), item('4', '')]);
  expect(groups.map(({ topic, items }) => [topic, items.length])).toEqual([
    ['户籍', 2],
    ['救助', 1],
    ['没有写主题', 1],
  ]);
});
