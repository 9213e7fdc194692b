/**
 * The loop: rounds for ever, at a pace that suits the line. It holds numbers only; everything that must survive is in
 * Storage. Invariants: I10 it never ends by itself and never stalls silently (any error is an alarm and a later attempt);
 * I7/pull never waits for push: when a push is called wrong the next round only pulls; I11 a deposed leader stops.
 */
import { LIMITS } from '#lib/protocol/limits.ts';
import { backoffMs, grow, HELD_POLLS, pollMs, shrink, SMALLEST_BATCH, STALL_MS } from './pace.ts';
import type { Random } from './ports.ts';
import { round, type RoundPorts, type RoundResult, type Told } from './round.ts';
import { FIRST_STATUS, type Alarm, type AlarmCode, type SyncStatus } from './status.ts';

export interface LoopOptions extends RoundPorts {
  random: Random;
  onStatus?: (status: SyncStatus) => void;
  /** The office offers this release: fetch it, without holding up the loop. */
  onRelease?: (address: string) => void;
  /** Whether the office would wake this device: then it asks seldom. Nothing rests on it. */
  isHeld?: () => boolean;
}

export interface Loop {
  /** Runs until the signal aborts, or until another leader has taken over. */
  run(signal: AbortSignal): Promise<'stopped' | 'deposed'>;
  /** Something may have changed (online, a new command, a visible page): do not sleep on. */
  wake(): void;
  /** Wakes, and resolves after the round that follows. */
  syncNow(): Promise<SyncStatus>;
  status(): SyncStatus;
  /** Merges what others know (release progress, storage) into the status. */
  tell(part: Partial<SyncStatus>): void;
  /** Tells people of something that another part of the worker met; stands until cleared. */
  alarm(code: AlarmCode, detail: string): void;
  clearAlarm(code: AlarmCode): void;
}

/** What comes after a round: wait `ms`, of which `fixedMs` cannot be cut short by a wake. */
interface Next {
  ms: number;
  fixedMs: number;
}

const NOW: Next = { ms: 0, fixedMs: 0 };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Wakes come in swarms while a line flaps. */
const BREATH_MS = 1_000;
const MAX_PAUSE_MS = HOUR_MS;
/** So many resets without reaching the end of the feed are no accident: slow down. */
const RESETS = 3;

export function createLoop(options: LoopOptions): Loop {
  const { storage, clock, random, token } = options;
  let status: SyncStatus = { ...FIRST_STATUS, leader: true };
  let batchBytes: number = LIMITS.firstBatch;
  let failures = 0;
  let resets = 0;
  let pullOnly = false;
  let waitingSince: number | null = null;
  let askedAt: number | null = null;
  let told: Told | null = null;
  let tidiedAt: number | null = null;
  let woken = false;
  let alarmClock: AbortController | null = null;
  /** Of other parts of the worker; stands through good rounds. */
  let standing: Alarm | null = null;
  let afterRound: (() => void)[] = [];

  const tell = (part: Partial<SyncStatus>): void => {
    status = { ...status, ...part };
    options.onStatus?.(status);
  };
  const alarmOf = (code: AlarmCode, detail: string): Alarm => ({
    code,
    detail,
    since: status.alarm?.code === code ? status.alarm.since : new Date(clock.now()).toISOString(),
  });
  const alarm = (code: AlarmCode, detail: string): Partial<SyncStatus> => ({ alarm: alarmOf(code, detail) });
  /** True once per `everyMs`, also after the device's clock was set back. */
  const isDue = (last: number | null, everyMs: number): boolean =>
    last === null || Math.abs(clock.now() - last) >= everyMs;
  const failed = (atLeastMs = 0): Next => {
    failures += 1;
    const ms = Math.max(atLeastMs, BREATH_MS, backoffMs(failures, random.next()));
    return { ms, fixedMs: Math.max(BREATH_MS, Math.min(atLeastMs, MAX_PAUSE_MS)) };
  };

  /** The earlier of the device's clock and the office's: a clock that runs ahead throws nothing away. */
  const earliest = (): string => new Date(clock.now() - Math.max(0, status.clockSkewMs ?? 0)).toISOString();

  async function refresh(): Promise<void> {
    const { waiting, applications, bytes, troubles, contact, release } = await storage.summary();
    if (waiting === 0) waitingSince = null;
    else if (waitingSince === null || waitingSince > clock.now()) waitingSince = clock.now();
    const newest = contact?.release ?? '';
    tell({
      waiting,
      applications,
      bytesLeft: bytes,
      troubles,
      lastSuccess: contact?.lastSuccess ?? null,
      clockSkewMs: contact?.skewMs ?? null,
      release: { have: release, newest, progress: status.release?.progress ?? null },
    });
    if (newest !== '' && newest !== release) options.onRelease?.(newest);
  }

  function settle(result: RoundResult): Next {
    switch (result.is) {
      case 'done':
        return settleDone(result);
      case 'moved':
        return NOW;
      case 'notEnrolled':
        tell({ phase: 'notEnrolled', alarm: null });
        return { ms: HOUR_MS, fixedMs: 0 };
      case 'writeFailed':
        tell({ phase: 'trouble', ...alarm('storage', result.why) });
        return failed();
      case 'offline':
      case 'noSession':
        tell({ phase: 'offline' });
        return failed();
      case 'timeout':
        batchBytes = shrink(batchBytes);
        tell({ phase: 'offline' });
        return failed();
      case 'tooLarge':
        if (batchBytes > SMALLEST_BATCH && result.sent > 1) {
          batchBytes = shrink(batchBytes);
          return NOW;
        }
        return rejected(result.sent, alarm('tooLarge', '413'));
      case 'rejected':
        return rejected(result.sent, alarm('rejected', `${result.status} ${result.error}`));
      case 'busy':
        tell({ phase: 'offline' });
        return failed(result.afterMs ?? 0);
      case 'oldProgram':
        tell({ phase: 'oldProgram' });
        return { ms: HOUR_MS, fixedMs: BREATH_MS };
      case 'session':
        return settleSession(result);
      case 'deposed':
        throw new Error('unreachable: run() ends when deposed');
    }
  }

  function settleSession({ reply, sent }: Extract<RoundResult, { is: 'session' }>): Next {
    if (reply.is !== 'refused') return settle({ ...reply, sent } as RoundResult);
    tell({ phase: 'trouble', ...alarm('deviceRefused', reply.error) });
    return failed(60_000);
  }

  /** Our mistake: keep everything, tell people, and go on pulling. */
  function rejected(sent: number, part: Partial<SyncStatus>): Next {
    tell({ phase: 'trouble', ...part });
    if (sent === 0 || pullOnly) return failed(60_000);
    pullOnly = true;
    return NOW;
  }

  function settleDone(result: Extract<RoundResult, { is: 'done' }>): Next {
    const { sent, sentBytes, progress, more, retried, retryMs, heldMs, fault, reset, pushOnly } = result;
    if (sent > 0 && retried < sent) batchBytes = grow(batchBytes);
    if (progress) waitingSince = null;
    const held = pullOnly;
    pullOnly = false;
    tell({ sentBytes: status.sentBytes + sentBytes });
    resets = reset ? resets + 1 : more ? resets : 0;
    if (fault || resets > RESETS) {
      tell({ phase: 'trouble', ...alarm('feed', fault ?? 'resets') });
      return failed();
    }
    // the push before this pull was called wrong: that alarm stands
    if (held) return failed(60_000);
    failures = 0;
    tell({ phase: 'idle', alarm: standing, ...(pushOnly ? alarm('revoked', '') : {}) });
    if (more && progress) return NOW;
    if (retried > 0)
      return { ms: Math.max(BREATH_MS, retryMs ?? backoffMs(3, random.next())), fixedMs: BREATH_MS };
    // a release that is not here yet is tried again after a round
    const { have, newest } = status.release ?? {};
    const slow = options.isHeld?.() && (newest === '' || have === newest) ? HELD_POLLS : 1;
    return { ms: Math.min(slow * pollMs(random.next()), heldMs ?? Infinity), fixedMs: 0 };
  }

  async function attempt(signal: AbortSignal): Promise<Next | 'deposed'> {
    await refresh();
    const asking = isDue(askedAt, HOUR_MS);
    const onSend = (commands: number): void =>
      status.phase === 'trouble' ? undefined : tell({ phase: commands > 0 ? 'sending' : 'pulling' });
    const result = await round(options, {
      batchBytes: pullOnly ? 0 : batchBytes,
      asking,
      told,
      signal,
      onSend,
    });
    if (result.is === 'deposed') return 'deposed';
    if (result.is === 'done' && asking) askedAt = clock.now();
    if (result.is === 'done' && result.told) told = result.told;
    const next = settle(result);
    await refresh();
    if (result.is === 'done' && isDue(tidiedAt, DAY_MS)) {
      if ((await storage.tidy(earliest(), token)) === 'done') tidiedAt = clock.now();
    }
    const overdue = waitingSince !== null && clock.now() - waitingSince >= STALL_MS;
    if (status.alarm === null && status.waiting > 0 && (overdue || next.fixedMs > STALL_MS)) {
      if (status.phase !== 'offline' || next.fixedMs > STALL_MS)
        tell({ phase: 'trouble', ...alarm('stalled', '') });
    }
    return next;
  }

  async function pause({ ms, fixedMs }: Next, stop: AbortSignal): Promise<void> {
    if (fixedMs > 0) await clock.sleep(fixedMs, stop);
    if (woken || stop.aborted || ms <= fixedMs) return;
    alarmClock = new AbortController();
    const ring = (): void => alarmClock?.abort();
    stop.addEventListener('abort', ring, { once: true });
    await clock.sleep(ms - fixedMs, alarmClock.signal);
    stop.removeEventListener('abort', ring);
    alarmClock = null;
  }

  const wake = (): void => {
    woken = true;
    alarmClock?.abort();
  };

  return {
    wake,
    tell,
    alarm(code, detail) {
      standing = alarmOf(code, detail);
      tell({ phase: 'trouble', alarm: standing });
    },
    clearAlarm(code) {
      if (standing?.code === code) standing = null;
      if (status.alarm?.code === code) tell({ alarm: null });
    },
    status: () => status,
    syncNow() {
      wake();
      return new Promise((resolve) => afterRound.push(() => resolve(status)));
    },
    async run(signal) {
      while (!signal.aborted) {
        woken = false;
        const waiters = afterRound;
        afterRound = [];
        let next: Next | 'deposed';
        try {
          next = await attempt(signal);
        } catch (error) {
          tell({ phase: 'trouble', ...alarm('fault', String(error)) });
          next = failed();
        }
        for (const done of waiters) done();
        if (next === 'deposed') return 'deposed';
        await pause(next, signal);
      }
      return 'stopped';
    },
  };
}
