import { beforeEach, describe, expect, test } from 'vitest';
import { receiveBody, signature } from '../../../../tests/support/builders.ts';
import { appId, commandId, press } from '../../../../tests/support/device-fixture.ts';
import { always, LoopRig } from '../../../../tests/support/loop-rig.ts';
import { AGENT } from '../../../../tests/support/small-office.ts';

let rig: LoopRig;
beforeEach(() => {
  rig = new LoopRig();
});

describe('a good line', () => {
  test('commands go up, events come down, and the status says so', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    await rig.run(1);
    expect(rig.storage.outbox()[0]).toMatchObject({ status: 'acked', pulled: 1 });
    expect(rig.loop.status()).toMatchObject({
      phase: 'idle',
      waiting: 0,
      troubles: 0,
      lastSuccess: expect.any(String),
    });
    expect(rig.statuses.some((status) => status.phase === 'sending' && status.waiting === 1)).toBe(true);
  });

  test('a long feed is read to its end without waiting', async () => {
    for (let n = 1; n <= 5; n++) {
      rig.office.act(appId(n), { kind: 'receive', body: press(n, appId(n), 'receive').body as never }, AGENT);
    }
    await rig.run(4);
    expect(rig.storage.confirmed()).toHaveLength(5);
    expect(rig.clock.slept).toHaveLength(0);
  });

  test('fault: BroadcastChannel silent → idle, it asks again within a minute', async () => {
    await rig.run(3);
    expect(rig.clock.slept.every((ms) => ms <= 60_000)).toBe(true);
    expect(rig.requests).toHaveLength(3);
  });

  test('while the office would wake it, it asks seldom; once nobody would, or a release is missing, as before', async () => {
    rig.held = true;
    await rig.run(2);
    expect(rig.clock.slept.every((ms) => ms > 5 * 60_000)).toBe(true);
    rig.clock.slept = [];
    rig.held = false;
    await rig.run(2);
    expect(rig.clock.slept.every((ms) => ms <= 60_000)).toBe(true);
    rig.clock.slept = [];
    rig.held = true;
    rig.office.release = 'S410526000000/village/9';
    await rig.run(3);
    expect(rig.clock.slept.at(-1)).toBeLessThanOrEqual(60_000);
  });

  test('a device that is not enrolled asks nobody', async () => {
    rig = new LoopRig(null);
    await rig.run(1);
    expect(rig.requests).toEqual([]);
    expect(rig.loop.status().phase).toBe('notEnrolled');
  });
});

describe('a bad line', () => {
  test('I1: fault: answer lost after commit → a second delivery, not a second effect', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.script = [
      (request) => {
        rig.office.answer(request);
        return { is: 'offline' };
      },
    ];
    await rig.run(2);
    expect(rig.office.deliveries.get(commandId(1))).toBe(2);
    expect(rig.office.events).toHaveLength(1);
    expect(rig.storage.outbox()[0]).toMatchObject({ status: 'acked', pulled: 1 });
  });

  test('I10: waits double with full jitter up to five minutes, for ever', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.script = always({ is: 'offline' }, 40);
    await rig.run(40);
    const gaps = Math.max(...rig.clock.slept);
    expect(gaps).toBeLessThanOrEqual(5 * 60_000);
    expect(rig.requests).toHaveLength(40);
    expect(rig.loop.status()).toMatchObject({ phase: 'offline', waiting: 1 });
    await rig.run(1);
    expect(rig.loop.status()).toMatchObject({ phase: 'idle', waiting: 0 });
  });

  test('fault: 413 → it halves the batch, as a time-out does; success lets it grow; at least one command goes', async () => {
    // forty of some 9 KB
    const drawn = { ...signature(), strokes: [Array.from({ length: 2400 }, (_, at) => at % 600)] };
    const body = receiveBody({ signature: drawn });
    for (let n = 1; n <= 40; n++) await rig.storage.enqueue(press(n, appId(n), 'receive', { body }));
    rig.script = [...always({ is: 'timeout' }, 3), ...always({ is: 'tooLarge' }, 2)];
    await rig.run(40);
    const sizes = rig.requests.map((request) => request.commands.length);
    expect(sizes[1]).toBeLessThan(sizes[0]!);
    expect(sizes[5]).toBeLessThan(sizes[3]!);
    expect(Math.min(...sizes.slice(0, 8))).toBeGreaterThanOrEqual(1);
    expect(sizes[7]).toBeGreaterThan(sizes[5]!);
    expect(rig.office.states()).toHaveLength(40);
  });

  test('a command too large for the way is told, and the pull goes on', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.office.act(appId(9), { kind: 'receive', body: press(9, appId(9), 'receive').body as never }, AGENT);
    rig.script = always({ is: 'tooLarge' });
    await rig.run(2);
    expect(rig.requests[1]!.commands).toEqual([]);
    expect(rig.storage.confirmed()).toHaveLength(1);
    expect(rig.loop.status().alarm?.code).toBe('tooLarge');
    expect(rig.storage.outbox()[0]!.status).not.toBe('acked');
  });

  test('fault: 429 → Retry-After is obeyed, also against wakes', async () => {
    rig.script = always({ is: 'busy', afterMs: 120_000 });
    await rig.runUntil(() => {
      rig.loop.wake();
      return rig.requests.length >= 2;
    });
    expect(rig.clock.slept[0]).toBe(120_000);
  });

  test('fault: 401 → the device answers a challenge and sends the same once more', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.script = always({ is: 'noSession' });
    await rig.run(2);
    expect(rig.requests[1]).toEqual(rig.requests[0]);
    expect(rig.storage.outbox()[0]!.status).toBe('acked');
    expect(rig.clock.slept.length).toBeLessThanOrEqual(1);
  });

  test('a device that the office refuses keeps everything and says so', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.script = always({ is: 'noSession' }, 1);
    rig.sessions = [{ is: 'refused', error: 'unknownDevice' }];
    await rig.run(1);
    expect(rig.loop.status()).toMatchObject({
      phase: 'trouble',
      alarm: { code: 'deviceRefused' },
      waiting: 1,
    });
  });

  test('426: the program is too old, nothing is dropped', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.script = always({ is: 'oldProgram' });
    await rig.run(1);
    expect(rig.loop.status()).toMatchObject({ phase: 'oldProgram', waiting: 1 });
  });

  test('another 4xx keeps everything, alarms, and the pull does not wait', async () => {
    await rig.storage.enqueue(press(1, appId(1), 'receive'));
    rig.office.act(appId(9), { kind: 'receive', body: press(9, appId(9), 'receive').body as never }, AGENT);
    rig.script = always({ is: 'rejected', status: 400, error: 'malformed' });
    await rig.run(2);
    expect(rig.requests[1]!.commands).toEqual([]);
    expect(rig.storage.confirmed()).toHaveLength(1);
    expect(rig.loop.status()).toMatchObject({
      phase: 'trouble',
      alarm: { code: 'rejected', detail: '400 malformed' },
    });
    await rig.run(1);
    expect(rig.loop.status()).toMatchObject({ phase: 'idle', alarm: null, waiting: 0 });
  });
});

test('syncNow resolves after the round that follows', async () => {
  await rig.storage.enqueue(press(1, appId(1), 'receive'));
  const now = rig.loop.syncNow();
  await rig.run(1);
  expect((await now).waiting).toBe(0);
});

test('I2: fault: clock that jumps → one that runs a year ahead throws nothing away', async () => {
  const rig = new LoopRig();
  await rig.storage.enqueue(press(1, appId(1), 'receive'));
  await rig.run(2);
  expect(rig.storage.outbox()).toMatchObject([{ status: 'acked', pulled: 1 }]);
  rig.clock.ms += 365 * 86_400_000;
  await rig.run(2);
  expect(rig.storage.outbox()).toHaveLength(1);
  // the office agrees that a year has passed
  const { clock, office } = rig;
  const answer = office.answer.bind(office);
  office.answer = (request) => ({ ...answer(request), now: new Date(clock.ms).toISOString() });
  clock.ms += 2 * 86_400_000;
  await rig.run(2);
  expect(rig.storage.outbox()).toHaveLength(0);
});
