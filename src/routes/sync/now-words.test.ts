import { describe, expect, test } from 'vitest';
import type { SyncStatus } from '#lib/client/state/sync-status.svelte.ts';
import { bytesLeft, clockText, lastText, leftText, phaseText, timeText } from './now-words.ts';

type Left = Parameters<typeof timeText>[0];
const status = (change: Partial<Left> = {}): Left => ({
  phase: 'idle',
  waiting: 0,
  applications: 0,
  bytesLeft: 0,
  photos: { waiting: 0, bytesLeft: 0, refused: 0, sending: null },
  alarm: null,
  ...change,
});
const KB = 1024;
const photos = (change: Partial<SyncStatus['photos']> = {}) => ({ ...status().photos, ...change });

describe('what is left', () => {
  test('text and photos are counted apart, in applications and in bytes', () => {
    const left = status({
      waiting: 14,
      applications: 12,
      bytesLeft: 30 * KB,
      photos: photos({ waiting: 3, bytesLeft: 1300 * KB, sending: { sent: 100 * KB, size: 400 * KB } }),
    });
    expect(bytesLeft(left)).toEqual({ text: 30 * KB, photos: 1200 * KB });
    expect(leftText(left)).toBe('还有 12 件、3 张照片，1.2 MB');
    expect(leftText(status({ waiting: 1, applications: 1, bytesLeft: 2 * KB }))).toBe('还有 1 件，2.0 KB');
    expect(leftText(status())).toBe(null);
  });

  test('the time is told by the measured link, and honestly not told while it is unknown', () => {
    const some = { waiting: 12, applications: 12, bytesLeft: 1300 * KB };
    expect(timeText(status({ ...some, phase: 'sending' }), 180)).toBe('按现在的网速还要约 3 分钟');
    expect(timeText(status({ ...some, phase: 'sending' }), null)).toBe('正在送，还测不出要多久');
    expect(timeText(status(some), null)).toBe('马上就送，还测不出要多久');
    // a speed of before says nothing while there is no line
    expect(timeText(status({ ...some, phase: 'offline' }), 180)).toBe('没有网，联上以后自动送');
    expect(timeText(status({ ...some, phase: 'oldProgram' }), 180)).toBe('程序太旧，换上新版再送');
    const alarm = { code: 'stalled', detail: '', since: '' } as const;
    expect(timeText(status({ ...some, phase: 'trouble', alarm }), null)).toBe('送不动，看上面怎么办');
    expect(timeText(status(), 180)).toBe('');
  });
});

test('what is going on is one line', () => {
  expect(phaseText(status())).toBe('已联网，都送到了');
  expect(phaseText(status({ phase: 'offline' }))).toBe('离线');
  // nothing is said to have arrived before anybody has counted
  expect(phaseText(status({ phase: 'starting' }))).toBe('正在清点');
  const sending = photos({ waiting: 1, bytesLeft: KB, sending: { sent: 0, size: KB } });
  expect(phaseText(status({ photos: sending }))).toBe('正在送照片');
  expect(phaseText(status({ phase: 'sending', photos: sending }))).toBe('正在送填写的内容');
});

test('the last contact is a time and how long ago that was', () => {
  const now = '2026-09-23T06:02:00.000Z';
  expect(lastText(null, now)).toBe('还没有联上过乡镇');
  expect(lastText('2026-09-23T06:01:50.000Z', now)).toBe('刚刚联上过');
  // a clock that was set back
  expect(lastText('2026-09-23T06:30:00.000Z', now)).toBe('刚刚联上过');
  expect(lastText('2026-09-23T05:57:00.000Z', now)).toBe('上次联上是 9 月 23 日 13:57，5 分钟前');
  expect(lastText('2026-09-23T03:57:00.000Z', now)).toMatch(/2 小时前$/);
  expect(lastText('2026-08-24T03:57:00.000Z', now)).toMatch(/30 天前$/);
});

test('a wrong clock is told by how much', () => {
  expect(clockText(null)).toBe('联网后核对');
  expect(clockText(4000)).toBe('比乡镇快 4 秒，正常');
  expect(clockText(-20 * 60_000)).toBe('比乡镇慢 20 分钟');
  expect(clockText(2 * 3_600_000)).toBe('比乡镇快 2 小时，请校准');
});
