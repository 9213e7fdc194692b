/**
 * One process of the office over the shared disk, as production assembles it. Every read and write of the database is a
 * port at which others may come between and at which the process can be killed; so is every statement inside one.
 */
import type { SqliteDatabase } from 'kysely';
import { TransactionLost } from '#lib/server/db/engine-faults.ts';
import { sqliteStore, type Store } from '#lib/server/db/store.ts';
import type { OfficeFiles } from '#lib/server/files/office-files.ts';
import type { Log } from '#lib/server/log.ts';
import { assembleOffice, type Office } from '#lib/server/office.ts';
import { Turns } from '#lib/server/turns.ts';
import type { Disk } from './disk.ts';
import { Life, type Timeline } from './timeline.ts';

/** What befalls the process when so many ports or statements have been passed. */
export interface Trap {
  at: 'port' | 'statement';
  left: number;
  then: 'kill' | 'fault';
}

export interface OfficeParts {
  timeline: Timeline;
  disk: Disk;
  files: OfficeFiles;
  log: Log;
  /** The database may have changed: nothing is in the middle of a transaction. */
  onCommit: () => void;
  /** A fault was thrown into the program. */
  onFault: () => void;
}

export class OfficeProcess {
  readonly life: Life;
  trap: Trap | null = null;
  /** Runs without stops at ports: for doors whose steps need not be interleaved. */
  #whole = false;
  #office!: Office;
  readonly #parts: OfficeParts;

  private constructor(name: string, parts: OfficeParts) {
    this.life = new Life(name);
    this.#parts = parts;
  }

  static async start(name: string, parts: OfficeParts): Promise<OfficeProcess> {
    const process = new OfficeProcess(name, parts);
    const store = await sqliteStore(() => process.#guarded(parts.disk.sqlite));
    const clock = { now: () => new Date(parts.timeline.now).toISOString() };
    const office = assembleOffice(process.#ported(store), clock, parts.log, parts.files);
    process.#office = { ...office, turns: new TimedTurns(parts.timeline, process.life) };
    return process;
  }

  get office(): Office {
    return this.#office;
  }

  async whole<T>(work: () => Promise<T>): Promise<T> {
    this.#whole = true;
    try {
      return await work();
    } finally {
      this.#whole = false;
    }
  }

  kill(): void {
    if (this.life.dead) return;
    const { timeline, disk } = this.#parts;
    timeline.tell(`${this.life.name} killed`);
    // what a process had begun is undone with its connection
    if (disk.raw.isTransaction) disk.raw.exec('rollback');
    this.life.end();
  }

  #springs(at: Trap['at']): Trap['then'] | null {
    const { trap } = this;
    if (trap?.at !== at) return null;
    trap.left -= 1;
    if (trap.left > 0) return null;
    this.trap = null;
    return trap.then;
  }

  async #port(label: string, alone: boolean): Promise<void> {
    const { timeline, disk } = this.#parts;
    if (this.#springs('port') !== null) this.kill();
    if (this.life.dead) return timeline.stopHere();
    const free = { group: this, ready: () => !disk.raw.isTransaction };
    await timeline.pause(this.life, label, alone ? free : {});
  }

  #ported(store: Store): Store {
    const { onCommit, disk } = this.#parts;
    const observe = (): void => {
      if (!disk.raw.isTransaction) onCommit();
    };
    return {
      engine: store.engine,
      destroy: () => store.destroy(),
      read: async (work) => {
        if (!this.#whole) await this.#port('read', true);
        return store.read(work);
      },
      readOne: async (work) => {
        if (!this.#whole) await this.#port('read', true);
        return store.readOne(work);
      },
      write: async (work, turn) => {
        if (!this.#whole) await this.#port('write', true);
        const value = await store.write(work, turn).finally(observe);
        if (!this.#whole) await this.#port('written', false);
        return value;
      },
    };
  }

  /** Every statement may be the last. */
  #guarded(sqlite: SqliteDatabase): SqliteDatabase {
    const { life } = this;
    const before = (sql: string): void => {
      if (!this.life.dead) {
        const ordinary = /^(select|insert|update|delete)/i.test(sql);
        const { trap } = this;
        if (trap?.then === 'fault' && !ordinary) return;
        const sprung = this.#springs('statement');
        if (sprung === 'fault') {
          this.#parts.timeline.tell(`${this.life.name} fault at: ${sql.slice(0, 40)}`);
          this.#parts.onFault();
          throw new Error('a simulated fault');
        }
        if (sprung === 'kill') this.kill();
      }
      if (this.life.dead && sql !== 'rollback') throw new TransactionLost('the process was killed');
    };
    return {
      close: () => undefined,
      prepare(sql) {
        const statement = sqlite.prepare(sql);
        return {
          reader: statement.reader,
          all: (parameters) => {
            before(sql);
            return statement.all(parameters);
          },
          run: (parameters) => {
            before(sql);
            if (life.dead) return { changes: 0, lastInsertRowid: 0 };
            return statement.run(parameters);
          },
          iterate: (parameters) => {
            before(sql);
            return statement.iterate(parameters);
          },
        };
      },
    };
  }
}

/** Turns whose waiting the timeline knows of. */
class TimedTurns extends Turns {
  readonly #timeline: Timeline;
  readonly #life: Life;
  readonly #busy = new Map<string, (() => void)[]>();

  constructor(timeline: Timeline, life: Life) {
    super();
    this.#timeline = timeline;
    this.#life = life;
  }

  override async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    for (let queue = this.#busy.get(key); queue; queue = this.#busy.get(key)) {
      const turn = this.#timeline.wait(this.#life, 'turn');
      queue.push(turn.wake);
      await turn.promise;
    }
    const queue: (() => void)[] = [];
    this.#busy.set(key, queue);
    try {
      return await work();
    } finally {
      this.#busy.delete(key);
      for (const wake of queue) wake();
    }
  }
}
