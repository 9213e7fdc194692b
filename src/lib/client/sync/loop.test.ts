import { beforeEach, describe, expect, test } from 'vitest';
import type { SyncRequest } from '#lib/protocol/sync.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { appId, commandId, DEVICE, press, signAlways } from '../../../../tests/support/device-fixture.ts';
import { AGENT, SmallOffice } from '../../../../tests/support/small-office.ts';
import { createLoop, type Loop } from './loop.ts';
import { STALL_MS } from './pace.ts';
import type { Clock, Reply, SessionReply, Transport } from './ports.ts';
import type { SyncStatus } from './status.ts';
import { memoryStorage, type MemoryStorage } from './storage-memory.ts';

const TOKEN = 't';

/** Time that passes only when somebody sleeps: a day of retries takes no time. */
class TestClock implements Clock {
  ms = Date.parse(NOW);
  slept: number[] = [];
  now = (): number => this.ms;
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.slept.push(ms);
    this.ms += ms;
  }
}

type Step = (request: SyncRequest) => Reply | null;

let office: SmallOffice;
let storage: MemoryStorage;
let clock: TestClock;
let requests: SyncRequest[];
let sessions: SessionReply[];
/** Replies to come, first first; null or none: the office answers. */
let script: Step[];
let statuses: SyncStatus[];
let stop: AbortController;
let loop: Loop;

const answer = (request: SyncRequest): Reply => ({
  is: 'answer',
  response: structuredClone(office.answer(request)),
  sentBytes: JSON.stringify(request).length,
});

beforeEach(() => {
  office = new SmallOffice();
  storage = memoryStorage(DEVICE, signAlways);
  clock = new TestClock();
  [requests, sessions, script, statuses] = [[], [], [], []];
  stop = new AbortController();
  loop = makeLoop();
});

function makeLoop(store: MemoryStorage = storage): Loop {
  const transport: Transport = {
    async sync(request) {
      requests.push(structuredClone(request));
      return script.shift()?.(request) ?? answer(request);
    },
    openSession: async () => sessions.shift() ?? { is: 'open', access: 'full' },
  };
  const random = { next: () => 0.5 };
  return createLoop({
    storage: store,
    transport,
    clock,
    random,
    token: TOKEN,
    onStatus: (s) => statuses.push(s),
  });
}

/** Runs until so many requests have been made (or tries, when none can be). */
async function run(rounds: number): Promise<'stopped' | 'deposed'> {
  await storage.lead(TOKEN);
  const until = requests.length + rounds;
  const sleep = clock.sleep.bind(clock);
  let tries = 0;
  clock.sleep = async (ms, signal) => {
    tries += 1;
    if (requests.length >= until || tries > rounds * 4) stop.abort();
    await sleep(ms, signal);
  };
  const result = await loop.run(stop.signal);
  clock.sleep = sleep;
  stop = new AbortController();
  return result;
}

const always = (reply: Reply, times = 1): Step[] => Array.from({ length: times }, () => () => reply);

describe('a good line', () => {
  test('commands go up, events come down, and the status says so', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    await run(1);
    expect(storage.outbox()[0]).toMatchObject({ status: 'acked', pulled: 1 });
    expect(loop.status()).toMatchObject({
      phase: 'idle',
      waiting: 0,
      troubles: 0,
      lastSuccess: expect.any(String),
    });
    expect(statuses.some((status) => status.phase === 'sending' && status.waiting === 1)).toBe(true);
  });

  test('a long feed is read to its end without waiting', async () => {
    for (let n = 1; n <= 5; n++) {
      office.act(appId(n), { kind: 'receive', body: press(n, appId(n), 'receive').body as never }, AGENT);
    }
    await run(4);
    expect(storage.confirmed()).toHaveLength(5);
    expect(clock.slept).toHaveLength(0);
  });

  test('idle, it asks again within a minute', async () => {
    await run(3);
    expect(clock.slept.every((ms) => ms <= 60_000)).toBe(true);
    expect(requests).toHaveLength(3);
  });

  test('a device that is not enrolled asks nobody', async () => {
    loop = makeLoop(memoryStorage(null, signAlways));
    await run(1);
    expect(requests).toEqual([]);
    expect(loop.status().phase).toBe('notEnrolled');
  });
});

describe('a bad line', () => {
  test('I1: an answer lost after the commit costs a second delivery, not a second effect', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    script = [
      (request) => {
        office.answer(request);
        return { is: 'offline' };
      },
    ];
    await run(2);
    expect(office.deliveries.get(commandId(1))).toBe(2);
    expect(office.events).toHaveLength(1);
    expect(storage.outbox()[0]).toMatchObject({ status: 'acked', pulled: 1 });
  });

  test('I10: waits double with full jitter up to five minutes, for ever', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    script = always({ is: 'offline' }, 40);
    await run(40);
    const gaps = Math.max(...clock.slept);
    expect(gaps).toBeLessThanOrEqual(5 * 60_000);
    expect(requests).toHaveLength(40);
    expect(loop.status()).toMatchObject({ phase: 'offline', waiting: 1 });
    await run(1);
    expect(loop.status()).toMatchObject({ phase: 'idle', waiting: 0 });
  });

  test('a time-out and a 413 halve the batch, success lets it grow; at least one command goes', async () => {
    for (let n = 1; n <= 40; n++) await storage.enqueue(press(n, appId(n), 'receive'));
    script = [...always({ is: 'timeout' }, 3), ...always({ is: 'tooLarge' }, 2)];
    await run(40);
    const sizes = requests.map((request) => request.commands.length);
    expect(sizes[1]).toBeLessThan(sizes[0]!);
    expect(sizes[5]).toBeLessThan(sizes[3]!);
    expect(Math.min(...sizes.slice(0, 8))).toBeGreaterThanOrEqual(1);
    expect(sizes[7]).toBeGreaterThan(sizes[5]!);
    expect(office.states()).toHaveLength(40);
  });

  test('a command too large for the way is told, and the pull goes on', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    office.act(appId(9), { kind: 'receive', body: press(9, appId(9), 'receive').body as never }, AGENT);
    script = always({ is: 'tooLarge' });
    await run(2);
    expect(requests[1]!.commands).toEqual([]);
    expect(storage.confirmed()).toHaveLength(1);
    expect(loop.status().alarm?.code).toBe('tooLarge');
    expect(storage.outbox()[0]!.status).not.toBe('acked');
  });

  test('Retry-After is obeyed, also against wakes', async () => {
    script = always({ is: 'busy', afterMs: 120_000 });
    await storage.lead(TOKEN);
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (ms, signal) => {
      loop.wake();
      if (requests.length >= 2) stop.abort();
      await sleep(ms, signal);
    };
    await loop.run(stop.signal);
    expect(clock.slept[0]).toBe(120_000);
  });

  test('401: the device answers a challenge and sends the same once more', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    script = always({ is: 'noSession' });
    await run(2);
    expect(requests[1]).toEqual(requests[0]);
    expect(storage.outbox()[0]!.status).toBe('acked');
    expect(clock.slept.length).toBeLessThanOrEqual(1);
  });

  test('a device that the office refuses keeps everything and says so', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    script = always({ is: 'noSession' }, 1);
    sessions = [{ is: 'refused', error: 'unknownDevice' }];
    await run(1);
    expect(loop.status()).toMatchObject({ phase: 'trouble', alarm: { code: 'deviceRefused' }, waiting: 1 });
  });

  test('426: the program is too old, nothing is dropped', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    script = always({ is: 'oldProgram' });
    await run(1);
    expect(loop.status()).toMatchObject({ phase: 'oldProgram', waiting: 1 });
  });

  test('another 4xx keeps everything, alarms, and the pull does not wait', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    office.act(appId(9), { kind: 'receive', body: press(9, appId(9), 'receive').body as never }, AGENT);
    script = always({ is: 'rejected', status: 400, error: 'malformed' });
    await run(2);
    expect(requests[1]!.commands).toEqual([]);
    expect(storage.confirmed()).toHaveLength(1);
    expect(loop.status()).toMatchObject({
      phase: 'trouble',
      alarm: { code: 'rejected', detail: '400 malformed' },
    });
    await run(1);
    expect(loop.status()).toMatchObject({ phase: 'idle', alarm: null, waiting: 0 });
  });
});

describe('what the office says', () => {
  test('I7: a command that must come again holds up no other', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    office.parks.add(commandId(1));
    await storage.enqueue(press(2, appId(2), 'receive'));
    await run(1);
    expect(storage.outbox().map((row) => row.status)).toEqual(['parked', 'acked']);
    expect(loop.status().troubles).toBe(1);
  });

  test('a parked command that people replayed is taken over', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    office.parks.add(commandId(1));
    await run(1);
    const { body, id, applicationId } = press(1, appId(1), 'receive');
    office.act(applicationId, { kind: 'receive', body: body as never }, AGENT);
    office.events[0]!.command = id;
    await run(1);
    expect(storage.outbox()[0]).toMatchObject({ status: 'acked', pulled: 1 });
    expect(loop.status().troubles).toBe(0);
  });

  test('`retry` is asked again after a pause', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    office.retries.add(commandId(1));
    await run(3);
    expect(office.deliveries.get(commandId(1))).toBe(3);
    expect(Math.min(...clock.slept)).toBeGreaterThanOrEqual(1_000);
  });

  test('I10: commands that never get through although the office answers raise an alarm within the hour', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    office.retries.add(commandId(1));
    const begin = clock.ms;
    await storage.lead(TOKEN);
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (ms, signal) => {
      if (loop.status().alarm !== null || clock.ms - begin > 4 * STALL_MS) stop.abort();
      await sleep(ms, signal);
    };
    await loop.run(stop.signal);
    expect(loop.status()).toMatchObject({ phase: 'trouble', alarm: { code: 'stalled' } });
    expect(clock.ms - begin).toBeLessThan(2 * STALL_MS);
  });

  test.each(['lineage', 'ahead', 'mark'] as const)(
    'I2: after a %s reset the lost work is sent again',
    async (kind) => {
      await storage.enqueue(press(1, appId(1), 'receive'));
      await run(1);
      const restore = office.backup();
      await storage.enqueue(press(2, appId(2), 'receive'));
      await storage.enqueue(press(3, appId(3), 'receive'));
      await run(1);
      restore();
      if (kind !== 'lineage') office.lineage = 'L1';
      if (kind === 'mark') {
        for (const n of [11, 12, 13]) {
          office.act(appId(n), { kind: 'receive', body: press(n, appId(n), 'receive').body as never }, AGENT);
        }
        await storage.enqueue(press(4, appId(4), 'receive'));
        // another history of the same length
        script = [(request) => answer({ ...request, mark: 'f'.repeat(16) })];
      }
      await run(6);
      const mine = storage
        .confirmed()
        .map((it) => it.state)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(mine).toEqual(office.states().sort((a, b) => (a.id < b.id ? -1 : 1)));
      expect(storage.outbox().every((row) => row.status === 'acked' && row.pulled === 1)).toBe(true);
    },
  );

  test('an office that resets without end is asked slower and slower, and people are told', async () => {
    office.act(appId(9), { kind: 'receive', body: press(9, appId(9), 'receive').body as never }, AGENT);
    script = Array.from({ length: 20 }, () => (request: SyncRequest) => answer({ ...request, lineage: '' }));
    await run(20);
    expect(clock.slept.length).toBeGreaterThan(10);
    expect(loop.status().alarm?.code).toBe('feed');
    await run(1);
    expect(loop.status().alarm).toBe(null);
  });

  test('I11: a deposed leader ends', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    script = [
      (request) => {
        void storage.lead('another');
        return answer(request);
      },
    ];
    expect(await run(1)).toBe('deposed');
    expect(storage.outbox()[0]!.status).toBe('sent');
  });

  test('I10: a bug in one round is an alarm and a later attempt, never the end', async () => {
    script = [
      () => {
        throw new Error('a bug');
      },
    ];
    await run(1);
    expect(statuses.some((status) => status.alarm?.code === 'fault')).toBe(true);
    await run(1);
    expect(loop.status()).toMatchObject({ phase: 'idle', alarm: null });
  });

  test('a full disk is told and tried again', async () => {
    await storage.enqueue(press(1, appId(1), 'receive'));
    const { commit } = storage;
    storage.commit = async () => 'full';
    await run(1);
    expect(loop.status()).toMatchObject({ phase: 'trouble', alarm: { code: 'storage', detail: 'full' } });
    storage.commit = commit;
    await run(1);
    expect(loop.status()).toMatchObject({ phase: 'idle', waiting: 0 });
  });

  test('a newer release is announced until it is here', async () => {
    office.release = 'S410526000000/village/7';
    const offered: string[] = [];
    const transport: Transport = {
      sync: async (request) => answer(request),
      openSession: async () => ({ is: 'offline' }),
    };
    loop = createLoop({
      storage,
      transport,
      clock,
      random: { next: () => 0.5 },
      token: TOKEN,
      onRelease: (address) => offered.push(address),
    });
    await run(1);
    expect(offered).toContain('S410526000000/village/7');
    storage.setRelease('S410526000000/village/7');
    offered.length = 0;
    await run(1);
    expect(offered).toEqual([]);
    expect(loop.status().release).toEqual({ have: office.release, newest: office.release, progress: null });
  });
});

test('syncNow resolves after the round that follows', async () => {
  await storage.enqueue(press(1, appId(1), 'receive'));
  const now = loop.syncNow();
  await run(1);
  expect((await now).waiting).toBe(0);
});
