/** The production loop over memory, a scripted line to a small office and a clock that only sleeping moves. */
import type { Offered } from '#lib/client/sync/catalogue.ts';
import type { SyncRequest } from '#lib/protocol/sync.ts';
import { createLoop, type Loop } from '#lib/client/sync/loop.ts';
import type { Clock, Reply, SessionReply, Transport } from '#lib/client/sync/ports.ts';
import type { SyncStatus } from '#lib/client/sync/status.ts';
import { memoryStorage, type MemoryStorage } from '#lib/client/sync/storage-memory.ts';
import { NOW } from './builders.ts';
import { DEVICE, signAlways } from './device-fixture.ts';
import { SmallOffice } from './small-office.ts';

const TOKEN = 't';

/** Time that passes only when somebody sleeps: a day of retries takes no time. */
class TestClock implements Clock {
  ms = Date.parse(NOW);
  slept: number[] = [];
  /** Called before each sleep. */
  onSleep: () => void = () => undefined;
  now = (): number => this.ms;
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.onSleep();
    if (signal.aborted) return;
    this.slept.push(ms);
    this.ms += ms;
  }
}

type Step = (request: SyncRequest) => Reply;

export const always = (reply: Reply, times = 1): Step[] => Array.from({ length: times }, () => () => reply);

export class LoopRig {
  office = new SmallOffice();
  clock = new TestClock();
  requests: SyncRequest[] = [];
  sessions: SessionReply[] = [];
  /** Replies to come, first first; after them the office answers. */
  script: Step[] = [];
  statuses: SyncStatus[] = [];
  /** Releases that the loop announced. */
  offered: string[] = [];
  /** Ways to a release that came with an answer, by its address. */
  patches: [string, Offered['patch']][] = [];
  /** Whether the office would wake this device. */
  held = false;
  stop = new AbortController();
  readonly storage: MemoryStorage;
  readonly loop: Loop;

  constructor(device: string | null = DEVICE) {
    this.storage = memoryStorage(device, signAlways);
    const transport: Transport = {
      sync: async (request) => {
        this.requests.push(structuredClone(request));
        return this.script.shift()?.(request) ?? this.answer(request);
      },
      openSession: async () => this.sessions.shift() ?? { is: 'open', access: 'full' },
    };
    this.loop = createLoop({
      storage: this.storage,
      transport,
      clock: this.clock,
      random: { next: () => 0.5 },
      token: TOKEN,
      onStatus: (status) => this.statuses.push(status),
      isHeld: () => this.held,
      onRelease: (address) => this.offered.push(address),
      onPatch: (address, patch) => this.patches.push([address, patch]),
    });
  }

  answer(request: SyncRequest): Reply {
    const response = structuredClone(this.office.answer(request));
    return { is: 'answer', response, sentBytes: JSON.stringify(request).length };
  }

  /** Runs until so many requests have been made (or tries, when none can be). */
  async run(rounds: number): Promise<'stopped' | 'deposed'> {
    const until = this.requests.length + rounds;
    let tries = 0;
    return this.runUntil(() => this.requests.length >= until || ++tries > rounds * 4);
  }

  /** Runs until `done` says so; asked before each sleep. */
  async runUntil(done: () => boolean): Promise<'stopped' | 'deposed'> {
    await this.storage.lead(TOKEN);
    this.clock.onSleep = () => {
      if (done()) this.stop.abort();
    };
    const result = await this.loop.run(this.stop.signal);
    this.stop = new AbortController();
    return result;
  }
}
