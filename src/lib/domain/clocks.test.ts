/** Legal clocks: derived, in Chinese working days, whatever the machine's zone; silence accepts permits only. */
import { describe, expect, it } from 'vitest';
import {
  actor,
  applicationIn,
  calendar,
  command,
  facts,
  item,
  perform,
} from '../../../tests/support/builders.ts';
import { dueTicks, lampOf, nextDueDay, runningClocks } from './clocks.ts';
import { decide } from './decide.ts';
import { isRefusal } from './refusal.ts';
import type { Item } from './item.ts';
import { DEFAULT_POLICY } from './policy.ts';

const clockFacts = (change: Partial<Item> = {}) => ({ item: item(change), calendar, policy: DEFAULT_POLICY });
const dues = (app: ReturnType<typeof applicationIn>, change: Partial<Item> = {}) =>
  Object.fromEntries(runningClocks(app, clockFacts(change)).map((c) => [c.name, c.due]));

describe('which clocks run', () => {
  it('five working days to answer, over the make-up Sunday', () => {
    expect(dues(applicationIn('pending'))).toEqual({ acceptance: '2026-09-24' });
  });
  it('fifteen to supply a correction', () => {
    expect(dues(applicationIn('correction'))).toEqual({ correction: '2026-10-15' });
  });
  it('promise and law from acceptance, both stopped while suspended', () => {
    expect(dues(applicationIn('accepted'))).toEqual({ promise: '2026-10-09', statutory: '2026-10-22' });
    expect(dues(applicationIn('suspended'))).toEqual({});
    const at = facts({ actor: actor('reviewer'), now: '2026-09-23T02:00:00.000Z' });
    const resumed = perform(applicationIn('suspended'), [[command('resume'), at]]);
    // three working days (20, 21, 22, 23 September: the 19th is a Saturday) were not counted
    expect(dues(resumed)).toEqual({ promise: '2026-10-14', statutory: '2026-10-28' });
  });
  it('ten days to deliver a permit', () => {
    expect(dues(applicationIn('decided'), { type: '行政许可' })).toEqual({ delivery: '2026-10-09' });
    expect(dues(applicationIn('decided'))).toEqual({});
  });
  it('a village-only item’s promise runs while nobody has settled it', () => {
    expect(dues(applicationIn('pending'), { levels: ['village'], promisedDays: 3 })).toEqual({
      acceptance: '2026-09-24',
      promise: '2026-09-22',
    });
  });
  it('beyond the calendar no day is guessed', () => {
    expect(dues(applicationIn('accepted'), { promisedDays: 100 }).promise).toBeNull();
  });
});

describe('clocks fire once, on the day after', () => {
  const pending = applicationIn('pending');
  it('not on the due day', () => expect(dueTicks(pending, clockFacts(), '2026-09-24')).toEqual([]));

  it('silence accepts a permit, from the day of receipt (§32)', () => {
    const permit = { type: '行政许可' as const };
    const [tick] = dueTicks(pending, clockFacts(permit), '2026-09-25');
    expect(tick).toEqual({ kind: 'deemAccepted', body: { due: '2026-09-24' } });
    const at = facts({ item: item(permit), actor: actor('office'), now: '2026-09-24T16:00:00.000Z' });
    const after = perform(pending, [[tick!, at]]);
    expect(after).toMatchObject({ state: 'accepted', acceptedOn: '2026-09-18', acceptedBySilence: true });
  });
  it('for all else silence is an alarm, told once', () => {
    const [tick] = dueTicks(pending, clockFacts(), '2026-09-25');
    expect(tick).toEqual({ kind: 'overdue', body: { clock: 'acceptance', due: '2026-09-24' } });
    const at = facts({ actor: actor('office'), now: '2026-09-25T02:00:00.000Z' });
    const told = perform(pending, [[tick!, at]]);
    expect(told.state).toBe('pending');
    expect(dueTicks(told, clockFacts(), '2026-09-26')).toEqual([]);
    expect(nextDueDay(told, clockFacts())).toBeNull();
  });
  it('a minute before midnight in China nothing is due', () => {
    const at = facts({ actor: actor('office'), now: '2026-09-24T15:59:59.000Z' });
    const verdict = decide(
      pending,
      { kind: 'overdue', body: { clock: 'acceptance', due: '2026-09-24' } },
      at,
    );
    expect(isRefusal(verdict) && verdict.reason).toBe('notDue');
  });
  it('a correction that never comes lapses', () => {
    expect(dueTicks(applicationIn('correction'), clockFacts(), '2026-10-16')).toEqual([
      { kind: 'lapse', body: { due: '2026-10-15' } },
    ]);
  });
});

describe('lamps', () => {
  const accepted = applicationIn('accepted'); // promise 2026-10-09, law 2026-10-22
  it.each([
    ['2026-09-21', 'green'],
    ['2026-10-08', 'yellow'],
    ['2026-10-09', 'yellow'],
    ['2026-10-10', 'red'],
    ['2026-10-23', 'over'],
  ])('on %s it is %s', (day, lamp) => expect(lampOf(accepted, clockFacts(), day).lamp).toBe(lamp));

  it('no clock, no lamp; no calendar, 日历未更新', () => {
    expect(lampOf(applicationIn('settled'), clockFacts(), '2026-09-21').lamp).toBe('none');
    expect(lampOf(accepted, clockFacts({ promisedDays: 100, statutoryDays: 0 }), '2026-09-21').lamp).toBe(
      'unknown',
    );
  });
});
