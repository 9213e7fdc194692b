import { describe, expect, test } from 'vitest';
import type { WireCommand } from '#lib/protocol/command.ts';
import { applicationIn, facts, NOW } from '../../../../tests/support/builders.ts';
import { appId, DEVICE, press } from '../../../../tests/support/device-fixture.ts';
import { foldPending } from './fold.ts';

const wire = (n: number, kind: Parameters<typeof press>[2], change = {}): WireCommand =>
  ({ ...press(n, appId(1), kind, change), v: 1, device: DEVICE, n, after: null }) as WireCommand;
const factsFor = () => facts({ now: NOW });

describe('what is seen = fold(pending, confirmed)', () => {
  test('I6: a command that the office has not seen yet is played on what it confirmed', () => {
    const confirmed = applicationIn('pending');
    const { state, played } = foldPending(confirmed, [wire(1, 'withdraw')], factsFor);
    expect(state).toMatchObject({ state: 'withdrawn', rev: 2 });
    expect(confirmed.state).toBe('pending');
    expect(played).toHaveLength(1);
  });

  test('an application begins on the device', () => {
    const { state } = foldPending(null, [wire(1, 'receive'), wire(2, 'withdraw')], factsFor);
    expect(state).toMatchObject({ id: appId(1), state: 'withdrawn', rev: 2, caseNumber: null });
  });

  test('what the rules refuse by now is told and kept; what follows is played', () => {
    const confirmed = applicationIn('accepted');
    const amend = { body: { fields: { 'answers.livingMode': { from: '独居', to: '其他' } } } };
    const { state, played, doubtful } = foldPending(
      confirmed,
      [wire(1, 'amend', amend), wire(2, 'withdraw')],
      factsFor,
    );
    expect(doubtful.map(({ refusal }) => refusal.reason)).toEqual(['wrongState']);
    expect(played).toEqual([wire(2, 'withdraw').id]);
    expect(state?.state).toBe('withdrawn');
  });

  test('nothing pending shows exactly what is confirmed', () => {
    const confirmed = applicationIn('decided');
    expect(foldPending(confirmed, [], factsFor)).toEqual({ state: confirmed, played: [], doubtful: [] });
  });
});
