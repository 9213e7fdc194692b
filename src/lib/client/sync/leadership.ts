/**
 * One worker of all tabs does the work. A Web Lock says who; a heartbeat says that it is alive, because a frozen tab keeps
 * its lock. A visible follower that has heard nothing for 30 s steals the lock (takeover ≤ 35 s). Invariant I11: this only
 * saves work; what keeps two leaders from harm is the token that every write of a leader compares.
 */
export interface LeadershipPorts {
  locks: Pick<LockManager, 'request'>;
  /** Opens the channel that all tabs of this origin share. */
  channel: () => BroadcastChannel;
  /** A new random token. */
  token: () => string;
  /** Whether this tab can be seen: hidden ones leave stealing to others. */
  visible: () => boolean;
  beatMs?: number;
  silenceMs?: number;
}

const LOCK = 'jinban-leader';

/**
 * Runs until `stop` aborts. Calls `lead` with a new token each time this worker becomes the leader; the signal it gets
 * aborts when that ends.
 */
export async function takeTurns(
  ports: LeadershipPorts,
  lead: (token: string, signal: AbortSignal) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  const { beatMs = 5_000 } = ports;
  const channel = ports.channel();
  try {
    while (!stop.aborted) {
      const ears = listen(ports, channel);
      const waited = await underLock(ports, { signal: either(stop, ears.silence) }, async (deposed) => {
        ears.close();
        await hold(channel, beatMs, lead(ports.token(), either(stop, deposed)));
      });
      ears.close();
      if (stop.aborted) return;
      if (waited === 'gaveUp') {
        await underLock(ports, { steal: true }, (deposed) =>
          hold(channel, beatMs, lead(ports.token(), either(stop, deposed))),
        );
      }
      // a leader that ends at once must not spin
      if (!stop.aborted) await new Promise((resolve) => setTimeout(resolve, beatMs));
    }
  } finally {
    channel.close();
  }
}

/** Beats while the work goes on. */
async function hold(channel: BroadcastChannel, beatMs: number, work: Promise<void>): Promise<void> {
  const beat = (): void => channel.postMessage({ beat: true });
  beat();
  const timer = setInterval(beat, beatMs);
  try {
    await work;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Runs `work` once the lock is ours; `deposed` aborts when it is stolen. `gaveUp`: the signal ended the wait. An error of
 * `work` ends the turn: the next one starts afresh.
 */
async function underLock(
  { locks }: LeadershipPorts,
  options: LockOptions,
  work: (deposed: AbortSignal) => Promise<void>,
): Promise<'held' | 'gaveUp'> {
  const deposed = new AbortController();
  let begun = false;
  try {
    await locks.request(LOCK, options, () => {
      begun = true;
      return work(deposed.signal);
    });
    return 'held';
  } catch {
    deposed.abort();
    return begun ? 'held' : 'gaveUp';
  }
}

/** Listens for the leader's heartbeat; `silence` aborts after too long without one, while this tab can be seen. */
function listen(
  { visible, beatMs = 5_000, silenceMs = 30_000 }: LeadershipPorts,
  channel: BroadcastChannel,
): { silence: AbortSignal; close: () => void } {
  const silence = new AbortController();
  let silentMs = 0;
  const onMessage = (event: MessageEvent<{ beat?: boolean }>): void => {
    if (event.data.beat) silentMs = 0;
  };
  // counted in ticks, not by a clock: a tab that was frozen itself has heard nothing and may not conclude from it
  const timer = setInterval(() => {
    silentMs += beatMs;
    if (silentMs >= silenceMs && visible()) silence.abort();
  }, beatMs);
  channel.addEventListener('message', onMessage);
  return {
    silence: silence.signal,
    close() {
      clearInterval(timer);
      channel.removeEventListener('message', onMessage);
    },
  };
}

/** AbortSignal.any, which Chromium 109 lacks. */
function either(a: AbortSignal, b: AbortSignal): AbortSignal {
  const both = new AbortController();
  for (const signal of [a, b]) {
    if (signal.aborted) both.abort();
    else signal.addEventListener('abort', () => both.abort(), { once: true });
  }
  return both.signal;
}
