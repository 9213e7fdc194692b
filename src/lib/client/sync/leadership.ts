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

export interface Leadership {
  /** Resolves when `signal` aborts. Leads, follows and leads again as it comes. */
  run(signal: AbortSignal): Promise<void>;
}

const LOCK = 'jinban-leader';

/** `lead` is called with a new token each time this worker becomes the leader; its signal aborts when that ends. */
export function createLeadership(
  ports: LeadershipPorts,
  lead: (token: string, signal: AbortSignal) => Promise<void>,
): Leadership {
  const { locks, beatMs = 5_000, silenceMs = 30_000 } = ports;

  /** Leads while the lock is ours. */
  async function hold(
    channel: BroadcastChannel,
    outer: AbortSignal,
    deposed: AbortController,
  ): Promise<void> {
    const beat = (): void => channel.postMessage({ beat: true });
    const timer = setInterval(beat, beatMs);
    const stop = (): void => deposed.abort();
    outer.addEventListener('abort', stop, { once: true });
    beat();
    try {
      await lead(ports.token(), deposed.signal);
    } finally {
      clearInterval(timer);
      outer.removeEventListener('abort', stop);
    }
  }

  /** One term: waits for the lock, or steals it after too long a silence. */
  async function term(channel: BroadcastChannel, outer: AbortSignal): Promise<void> {
    const waiting = new AbortController();
    const deposed = new AbortController();
    let heardAt = performance.now();
    let steal = false;
    const onMessage = (): void => void (heardAt = performance.now());
    const watch = setInterval(() => {
      if (performance.now() - heardAt < silenceMs || !ports.visible()) return;
      steal = true;
      waiting.abort();
    }, beatMs);
    const onStop = (): void => waiting.abort();
    outer.addEventListener('abort', onStop, { once: true });
    channel.addEventListener('message', onMessage);
    const follow = (): void => {
      clearInterval(watch);
      channel.removeEventListener('message', onMessage);
    };
    try {
      await request({ signal: waiting.signal }, follow);
      if (steal && !outer.aborted) await request({ steal: true }, follow);
    } finally {
      follow();
      outer.removeEventListener('abort', onStop);
    }

    async function request(options: LockOptions, begin: () => void): Promise<void> {
      try {
        await locks.request(LOCK, options, async () => {
          begin();
          await hold(channel, outer, deposed);
        });
      } catch (error) {
        // waiting was given up, or the lock was stolen from us: what runs under it must stop
        if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
        deposed.abort();
      }
    }
  }

  return {
    async run(signal) {
      const channel = ports.channel();
      try {
        while (!signal.aborted) await term(channel, signal);
      } finally {
        channel.close();
      }
    },
  };
}
