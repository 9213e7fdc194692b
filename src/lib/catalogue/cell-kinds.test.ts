import { describe, expect, test } from 'vitest';
import { readCell, writeCell, type Kind } from './cell-kinds.ts';

const words = { township: '乡镇', village: '村（社区）' };
const MANY: Kind = { is: 'many', of: ['township', 'village'], words };

describe('a cell is read as a person means it', () => {
  test.each<[Kind, string, unknown]>([
    [{ is: 'text', most: 5 }, '  高龄津贴 ', '高龄津贴'],
    [{ is: 'whole' }, '２０', 20],
    [{ is: 'whole' }, ' 1,200 ', 1200],
    [{ is: 'whole' }, '3.0', 3],
    [{ is: 'number' }, '-0.5', -0.5],
    [{ is: 'flag' }, '√', true],
    [{ is: 'flag' }, '否', false],
    [MANY, '乡镇，村(社区)', ['township', 'village']],
    [{ is: 'many' }, '新农保、 养老；交养老金', ['新农保', '养老', '交养老金']],
    [{ is: 'lines' }, '《甲法》第一条、第二条\n《乙法》', ['《甲法》第一条、第二条', '《乙法》']],
    [{ is: 'day' }, '2026年9月1日', '2026-09-01'],
    [{ is: 'day' }, '2026/9/1', '2026-09-01'],
    [{ is: 'text', most: 5 }, '   ', undefined],
  ])('%o %j', (kind, text, value) => expect(readCell(kind, text)).toEqual({ ok: true, value }));
});

describe('what cannot be meant is said', () => {
  test.each<[Kind, string, string]>([
    [{ is: 'text', most: 3 }, '高龄津贴', '最多 3 个字，现在是 4 个'],
    [{ is: 'text', most: 30 }, '上\n下', '这里只能写一行，请去掉换行'],
    [{ is: 'whole' }, '二十', '应是数字，现在是“二十”'],
    [{ is: 'whole' }, '1.5', '应是整数，现在是“1.5”'],
    [{ is: 'whole', least: 1 }, '0', '应是 1 或更大的整数'],
    [{ is: 'whole' }, '9'.repeat(20), '这个数太大了，请核对'],
    [{ is: 'flag' }, '也许', '应是“是”或“否”，现在是“也许”'],
    [MANY, '乡镇、县', '没有“县”这一种，应是：乡镇、村（社区）'],
    [
      { is: 'one', of: ['即办件', '承诺件'] },
      'x'.repeat(50),
      `没有“${'x'.repeat(20)}…”这一种，应是：即办件、承诺件`,
    ],
    [{ is: 'day' }, '2026-02-30', '应是日期，例如 2026-09-01，现在是“2026-02-30”'],
    [{ is: 'lines' }, '甲|'.repeat(201), '最多 200 行'],
  ])('%o %j', (kind, text, message) => expect(readCell(kind, text)).toEqual({ ok: false, text: message }));
});

test('what is written is read back', () => {
  for (const [kind, value] of [
    [MANY, ['village']],
    [{ is: 'flag' }, false],
    [{ is: 'number' }, 0.01],
    [{ is: 'lines' }, ['a、b', 'c']],
  ] as const)
    expect(readCell(kind, writeCell(kind, value))).toEqual({ ok: true, value });
  expect(writeCell({ is: 'whole' }, null)).toBe('');
});
