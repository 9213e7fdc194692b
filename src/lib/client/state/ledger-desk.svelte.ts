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
import { applications } from './applications.svelte.ts';
import { ledgerPages, type Answered, type InFull } from './ask.ts';
import { catalogue } from './catalogue.svelte.ts';
import { session } from './session.svelte.ts';

type Failure = Extract<Answered<unknown>, { ok: false }>['why'];

/** Make one while a component is set up: it reads with effects of that component. */
export class LedgerDesk {
  readonly month: string;
  /** The office's answer is whole; else what is shown may lack something. */
  whole = $state(false);
  failure = $state.raw<Failure>();
  /** Sums of the whole month as the office gave them with its first page. */
  counts = $state.raw<LedgerResponse['counts']>();
  lines: LedgerLine[] = $derived.by(() => mergeLedger(this.#office, this.#here(true)));
  summary: LedgerSummary = $derived.by(() => ledgerSummary(this.lines, this.month));

  #office = $state.raw<LedgerLine[]>([]);
  #calendar = $state.raw<Calendar | null>(null);

  constructor(month: string) {
    this.month = month;
    $effect(() => {
      void catalogue.inUse;
      void catalogue.rules().then((rules) => (this.#calendar = rules?.calendar ?? null));
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
      if (counts || next === null) this.#office = [...lines];
      this.whole = next === null;
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
    return { ok: true, value: mergeLedger(office, this.#here(false)) };
  }

  #here(masked: boolean): LedgerLine[] {
    const lines: LedgerLine[] = [];
    for (const { state } of applications.value ?? []) {
      if (state === null) continue;
      const itemName = catalogue.entry(state.item.code)?.name ?? '';
      const line = ledgerLine(state, { itemName, calendar: this.#calendar, masked });
      if (actsIn(line, this.month).length > 0) lines.push(line);
    }
    return lines;
  }
}
