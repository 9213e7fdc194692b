import { describe, expect, test } from 'vitest';
import { calendar } from '../../../tests/support/builders.ts';
import { homeNotices, type NoticeFacts } from './home-notices.ts';

const quiet: NoticeFacts = {
  today: '2026-07-01',
  calendar: null,
  release: null,
  fetching: null,
  refusedPhotos: 0,
  leavingBin: 0,
  persisted: true,
};
const titles = (change: Partial<NoticeFacts>): string[] =>
  homeNotices({ ...quiet, ...change }).map(({ title }) => title);

test('when there is nothing to say, nothing is said', () => {
  expect(homeNotices(quiet)).toEqual([]);
  expect(titles({ calendar })).toEqual([]);
});

describe('holidays', () => {
  test('a holiday and its make-up days are told of two weeks ahead, each once', () => {
    const found = homeNotices({ ...quiet, calendar, today: '2026-09-18' });
    expect(found.map(({ title, note }) => [title, note])).toEqual([
      ['9 月 20 日（星期日）调休上班', '这一天算工作日'],
      ['9 月 25—27 日放假', '期限顺延，9 月 28 日上班'],
      ['10 月 1—7 日放假', '期限顺延，10 月 8 日上班'],
    ]);
  });

  test('a holiday that has begun is not announced again, and plain weekends never', () => {
    expect(titles({ calendar, today: '2026-10-01' })).toEqual(['10 月 10 日（星期六）调休上班']);
    expect(titles({ calendar, today: '2026-07-03' })).toEqual([]);
  });

  test('a calendar that ends is told before terms run into it', () => {
    expect(titles({ calendar: { ...calendar, validThrough: '2026-07-20' } })).toEqual([
      '工作日历只到 7 月 20 日',
    ]);
    expect(titles({ calendar: { ...calendar, validThrough: '2026-06-01' } })).toEqual([
      '工作日历只到 6 月 1 日',
    ]);
  });
});

test('a new list of items is new for a week, and says while it is being fetched', () => {
  const release = { number: 38, publishedAt: '2026-06-28T02:00:00.000Z' };
  expect(titles({ release })).toEqual(['事项目录换了第 38 版']);
  expect(titles({ release, today: '2026-07-06' })).toEqual([]);
  expect(homeNotices({ ...quiet, release, fetching: 0.639 })[0]).toMatchObject({
    title: '事项目录有新版，正在取',
    note: '已取 63%，取完自动换上',
  });
});

test('what needs a person comes first', () => {
  expect(titles({ refusedPhotos: 2, leavingBin: 1, persisted: false })).toEqual([
    '2 张照片要重拍',
    '回收站有 1 份草稿快要清掉',
    '请不要清浏览器的数据',
  ]);
});
