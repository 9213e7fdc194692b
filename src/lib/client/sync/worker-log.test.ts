import { expect, test } from 'vitest';
import { FIRST_STATUS, type SyncStatus } from './status.ts';
import { readLog, WorkerLog } from './worker-log.ts';

const at = '2026-09-23T01:00:00.000Z';
const status = (change: Partial<SyncStatus>): SyncStatus => ({ ...FIRST_STATUS, ...change });

test('a turn is a line; what stays the same is none', () => {
  const log = new WorkerLog();
  expect(log.note(status({ phase: 'idle' }), at)).toBe(true);
  expect(log.note(status({ phase: 'idle', bytesLeft: 5 }), at)).toBe(false);
  log.note(status({ phase: 'sending', waiting: 3 }), at);
  log.note(
    status({ phase: 'trouble', waiting: 3, alarm: { code: 'stalled', detail: '王示例', since: at } }),
    at,
  );
  log.note(status({ phase: 'idle' }), at);
  expect(log.lines.map(({ code, n }) => `${code} ${n}`)).toEqual([
    'phase.idle 0',
    'phase.sending 3',
    'phase.trouble 3',
    'alarm.stalled 3',
    'phase.idle 0',
    'alarm.none 0',
  ]);
});

test('200 lines are kept, the latest; an earlier worker’s come before', () => {
  const log = new WorkerLog();
  for (let n = 0; n < 150; n++) {
    log.note(status({ phase: 'sending', waiting: n }), at);
    log.note(status({ phase: 'idle' }), at);
  }
  expect(log.lines).toHaveLength(200);
  expect(log.lines.at(-2)).toMatchObject({ code: 'phase.sending', n: 149 });
  const next = new WorkerLog();
  next.note(status({ phase: 'offline' }), at);
  next.restore([...log.lines]);
  expect(next.lines).toHaveLength(200);
  expect(next.lines.at(-1)?.code).toBe('phase.offline');
});

test('what is none of ours is not read from the disk', () => {
  const kept = [
    { at, code: 'phase.idle', n: 1 },
    { at, code: '王示例', n: 1 },
    { at: 'x', code: 'phase.idle' },
    null,
  ];
  expect(readLog(kept)).toEqual([{ at, code: 'phase.idle', n: 1 }]);
  expect(readLog('王示例')).toEqual([]);
});
