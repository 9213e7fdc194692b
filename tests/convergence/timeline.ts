/**
 * Virtual time and the order of everything: a discrete simulation. Each thread of work (a tab, a request at the office)
 * stops at its ports and is let on by an event; between two events nothing runs. Which of the due events comes next is
 * chance that follows from the seed, so a run is the same every time, however long hashing or unpacking really took.
 */
import { createHash } from 'node:crypto';
import { luckOf, type Luck } from './luck.ts';

/** One process that can be killed: a tab, an office. What it waits for never comes once it is dead. */
export class Life {
  readonly name: string;
  dead = false;
  /** Its events wait: a frozen tab keeps what it holds. */
  frozen = false;
  readonly onDeath: (() => void)[] = [];

  constructor(name: string) {
    this.name = name;
  }

  end(): void {
    if (this.dead) return;
    this.dead = true;
    for (const tell of this.onDeath.splice(0)) tell();
  }
}

interface Event {
  at: number;
  label: string;
  life: Life;
  run: () => void;
  /** Not before this says so. */
  ready?: (() => boolean) | undefined;
  /** May be let on together with others of the same group. */
  group?: object | undefined;
}

export interface Waiting {
  /** Resolves when somebody has woken it and its turn has come. */
  promise: Promise<void>;
  /** The first call counts. */
  wake(ms?: number): void;
}

/** Work that does not stop at a port for so long, in real time, hangs. */
const STUCK_MS = 30_000;
const NEVER = new Promise<never>(() => undefined);
const { setTimeout: realTimeout, clearTimeout: clearRealTimeout } = globalThis;

export class Timeline {
  now: number;
  /** Decides what is not said by the schedule; each step of it sets its own. */
  luck: Luck;
  /** Whose event is running. */
  current: Life | null = null;
  events = 0;
  readonly story: string[] = [];
  readonly #hash = createHash('sha256');
  #waiting: Event[] = [];
  #running = 0;
  #onRest: (() => void) | null = null;

  constructor(start: number, seed: number) {
    this.now = start;
    this.#begun = start;
    this.luck = luckOf(seed);
  }

  readonly #begun: number;

  /** Says what happened. `quiet`: for the hash alone, not for people. */
  tell(text: string, quiet = false): void {
    const line = `${((this.now - this.#begun) / 1000).toFixed(3)}s ${text}`;
    this.#hash.update(line).update('\n');
    if (!quiet) this.story.push(line);
  }

  /** Of everything that happened so far. */
  hash(): string {
    return this.#hash.copy().digest('hex');
  }

  /** A thread of work begins, after `ms`. What it throws is a bug of the simulation. */
  begin(life: Life, label: string, work: () => Promise<void>, ms = 0): void {
    const run = (): void => {
      this.#running += 1;
      work().then(
        () => this.#rest(),
        (error: unknown) => {
          this.#broken ??= error instanceof Error ? error : new Error(String(error));
          this.#rest();
        },
      );
    };
    this.#waiting.push({ at: this.now + ms, label, life, run });
  }

  #broken: Error | null = null;

  /** The thread that calls stops here until its turn. */
  pause(
    life: Life,
    label: string,
    { ms = 0, ready, group }: Partial<Event> & { ms?: number } = {},
  ): Promise<void> {
    return new Promise((resolve) => {
      const run = (): void => {
        this.#running += 1;
        resolve();
      };
      this.#waiting.push({ at: this.now + ms, label, life, run, ready, group });
      this.#rest();
    });
  }

  /** The thread that calls stops here until it is woken. */
  wait(life: Life, label: string): Waiting {
    let woken = false;
    const { promise, resolve } = Promise.withResolvers<void>();
    const run = (): void => {
      this.#running += 1;
      resolve();
    };
    this.#rest();
    const wake = (ms = 0): void => {
      if (woken) return;
      woken = true;
      this.#waiting.push({ at: this.now + ms, label, life, run });
    };
    return { promise, wake };
  }

  /** The thread that calls goes no further: its process is dead. */
  stopHere(): Promise<never> {
    this.#rest();
    return NEVER;
  }

  /** Something that happens by itself. Returns how to call it off. */
  after(life: Life, label: string, ms: number, run: () => void): () => void {
    const event: Event = { at: this.now + ms, label, life, run };
    this.#waiting.push(event);
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== event);
    };
  }

  #rest(): void {
    this.#running -= 1;
    if (this.#running === 0) this.#onRest?.();
  }

  /** Lets the next event happen; false when none is due until then, and that is the time now. */
  async step(until: number): Promise<boolean> {
    this.#waiting = this.#waiting.filter((event) => !event.life.dead);
    const able = this.#waiting.filter(({ life, ready }) => !life.frozen && (ready?.() ?? true));
    const first = able.reduce((least, { at }) => Math.min(least, at), Infinity);
    if (first > until) {
      this.now = Math.max(this.now, until);
      return false;
    }
    this.now = Math.max(this.now, first);
    const due = able.filter(({ at }) => at <= this.now);
    const chosen = this.luck.pick(due);
    const { group } = chosen;
    const along = group ? due.filter((one) => one !== chosen && one.group === group) : [];
    const together = [chosen, ...along.filter(() => this.luck.happens(0.5))];
    this.#waiting = this.#waiting.filter((event) => !together.includes(event));
    this.current = chosen.life;
    for (const { life, label } of together) this.tell(`${life.name} ${label}`, true);
    for (const { run } of together) run();
    await this.#untilRest(chosen.label);
    this.events += 1;
    if (this.#broken) throw this.#broken;
    return true;
  }

  async #untilRest(label: string): Promise<void> {
    if (this.#running === 0) return;
    const rest = new Promise<void>((resolve, reject) => {
      const timer = realTimeout(() => reject(new Error(`the simulation hangs at ${label}`)), STUCK_MS);
      this.#onRest = () => {
        clearRealTimeout(timer);
        resolve();
      };
    });
    await rest;
    this.#onRest = null;
  }
}
