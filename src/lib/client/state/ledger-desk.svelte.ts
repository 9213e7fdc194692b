/**
 * 台账 of a month on the page: the office's lines, and what this device knows and the office does not yet. Without a network
 * only what is kept here: what is still open, and what was closed in the last seven days.
 */
import { untrack } from 'svelte';
import type { Calendar } from '#lib/domain/calendar.ts';
import {
  actsIn,
  ledgerLine,
  ledgerSummary,
  mergeLedger,
  type LedgerLine,
  type LedgerSummary,
  type RevealReason,
} from '#lib/domain/ledger.ts';
import type { LedgerResponse } from '#lib/protocol/ledger.ts';
import { applications, type ApplicationView } from './applications.svelte.ts';
import { ledgerPages, type Answered, type InFull } from './ask.ts';
import { catalogue } from './catalogue.svelte.ts';
import { session } from './session.svelte.ts';
import { inSlices, nextTask } from './slices.ts';

type Failure = Extract<Answered<unknown>, { ok: false }>['why'];

interface Office {
  lines: LedgerLine[];
  whole: boolean;
}

/** Make one while a component is set up: it reads with effects of that component. */
export class LedgerDesk {
  readonly month: string;
  /** `lines` has all that the office told; else it may lack something. */
  whole = $state(false);
  failure = $state.raw<Failure>();
  /** Sums of the whole month as the office gave them with its first page. */
  counts = $state.raw<LedgerResponse['counts']>();
  lines = $state.raw<LedgerLine[]>([]);
  summary = $state.raw<LedgerSummary>(ledgerSummary([], ''));
  /** What this device knows is among them. */
  counted = $state(false);

  #office = $state.raw<Office>({ lines: [], whole: false });
  #calendar = $state.raw<Calendar | null>(null);
  #latest = 0;

  constructor(month: string) {
    this.month = month;
    $effect(() => {
      void catalogue.inUse;
      void catalogue.rules().then((rules) => (this.#calendar = rules?.calendar ?? null));
    });
    $effect(() => {
      const { value: views } = applications;
      void catalogue.inUse;
      const [office, calendar] = [this.#office, this.#calendar];
      untrack(() => void this.#draw(views, office, calendar));
      return () => void (this.#latest += 1);
    });
    $effect(() => {
      const stop = new AbortController();
      untrack(() => void this.#load(stop.signal));
      return () => stop.abort();
    });
  }

  /** Asks the office again, after a failure. */
  async retry(): Promise<void> {
    await this.#load(new AbortController().signal);
  }

  async #load(signal: AbortSignal): Promise<void> {
    this.failure = undefined;
    this.whole = false;
    this.#office = { ...this.#office, whole: false };
    const lines: LedgerLine[] = [];
    for await (const page of ledgerPages(this.month, signal)) {
      if (!page.ok) {
        this.failure = page.why;
        return;
      }
      const { counts, next } = page.value;
      lines.push(...page.value.lines);
      if (counts) this.counts = counts;
      // something at once, and then all of it: each page would be summed up again on an old PC
      if (counts || next === null) this.#office = { lines: [...lines], whole: next === null };
    }
  }

  /** Lines with names and numbers in full, for an export; the office writes down who asked and why. */
  async inFull(reason: RevealReason): Promise<Answered<LedgerLine[]>> {
    const { staff } = session;
    if (staff === null) return { ok: false, why: 'refused' };
    const asked: InFull = { staff: staff.id, reason };
    const office: LedgerLine[] = [];
    for await (const page of ledgerPages(this.month, new AbortController().signal, asked)) {
      if (!page.ok) return page;
      office.push(...page.value.lines);
    }
    const here: LedgerLine[] = [];
    for (const view of applications.value ?? []) here.push(...this.#lineOf(view, this.#calendar, false));
    return { ok: true, value: mergeLedger(office, here) };
  }

  /** In short pieces: a month of thousands is worked out while the page is read. */
  async #draw(
    views: readonly ApplicationView[] | undefined,
    office: Office,
    calendar: Calendar | null,
  ): Promise<void> {
    const mine = this.#latest;
    const isStale = (): boolean => mine !== this.#latest;
    const here: LedgerLine[] = [];
    const work = (view: ApplicationView): void => void here.push(...this.#lineOf(view, calendar, true));
    if (!(await inSlices(views ?? [], work, isStale))) return;
    const lines = mergeLedger(office.lines, here);
    await nextTask();
    const summary = ledgerSummary(lines, this.month);
    if (isStale()) return;
    this.summary = summary;
    // sums are drawn by then
    await nextTask();
    if (isStale()) return;
    this.lines = lines;
    this.whole = office.whole;
    this.counted ||= views !== undefined;
  }

  /** None where nothing of it happened in this month. */
  #lineOf({ state }: ApplicationView, calendar: Calendar | null, masked: boolean): LedgerLine[] {
    if (state === null) return [];
    const itemName = catalogue.entry(state.item.code)?.name ?? '';
    const line = ledgerLine(state, { itemName, calendar, masked });
    return actsIn(line, this.month).length > 0 ? [line] : [];
  }
}
