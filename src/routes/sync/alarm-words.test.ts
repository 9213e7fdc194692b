import { expect, test } from 'vitest';
import type { SyncStatus } from '#lib/client/state/sync-status.svelte.ts';
import { alarmWords } from './alarm-words.ts';

type Alarm = NonNullable<SyncStatus['alarm']>;
const CODES: Record<Alarm['code'], true> = {
  rejected: true,
  tooLarge: true,
  deviceRefused: true,
  storage: true,
  stalled: true,
  feed: true,
  revoked: true,
  release: true,
  fault: true,
};
const since = '2026-09-23T01:00:00.000Z';

test('I10: every alarm says what, why and what to do, and has one act', () => {
  for (const code of Object.keys(CODES) as Alarm['code'][]) {
    const words = alarmWords({ phase: 'trouble', alarm: { code, detail: '', since } })!;
    for (const line of [words.what, words.why, words.remedy]) expect(line, code).toMatch(/^.{6,}[^。]$/);
    expect(['call', 'again', 'carry', 'diagnose', 'reload']).toContain(words.act);
  }
});

test('nobody reads codes or details of the program', () => {
  const alarm = { code: 'rejected', detail: '400 malformed', since } as const;
  expect(JSON.stringify(alarmWords({ phase: 'trouble', alarm }))).not.toMatch(/malformed|400|rejected/);
});

test('a program that is too old is told without an alarm; otherwise all is quiet', () => {
  expect(alarmWords({ phase: 'oldProgram', alarm: null })?.act).toBe('reload');
  expect(alarmWords({ phase: 'offline', alarm: null })).toBe(null);
});
