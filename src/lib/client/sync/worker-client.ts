/**
 * The page's side of its worker: spawns it, wakes it when something happens, and spawns another when it dies. A call to a
 * dead worker would hang for ever, so every call has a time-out; data is passed, never callbacks.
 */
import { FIRST_STATUS, type Alarm, type SyncStatus } from './status.ts';
import { trustedScriptUrl } from './trusted-url.ts';
import workerUrl from './worker.ts?worker&url';
import { callsTo } from './worker-call.ts';
import { STATUS_CHANNEL, type StatusMessage, type WorkerApi } from './worker-api.ts';
import type { LogLine } from './worker-log.ts';

const CALL_MS = 10_000;
const PING_MS = 30_000;
const FIRST_RESPAWN_MS = 1_000;
const LAST_RESPAWN_MS = 60_000;
/** So many deaths in a row are told to people (I10). */
const DEATHS = 3;

export interface SyncWorker {
  /** Spawns the worker and keeps one alive from now on. */
  start(): void;
  /** Something was kept, or may have changed. */
  wake(): void;
  /** 立即同步 */
  syncNow(): void;
  /** Calls back with each status, at once with the last one. Returns how to stop. */
  onStatus(listener: (status: SyncStatus) => void): () => void;
  /** What the worker went through; empty when it does not answer. */
  log(): Promise<readonly LogLine[]>;
  /** The last status that was heard. */
  readonly status: SyncStatus;
  /** Ends the worker; `start` spawns another. */
  stop(): void;
}

export interface WorkerClientPorts {
  spawn: () => Worker;
  callMs?: number;
  pingMs?: number;
  respawnMs?: number;
}

const spawnWorker = (): Worker =>
  new Worker(trustedScriptUrl(workerUrl), { type: 'module', name: 'jinban-sync' });

export function createSyncWorker(ports: WorkerClientPorts): SyncWorker {
  const { callMs = CALL_MS, pingMs = PING_MS, respawnMs = FIRST_RESPAWN_MS } = ports;
  const id = crypto.randomUUID();
  const listeners = new Set<(status: SyncStatus) => void>();
  let status: SyncStatus = FIRST_STATUS;
  let worker: Worker | null = null;
  let remote: WorkerApi | null = null;
  let channel: BroadcastChannel | null = null;
  let ping: ReturnType<typeof setInterval> | undefined;
  let respawn: ReturnType<typeof setTimeout> | undefined;
  let deaths = 0;

  const hear = (next: SyncStatus): void => {
    status = next;
    for (const listener of listeners) listener(next);
  };

  function spawn(): void {
    const mine = ports.spawn();
    worker = mine;
    remote = callsTo<WorkerApi>(mine);
    const onDeath = (): void => {
      if (worker === mine) bury();
    };
    mine.addEventListener('error', onDeath);
    mine.addEventListener('messageerror', onDeath);
    void call((api) => api.start({ visible: isVisible(), id })).then(lookAfter);
  }

  /** Takes a dead worker away and spawns another after a growing pause. */
  function bury(): void {
    worker?.terminate();
    worker = null;
    remote = null;
    // who never counted anything still has not
    const phase = status.phase === 'starting' ? 'starting' : 'trouble';
    if (deaths >= DEATHS) hear({ ...status, leader: false, phase, alarm: deadAlarm() });
    const pause = Math.min(LAST_RESPAWN_MS, respawnMs * 2 ** deaths);
    deaths += 1;
    clearTimeout(respawn);
    respawn = setTimeout(spawn, pause);
  }

  /** One call, given up after a while: then the worker counts as dead. */
  async function call<T>(send: (api: WorkerApi) => Promise<T>): Promise<T | null> {
    const mine = worker;
    if (!remote || !mine) return null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<'silent'>((resolve) => {
      timer = setTimeout(() => resolve('silent'), callMs);
    });
    const answer = await Promise.race([send(remote).then((value) => ({ value })), silence]).catch(() => null);
    clearTimeout(timer);
    if (answer !== 'silent' && answer !== null) {
      deaths = 0;
      return answer.value;
    }
    if (answer === 'silent' && worker === mine) bury();
    return null;
  }

  const wake = (): void => void call((api) => api.wake());
  const onVisibility = (): void => void call((api) => api.setVisible(isVisible()));

  async function lookAfter(): Promise<void> {
    const heard = await call((api) => api.status());
    if (heard) hear(heard);
  }

  return {
    get status() {
      return status;
    },
    start() {
      if (channel) return;
      channel = new BroadcastChannel(STATUS_CHANNEL);
      channel.addEventListener('message', ({ data }: MessageEvent<StatusMessage>) => {
        // the leader of all tabs speaks; the page says whether that is its own worker
        hear({ ...data.status, leader: data.from === id });
      });
      ping = setInterval(() => void lookAfter(), pingMs);
      addEventListener('online', wake);
      addEventListener('focus', wake);
      document.addEventListener('visibilitychange', onVisibility);
      spawn();
    },
    wake,
    syncNow: () => void call((api) => api.syncNow()),
    log: async () => (await call((api) => api.log())) ?? [],
    onStatus(listener) {
      listeners.add(listener);
      listener(status);
      return () => listeners.delete(listener);
    },
    stop() {
      channel?.close();
      channel = null;
      clearInterval(ping);
      clearTimeout(respawn);
      removeEventListener('online', wake);
      removeEventListener('focus', wake);
      document.removeEventListener('visibilitychange', onVisibility);
      worker?.terminate();
      worker = null;
      remote = null;
    },
  };
}

const deadAlarm = (): Alarm => ({
  code: 'fault',
  detail: 'the worker does not start',
  since: new Date().toISOString(),
});

const isVisible = (): boolean => document.visibilityState === 'visible';

/** The worker of this page. */
export const syncWorker: SyncWorker = createSyncWorker({ spawn: spawnWorker });
