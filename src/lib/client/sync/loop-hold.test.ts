/** The undo window as the loop keeps it: held back, then sent by itself, and never sent once it was taken back. */
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { appId, commandId, press } from '../../../../tests/support/device-fixture.ts';
import { LoopRig } from '../../../../tests/support/loop-rig.ts';
import { HOLD_MS } from '../store/hold.ts';
import type { Kept } from './storage-memory.ts';

let rig: LoopRig;
beforeEach(() => {
  rig = new LoopRig();
});

const at = (): string => new Date(rig.clock.ms).toISOString();
const hold = (n: number) => press(n, appId(n), 'receive', { at: at(), holdMs: HOLD_MS });
const sentIn = (round: number): string[] => rig.requests[round]!.commands.map((command) => command.id);
const statuses = (): Kept['status'][] => rig.storage.outbox().map((row) => row.status);

test('it stays for ten seconds, and goes by itself when they are over', async () => {
  await rig.storage.enqueue(hold(1));
  await rig.run(2);
  expect(sentIn(0)).toEqual([]);
  expect(rig.clock.slept[0]).toBe(HOLD_MS);
  expect(sentIn(1)).toEqual([commandId(1)]);
  expect(statuses()).toEqual(['acked']);
});

test('I7: what comes after it sets it free: nothing waits for a command that cannot be taken back any more', async () => {
  await rig.storage.enqueue(hold(1));
  await rig.storage.enqueue(press(2, appId(2), 'receive'));
  await rig.run(1);
  expect(sentIn(0)).toEqual([commandId(1), commandId(2)]);
});

test.each([
  ['a year ahead when it was pressed', 365 * 86_400_000],
  ['a minute ahead when it was pressed', 60_000],
  ['an hour back when it was pressed', -3_600_000],
])('I10: fault: clock that jumps → one that was %s holds nothing', async (_, skew) => {
  const pressed = new Date(rig.clock.ms + skew).toISOString();
  await rig.storage.enqueue(press(1, appId(1), 'receive', { at: pressed, holdMs: HOLD_MS }));
  await rig.run(1);
  expect(sentIn(0)).toEqual([commandId(1)]);
});

test('taken back between being read and being sent, it does not go', async () => {
  await rig.storage.enqueue(hold(1));
  rig.clock.ms += HOLD_MS;
  const { commands } = rig.storage;
  rig.storage.commands = async (ids) => {
    const read = await commands(ids);
    expect(await rig.storage.undo(commandId(1))).toBe('undone');
    rig.storage.commands = commands;
    return read;
  };
  await rig.run(1);
  expect(sentIn(0)).toEqual([]);
  expect(rig.requests[0]!.keeps).toBe(1);
  await rig.storage.enqueue(press(2, appId(2), 'receive'));
  await rig.run(1);
  expect(rig.office.states()).toHaveLength(1);
  expect(rig.office.deliveries.has(commandId(1))).toBe(false);
});

test('I2 I5: whatever is pressed, taken back, lost or delayed, the office gets just what stands, in order, once', async () => {
  const step = fc.oneof(
    fc.constant('press' as const),
    fc.constant('hold' as const),
    fc.constant('undo' as const),
    fc.constant('round' as const),
    fc.constant('lost' as const),
    fc.constant('wait' as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      rig = new LoopRig();
      const undone = new Set<string>();
      let n = 0;
      for (const one of steps) {
        if (one === 'press') await rig.storage.enqueue(press(++n, appId(n), 'receive', { at: at() }));
        if (one === 'hold') await rig.storage.enqueue(hold(++n));
        const last = rig.storage.outbox().at(-1);
        if (one === 'undo' && last && (await rig.storage.undo(last.id)) === 'undone') undone.add(last.id);
        if (one === 'lost') {
          rig.script.push((request) => {
            rig.office.answer(request);
            return { is: 'offline' };
          });
        }
        if (one === 'round' || one === 'lost') await rig.run(1);
        if (one === 'wait') rig.clock.ms += HOLD_MS / 2;
      }
      await rig.runUntil(() => statuses().every((status) => status === 'acked'));
      const kept = rig.storage.outbox();
      expect(kept.map((row) => row.n)).toEqual(kept.map((_, index) => index + 1));
      expect(rig.office.states().map((state) => state.id)).toEqual(kept.map((row) => row.applicationId));
      expect(kept.length + undone.size).toBe(n);
      for (const id of undone) expect(rig.office.deliveries.has(id)).toBe(false);
    }),
    { numRuns: 150 },
  );
});
