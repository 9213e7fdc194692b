/**
 * One tab of a device: the production loop and photo carrier over the device's storage, as worker.ts puts them together.
 * Every call of a port is a place where the tab may stop for others, or be killed. What it holds in memory dies with it.
 */
import type { WireCommand } from '#lib/protocol/command.ts';
import type { DeviceRecord } from '#lib/client/store/device.ts';
import { enqueueIn, type Enqueued, type Ledger, type Press } from '#lib/client/store/enqueue.ts';
import { browserHttp } from '#lib/client/sync/http.ts';
import { createLoop, type Loop } from '#lib/client/sync/loop.ts';
import { createPhotoCarrier } from '#lib/client/sync/photo-carrier.ts';
import { httpPhotoTransport } from '#lib/client/sync/photo-http.ts';
import type { Change, Clock, Storage } from '#lib/client/sync/ports.ts';
import type { MemoryStorage } from '#lib/client/sync/storage-memory.ts';
import type { SyncStatus } from '#lib/client/sync/status.ts';
import { httpTransport, type ItemsByHash } from '#lib/client/sync/transport-http.ts';
import type { SamplePhoto } from '../support/photo-files.ts';
import { fetchOf, type Browser } from './browser.ts';
import { luckOf } from './luck.ts';
import type { PhotoShelf } from './photo-shelf.ts';
import { Life } from './timeline.ts';

/** The device as its tabs know it. */
interface Device extends Browser {
  readonly name: string;
  readonly record: DeviceRecord;
  readonly storage: MemoryStorage;
  readonly photos: PhotoShelf;
  readonly versions: ItemsByHash | null;
  leader: string;
  now(): number;
  onLeaderGone(): void;
  onStored(command: WireCommand, photos: readonly SamplePhoto[]): void;
  onCommit(change: Change, before: string): void;
  onStatus(status: SyncStatus): void;
}

export class Tab {
  readonly life: Life;
  readonly loop: Loop;
  /** Killed when so many ports have been passed. */
  trap = 0;
  readonly #device: Device;
  readonly #token: string;
  readonly #stop = new AbortController();
  #over = false;

  constructor(device: Device, nth: number) {
    const { timeline } = device;
    this.#device = device;
    this.life = new Life(`${device.name}:${nth}`);
    this.#token = `tab-${nth}`;
    const port = (label: string): Promise<void> => this.#port(label);
    const random = luckOf(timeline.luck.below(2 ** 32));
    const clock = this.#clock();
    const transport = httpTransport(
      browserHttp(fetchOf(device, this.life)),
      async () => device.record,
      device.versions,
    );
    const storage = portedStorage(device, port);
    const carrier = createPhotoCarrier({
      hands: 1,
      queue: device.photos.queueOf(port, () => device.leader === this.#token),
      transport: httpPhotoTransport(async (stop) => (await transport.openSession(stop)).is === 'open'),
      clock,
      random,
      onStatus: () => undefined,
    });
    let phase: SyncStatus['phase'] = 'offline';
    this.loop = createLoop({
      storage,
      transport,
      clock,
      random,
      token: this.#token,
      onStatus: (status) => {
        if (this.life.dead) return;
        device.onStatus(status);
        if (status.phase === 'sending') carrier.pause();
        else if (status.phase === 'idle' && status.phase !== phase) carrier.resume();
        phase = status.phase;
      },
    });
    const over = new AbortController();
    timeline.begin(this.life, 'opens', async () => {
      await storage.lead(this.#token);
      const ended = await this.loop.run(this.#stop.signal);
      timeline.tell(`${this.life.name} ${ended}`);
      this.#over = true;
      over.abort();
      device.onLeaderGone();
    });
    this.life.onDeath.push(() => device.onLeaderGone());
    timeline.begin(this.life, 'carries photos', () => carrier.run(over.signal));
  }

  get leads(): boolean {
    return !this.life.dead && !this.#over;
  }

  get closed(): boolean {
    return this.#stop.signal.aborted;
  }

  close(): void {
    this.#stop.abort();
  }

  kill(): void {
    if (this.life.dead) return;
    this.#device.timeline.tell(`${this.life.name} killed`);
    this.life.end();
  }

  /** A button was pressed on this tab's page. */
  async press(press: Press, photos: readonly SamplePhoto[]): Promise<Enqueued> {
    const enqueued = await enqueueIn(
      portedLedger(this.#device, (label) => this.#port(label), photos),
      press,
    );
    if (enqueued.ok && this.leads) this.loop.wake();
    return enqueued;
  }

  async #port(label: string): Promise<void> {
    const { timeline } = this.#device;
    if (this.trap > 0 && --this.trap === 0) this.kill();
    if (this.life.dead) return timeline.stopHere();
    await timeline.pause(this.life, label);
  }

  #clock(): Clock {
    const { timeline } = this.#device;
    return {
      now: () => this.#device.now(),
      sleep: async (ms, signal) => {
        if (signal.aborted) return;
        const waiting = timeline.wait(this.life, 'sleeps');
        const end = timeline.after(this.life, 'wakes', ms, () => waiting.wake());
        const ring = (): void => waiting.wake();
        signal.addEventListener('abort', ring, { once: true });
        await waiting.promise;
        signal.removeEventListener('abort', ring);
        end();
      },
    };
  }
}

/** Stops before each call, and after each that wrote. */
function portedStorage(device: Device, port: (label: string) => Promise<void>): Storage {
  const { storage } = device;
  const reads =
    <A extends unknown[], R>(label: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await port(label);
      return call(...args);
    };
  const writes =
    <A extends unknown[], R>(label: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await port(label);
      const result = await call(...args);
      await port(`${label} done`);
      return result;
    };
  return {
    device: reads('device', storage.device),
    position: reads('position', storage.position),
    summary: reads('summary', storage.summary),
    sendable: reads('sendable', storage.sendable),
    commands: reads('commands', storage.commands),
    keeps: reads('keeps', storage.keeps),
    local: reads('local', storage.local),
    markSent: writes('markSent', storage.markSent),
    tidy: writes('tidy', storage.tidy),
    lead: writes('lead', async (token) => {
      device.leader = token;
      return storage.lead(token);
    }),
    commit: writes('commit', async (change, guard) => {
      const written = await storage.commit(change, guard);
      if (written === 'done') device.onCommit(change, guard.expected.lineage);
      return written;
    }),
  };
}

function portedLedger(
  device: Device,
  port: (label: string) => Promise<void>,
  photos: readonly SamplePhoto[],
): Ledger {
  const { ledger } = device.storage;
  return {
    find: async (id) => {
      await port('find');
      return ledger.find(id);
    },
    chain: () => ledger.chain(),
    last: (applicationId) => ledger.last(applicationId),
    sign: async (actor, bytes) => {
      await port('sign');
      return ledger.sign(actor, bytes);
    },
    append: async (entry, expected, draft, files) => {
      await port('append');
      const appended = await ledger.append(entry, expected, draft, files);
      if (appended === 'stored') device.onStored(entry.command, photos);
      await port('appended');
      return appended;
    },
  };
}
