import { beforeEach, describe, expect, test } from 'vitest';
import type { SyncRequest } from '#lib/protocol/sync.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { appId, commandId, press } from '../../../../tests/support/device-fixture.ts';
import { LoopRig } from '../../../../tests/support/loop-rig.ts';
import { AGENT } from '../../../../tests/support/small-office.ts';
import { STALL_MS } from './pace.ts';

let rig: LoopRig;
beforeEach(() => {
  rig = new LoopRig();
});

describe('what the office says', () => {
  test('I7: a command that must come again holds up no other', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.office.parks.add(commandId(1));
    await rig.storage.enqueue(press(2, appId(2), 'receive'));
    await rig.run(1);
    expect(rig.storage.outbox().map((row) => row.status)).toEqual(['parked', 'acked']);
    expect(rig.loop.status().troubles).toBe(1);
  });

  test('a parked command that people replayed is taken over', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.office.parks.add(commandId(1));
    await rig.run(1);
    const { body, id, applicationId } = press(1, appId(1), 'receive');
    rig.office.act(applicationId, { kind: 'receive', body: body as never }, AGENT);
    rig.office.events[0]!.command = id;
    await rig.run(1);
    expect(rig.storage.outbox()[0]).toMatchObject({ status: 'acked', pulled: 1 });
    expect(rig.loop.status().troubles).toBe(0);
  });

  test('`retry` is asked again after a pause', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.office.retries.add(commandId(1));
    await rig.run(3);
    expect(rig.office.deliveries.get(commandId(1))).toBe(3);
    expect(Math.min(...rig.clock.slept)).toBeGreaterThanOrEqual(1_000);
  });

  test('I10: commands that never get through although the office answers raise an alarm within the hour', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.office.retries.add(commandId(1));
    const begin = rig.clock.ms;
    await rig.runUntil(() => rig.loop.status().alarm !== null || rig.clock.ms - begin > 4 * STALL_MS);
    expect(rig.loop.status()).toMatchObject({ phase: 'trouble', alarm: { code: 'stalled' } });
    expect(rig.clock.ms - begin).toBeLessThan(2 * STALL_MS);
  });

  test.each(['lineage', 'ahead', 'mark'] as const)(
    'I2: after a %s reset the lost work is sent again',
    async (kind) => {
      await rig.storage.enqueue(press(1, appId(1), 'receive'));
      await rig.run(1);
      const restore = rig.office.backup();
      await rig.storage.enqueue(press(2, appId(2), 'receive'));
      await rig.storage.enqueue(press(3, appId(3), 'receive'));
      await rig.run(1);
      restore();
      if (kind !== 'lineage') rig.office.lineage = 'L1';
      if (kind === 'mark') {
        for (const n of [11, 12, 13]) {
          rig.office.act(
            appId(n),
            { kind: 'receive', body: press(n, appId(n), 'receive').body as never },
            AGENT,
          );
        }
        await rig.storage.enqueue(press(4, appId(4), 'receive'));
        // another history of the same length
        rig.script = [(request) => rig.answer({ ...request, mark: 'f'.repeat(16) })];
      }
      await rig.run(6);
      const mine = rig.storage
        .confirmed()
        .map((it) => it.state)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(mine).toEqual(rig.office.states().sort((a, b) => (a.id < b.id ? -1 : 1)));
      expect(rig.storage.outbox().every((row) => row.status === 'acked' && row.pulled === 1)).toBe(true);
    },
  );

  test('an office that resets without end is asked slower and slower, and people are told', async () => {
    rig.office.act(appId(9), { kind: 'receive', body: press(9, appId(9), 'receive').body as never }, AGENT);
    rig.script = Array.from(
      { length: 20 },
      () => (request: SyncRequest) => rig.answer({ ...request, lineage: '' }),
    );
    await rig.run(20);
    expect(rig.clock.slept.length).toBeGreaterThan(10);
    expect(rig.loop.status().alarm?.code).toBe('feed');
    await rig.run(1);
    expect(rig.loop.status().alarm).toBe(null);
  });

  test('I11: a deposed leader ends', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.script = [
      (request) => {
        void rig.storage.lead('another');
        return rig.answer(request);
      },
    ];
    expect(await rig.run(1)).toBe('deposed');
    expect(rig.storage.outbox()[0]!.status).toBe('sent');
  });

  test('I10: a bug in one round is an alarm and a later attempt, never the end', async () => {
    rig.script = [
      () => {
        throw new Error('a bug');
      },
    ];
    await rig.run(1);
    expect(rig.statuses.some((status) => status.alarm?.code === 'fault')).toBe(true);
    await rig.run(1);
    expect(rig.loop.status()).toMatchObject({ phase: 'idle', alarm: null });
  });

  test('a full disk is told and tried again', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    const { commit } = rig.storage;
    rig.storage.commit = async () => 'full';
    await rig.run(1);
    expect(rig.loop.status()).toMatchObject({ phase: 'trouble', alarm: { code: 'storage', detail: 'full' } });
    rig.storage.commit = commit;
    await rig.run(1);
    expect(rig.loop.status()).toMatchObject({ phase: 'idle', waiting: 0 });
  });

  test('a newer release is announced until it is here', async () => {
    rig.office.release = 'S410526000000/village/7';
    await rig.run(1);
    expect(rig.offered).toContain('S410526000000/village/7');
    rig.storage.setRelease('S410526000000/village/7');
    rig.offered.length = 0;
    await rig.run(1);
    expect(rig.offered).toEqual([]);
    expect(rig.loop.status().release).toEqual({
      have: rig.office.release,
      newest: rig.office.release,
      progress: null,
    });
  });

  test('a device with a release says that it takes patches, and hands on the one that comes', async () => {
    await rig.run(1);
    rig.storage.setRelease('S410526000000/village/6');
    const patch = { at: NOW, signature: 'x'.repeat(86), packed: {} };
    rig.script = [
      (request) => {
        const reply = rig.answer(request);
        return reply.is === 'answer' ? { ...reply, response: { ...reply.response, patch } } : reply;
      },
    ];
    rig.office.release = 'S410526000000/village/7';
    await rig.run(1);
    expect(rig.requests.map((request) => request.patch)).toEqual([undefined, 1]);
    expect(rig.patches).toEqual([['S410526000000/village/7', patch]]);
  });
});
