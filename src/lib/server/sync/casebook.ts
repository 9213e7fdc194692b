/**
 * The applications (办件) that one transaction works on: read at once, worked on in memory, written at once. Judging between
 * the two awaits nothing, so what throws has changed nothing. An application's row is the fold of its events plus what
 * queries look for.
 */
import type { Applicant } from '#lib/domain/commands.ts';
import { addDays, chineseDay, type Day, type Instant } from '#lib/domain/day.ts';
import { DUPLICATE_DAYS, FRUITLESS } from '#lib/domain/facts.ts';
import type { Event } from '#lib/domain/events.ts';
import type { Application } from '#lib/domain/state.ts';
import type { Trx } from '../db/dialect.ts';
import { noteUses, waitsForPhotos } from '../files/photo-uses.ts';
import {
  applicationColumns,
  applicationsOf,
  drawCaseNumbers,
  insertApplications,
  receiptCounts,
  updateApplication,
  type LoadedApplication,
} from './applications.ts';
import { ApplicantKeys, lately, type Earlier } from './duplicates.ts';

/** What is read: applications by id; for new ones what they must be compared with. */
export interface Wanted {
  ids: readonly string[];
  receiptNumbers?: readonly string[];
  /** As they are kept: cleaned. */
  applicants?: readonly Applicant[];
}

interface Entry {
  application: LoadedApplication;
  nextDue: Day | null;
  standing: 'read' | 'changed' | 'new';
  alias: string | null;
  /** Of a new application: the implementation code that its formal number begins with. */
  taskCode: string;
  /** Its first event, which carries the formal number too. */
  received: Event | null;
}

export class Casebook {
  readonly #now: Instant;
  readonly #keys: ApplicantKeys;
  readonly #receipts: Map<string, number>;
  readonly #earlier: Map<string, Earlier[]>;
  readonly #entries = new Map<string, Entry>();

  private constructor(
    now: Instant,
    keys: ApplicantKeys,
    receipts: Map<string, number>,
    earlier: Map<string, Earlier[]>,
  ) {
    this.#now = now;
    this.#keys = keys;
    this.#receipts = receipts;
    this.#earlier = earlier;
  }

  /** Locks the applications until the transaction ends. */
  static async open(trx: Trx, now: Instant, wanted: Wanted): Promise<Casebook> {
    const { ids, receiptNumbers = [], applicants = [] } = wanted;
    const found = await applicationsOf(trx, ids);
    const keys = await ApplicantKeys.open(trx);
    const receipts = await receiptCounts(trx, receiptNumbers);
    const since = addDays(chineseDay(now), -DUPLICATE_DAYS);
    const earlier = await lately(
      trx,
      applicants.map((one) => keys.of(one)),
      since,
    );
    const casebook = new Casebook(now, keys, receipts, earlier);
    for (const application of found) {
      const rest = { nextDue: null, alias: null, taskCode: '', received: null };
      casebook.#entries.set(application.state.id, { application, standing: 'read', ...rest });
    }
    return casebook;
  }

  find(id: string): LoadedApplication | null {
    return this.#entries.get(id)?.application ?? null;
  }

  all(): readonly LoadedApplication[] {
    return [...this.#entries.values()].map(({ application }) => application);
  }

  /** Applications of the same person for the same item in a county that arrived lately and were not given up. */
  similar(applicant: Applicant, itemCode: string, county: string): number {
    const key = this.#keys.of(applicant);
    const counts = (item: string, where: string, state: string): boolean =>
      item === itemCode && where === county && !FRUITLESS.some((one) => one === state);
    const rows = (this.#earlier.get(key) ?? []).filter(
      // what changed here counts as it is now
      ({ id, ...row }) => !this.#touched(id) && counts(row.item_code, row.county, row.state),
    );
    const since = addDays(chineseDay(this.#now), -DUPLICATE_DAYS);
    const here = [...this.#entries.values()].filter(({ standing, application: { state, county: where } }) => {
      if (standing === 'read' || state.arrivedOn < since) return false;
      return counts(state.item.code, where, state.state) && this.#keys.of(state.applicant) === key;
    });
    return rows.length + here.length;
  }

  /**
   * Adds a new application; `received`: its first event. Where its receipt number clashes with an earlier one it gets an
   * alias `number-2`, because nothing may be refused for it (design application.md, Numbers). Returns the alias, or null.
   */
  add(
    application: LoadedApplication,
    nextDue: Day | null,
    { taskCode, received }: { taskCode: string; received: Event },
  ): string | null {
    const { id, receiptNumber } = application.state;
    const count = this.#receipts.get(receiptNumber) ?? 0;
    this.#receipts.set(receiptNumber, count + 1);
    const alias = count === 0 ? null : `${receiptNumber}-${count + 1}`;
    this.#entries.set(id, { application, nextDue, standing: 'new', alias, taskCode, received });
    return alias;
  }

  /** What became of an application that is here. */
  save(application: LoadedApplication, nextDue: Day | null): void {
    const entry = this.#entries.get(application.state.id);
    if (!entry) throw new Error('only what was read can be changed');
    const standing = entry.standing === 'new' ? 'new' : 'changed';
    this.#entries.set(application.state.id, { ...entry, application, nextDue, standing });
  }

  /**
   * Gives new applications their formal numbers (办件编号), when nothing can refuse them any more: after the last judgement
   * and before the first event is written.
   */
  async numberCases(trx: Trx): Promise<void> {
    const fresh = this.#those('new').filter(({ application }) => application.state.caseNumber === null);
    const day = chineseDay(this.#now);
    const numbers = await drawCaseNumbers(
      trx,
      fresh.map(({ taskCode }) => taskCode),
      day,
    );
    for (const [at, { application, received }] of fresh.entries()) {
      if (received?.is !== 'received') throw new Error('an application begins with received');
      received.caseNumber = numbers[at]!;
      application.state.caseNumber = numbers[at]!;
    }
  }

  /**
   * Writes what is new or changed. `seqs`: last event number by application.
   * @returns the ids that were written with their numbers
   */
  async write(trx: Trx, seqs: ReadonlyMap<string, number>): Promise<Set<string>> {
    const written = new Set<string>();
    const fresh = this.#those('new');
    const changed = this.#those('changed');
    const columns = ({ application: { state }, nextDue }: Entry) => {
      const seq = seqs.get(state.id);
      if (seq !== undefined) written.add(state.id);
      const key = this.#keys.of(state.applicant);
      return { ...applicationColumns(state, key, nextDue, this.#now), ...(seq === undefined ? {} : { seq }) };
    };
    await insertApplications(
      trx,
      fresh.map((entry) => ({ ...entry, columns: { seq: 0, ...columns(entry) } })),
    );
    for (const entry of changed) await updateApplication(trx, entry.application.state.id, columns(entry));
    await noteUses(trx, { fresh: fresh.map(stateOf), changed: changed.map(stateOf) });
    return written;
  }

  /** Applications written here that name photos which are not known to be held. */
  waiting(): string[] {
    return [...this.#those('new'), ...this.#those('changed')]
      .map(stateOf)
      .filter(waitsForPhotos)
      .map(({ id }) => id);
  }

  #touched(id: string): boolean {
    const entry = this.#entries.get(id);
    return entry !== undefined && entry.standing !== 'read';
  }

  #those(standing: Entry['standing']): Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.standing === standing);
  }
}

const stateOf = ({ application }: Entry): Application => application.state;
