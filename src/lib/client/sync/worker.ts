/**
 * The worker of a tab: takes part in choosing a leader, and as the leader runs the loop, fetches releases and tells every
 * tab how it stands. It lives without a network; whatever it needs is on the device. No Argon2id, no rules of judging here:
 * 60 KB is its budget.
 */
import { readDevice, readMeta, writeMeta } from '../store/device.ts';
import { openStore, type Store } from '../store/open-database.ts';
import { readItems } from '../store/releases.ts';
import { loadRelease, type Offered } from './catalogue.ts';
import { loadCitedItems } from './cited-items.ts';
import { browserHttp } from './http.ts';
import { takeTurns } from './leadership.ts';
import { createLoop, type Loop } from './loop.ts';
import type { SyncStatus } from './status.ts';
import { createPhotoCarrier } from './photo-carrier.ts';
import { httpPhotoTransport } from './photo-http.ts';
import { dexiePhotoQueue } from './photo-queue-dexie.ts';
import { dexieStorage } from './storage-dexie.ts';
import { systemClock, systemRandom } from './system.ts';
import { httpTransport } from './transport-http.ts';
import { serveCalls } from './worker-call.ts';
import { createWaker, openWakeStream } from './waker.ts';
import { WorkerLog } from './worker-log.ts';
import { LEADER_CHANNEL, STATUS_CHANNEL, type StatusMessage, type WorkerApi } from './worker-api.ts';

/** After a failed fetch of a release: not before this long. */
const RELEASE_PAUSE_MS = 60_000;
const USAGE_MS = 60_000;
/** The store cannot be written: not before this long. */
const STORAGE_PAUSE_MS = 15_000;

/** What it went through is kept on the disk no more often than this. */
const LOG_MS = 30_000;

const http = browserHttp();
const statuses = new BroadcastChannel(STATUS_CHANNEL);
const signals = new BroadcastChannel(LEADER_CHANNEL);
const log = new WorkerLog();
let visible = true;
let loop: Loop | null = null;
let status: SyncStatus | null = null;
let started = false;
let id = '';

statuses.addEventListener('message', (event: MessageEvent<StatusMessage>) => {
  if (loop) return;
  status = { ...event.data.status, leader: false };
  log.note(status, new Date().toISOString());
});
signals.addEventListener('message', (event: MessageEvent<{ wake?: boolean; ask?: boolean }>) => {
  if (event.data.wake) loop?.wake();
  if (event.data.ask && loop) broadcast(loop.status());
});

const broadcast = (next: SyncStatus): void =>
  statuses.postMessage({ from: id, status: next } satisfies StatusMessage);

function wake(): void {
  if (loop) loop.wake();
  else signals.postMessage({ wake: true });
}

/** One release at a time; a failure is tried again when the loop next offers it. */
function releaseFetcher(store: Store) {
  let busy = false;
  let quietUntil = 0;
  let offered: Offered | null = null;
  return {
    onPatch(address: string, patch: Offered['patch']): void {
      offered = { address, patch };
    },
    onRelease(address: string): void {
      if (busy || performance.now() < quietUntil) return;
      busy = true;
      void fetchRelease(store, address, offered).then((fetched) => {
        busy = false;
        if (!fetched) quietUntil = performance.now() + RELEASE_PAUSE_MS;
        else loop?.wake();
      });
    },
  };
}

async function fetchRelease(store: Store, address: string, offered: Offered | null): Promise<boolean> {
  const tell = (progress: number | null): void => {
    const release = loop?.status().release;
    if (release) loop?.tell({ release: { ...release, progress } });
  };
  try {
    const device = await readDevice(store);
    if (!device) return false;
    tell(0);
    const result = await loadRelease({ store, http, device }, address, tell, offered);
    if (!result.ok && result.why !== 'offline') loop?.alarm('release', result.why);
    if (result.ok) loop?.clearAlarm('release');
    return result.ok;
  } catch (error) {
    loop?.alarm('fault', String(error));
    return false;
  } finally {
    tell(null);
  }
}

/** After a round: what the applications that came cite must be here to be read. Quiet for a while after a failure. */
function citedFetcher(store: Store): () => void {
  let busy = false;
  let quietUntil = 0;
  return () => {
    if (busy || performance.now() < quietUntil) return;
    busy = true;
    loadCitedItems({ store, http })
      .catch(() => 1)
      .then((missing) => {
        busy = false;
        if (missing > 0) quietUntil = performance.now() + RELEASE_PAUSE_MS;
      });
  };
}

/** Keeps the log at the first turn, and then now and then. */
function logKeeper(store: Store): (next: SyncStatus) => void {
  let quietUntil = 0;
  return (next) => {
    if (!log.note(next, new Date().toISOString()) || performance.now() < quietUntil) return;
    quietUntil = performance.now() + LOG_MS;
    // a disk that takes nothing is told of by the loop
    void writeMeta(store, 'log', [...log.lines]).catch(() => undefined);
  };
}

async function tellUsage(): Promise<void> {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  const persisted = await navigator.storage.persisted();
  loop?.tell({ storage: { usage, quota, persisted } });
}

/** Megabytes; null where the browser does not say. */
async function roomLeft(): Promise<number | null> {
  const { usage, quota } = await navigator.storage.estimate().catch((): StorageEstimate => ({}));
  return usage === undefined || quota === undefined ? null : (quota - usage) / 2 ** 20;
}

async function lead(store: Store, token: string, signal: AbortSignal): Promise<void> {
  const storage = dexieStorage(store);
  const transport = httpTransport(
    http,
    () => readDevice(store),
    (hashes) => readItems(store, hashes),
  );
  const fetchCited = citedFetcher(store);
  const noteTurn = logKeeper(store);
  const queue = dexiePhotoQueue(store, token);
  const carrier = createPhotoCarrier({
    queue,
    transport: httpPhotoTransport(async (stop) => (await transport.openSession(stop)).is === 'open'),
    clock: systemClock,
    random: systemRandom,
    onStatus: (photos) => loop?.tell({ photos }),
  });
  const over = new AbortController();
  const waker = createWaker(
    { open: openWakeStream, clock: systemClock, random: systemRandom, wake: () => loop?.wake() },
    over.signal,
  );
  let phase: SyncStatus['phase'] = 'offline';
  loop = createLoop({
    storage,
    transport,
    clock: systemClock,
    random: systemRandom,
    token,
    isHeld: () => waker.held,
    onStatus: (next) => {
      status = next;
      broadcast(next);
      noteTurn(next);
      if (next.phase === 'idle') {
        fetchCited();
        waker.answered();
      }
      // text first: photos go while the office answers and no command is on its way
      if (next.phase === 'sending') carrier.pause();
      else if (next.phase === 'idle' && next.phase !== phase) carrier.resume();
      phase = next.phase;
    },
    ...releaseFetcher(store),
    facts: async () => ({ photos: loop?.status().photos.waiting ?? 0, room: await roomLeft() }),
  });
  const usage = setInterval(() => void tellUsage().catch(() => undefined), USAGE_MS);
  try {
    void tellUsage().catch(() => undefined);
    while (!signal.aborted) {
      const taken = await storage.lead(token);
      if (taken === 'done') break;
      loop.alarm('storage', taken);
      await systemClock.sleep(STORAGE_PAUSE_MS, signal);
    }
    // what the pages say from the loop's first word on includes the photos
    loop.tell({ photos: { ...(await queue.sums()), sending: null } });
    const carrying = carrier.run(over.signal);
    await loop.run(signal).finally(() => over.abort());
    await carrying;
  } finally {
    over.abort();
    clearInterval(usage);
    loop = null;
    if (status) status = { ...status, leader: false };
  }
}

const api: WorkerApi = {
  async start(options) {
    visible = options.visible;
    id = options.id;
    if (started) return;
    started = true;
    const store = await openStore();
    log.restore(await readMeta(store, 'log').catch(() => null));
    const ports = {
      locks: navigator.locks,
      channel: () => new BroadcastChannel(LEADER_CHANNEL),
      token: () => crypto.randomUUID(),
      visible: () => visible,
    };
    // ends with the worker
    void takeTurns(ports, (token, signal) => lead(store, token, signal), new AbortController().signal);
    signals.postMessage({ ask: true });
  },
  async setVisible(next) {
    visible = next;
    if (next) wake();
  },
  wake: async () => wake(),
  syncNow: async () => wake(),
  status: async () => status,
  log: async () => log.lines,
};

serveCalls(api);
