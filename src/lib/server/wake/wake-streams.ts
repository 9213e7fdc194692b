/**
 * The held streams of this process: who listens, and for what. Invariants: one stream a device, the newest; never more than
 * so many in all; who takes nothing is let go, so that no dead line fills the memory.
 */
import { itemLevelOf, type SiteLevel } from '#lib/domain/site.ts';
import { WAKE_COMMENT, WAKE_EVENT } from '#lib/protocol/wake.ts';

/** In one process: a city's stations, and once more as many. */
const MOST = 4_000;
/** Comments and events that a line has not taken yet. */
const MOST_UNTAKEN = 16;

const encoder = new TextEncoder();
const [COMMENT, EVENT] = [encoder.encode(WAKE_COMMENT), encoder.encode(WAKE_EVENT)];

export interface Listener {
  device: string;
  site: { id: string; path: string; county: string; township: string; level: SiteLevel };
  /** Hash of its session's token: when that is over, so is the stream. */
  token: string;
}

interface Held extends Listener {
  line: ReadableStreamDefaultController<Uint8Array>;
}

/** What its site works with: `county/level`; null where nothing is handled. */
export const shelfOf = ({ site }: Listener): string | null => {
  const level = itemLevelOf(site.level);
  return level && `${site.county}/${level}`;
};

export class WakeStreams {
  readonly #held = new Map<string, Held>();
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  get listeners(): readonly Listener[] {
    return [...this.#held.values()];
  }

  /** Whether one more fits. A device that has one already takes its own place. */
  hasRoomFor(device: string): boolean {
    return this.#held.has(device) || this.#held.size < this.#most;
  }

  open(listener: Listener): ReadableStream<Uint8Array> {
    this.end(({ device }) => device === listener.device);
    let mine: Held;
    return new ReadableStream<Uint8Array>(
      {
        start: (line) => {
          mine = { ...listener, line };
          this.#held.set(listener.device, mine);
          line.enqueue(COMMENT);
        },
        cancel: () => this.#forget(mine),
      },
      { highWaterMark: MOST_UNTAKEN },
    );
  }

  wake(whom: (listener: Listener) => boolean): void {
    this.#say(EVENT, whom);
  }

  /** Every so often, to all. */
  beat(): void {
    this.#say(COMMENT, () => true);
  }

  end(whom: (listener: Listener) => boolean): void {
    for (const held of this.#held.values()) {
      if (!whom(held)) continue;
      this.#forget(held);
      held.line.close();
    }
  }

  #say(what: Uint8Array, whom: (listener: Listener) => boolean): void {
    for (const held of this.#held.values()) {
      if (!whom(held)) continue;
      if ((held.line.desiredSize ?? 0) > 0) held.line.enqueue(what);
      else this.end((one) => one === held);
    }
  }

  #forget(held: Held): void {
    if (this.#held.get(held.device) === held) this.#held.delete(held.device);
  }
}
