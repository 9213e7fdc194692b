/**
 * What the desk's first page is made of, read once for all its parts: what there is to do, in order of what breaks first,
 * and the numbers. Worked out in short pieces, so that a desk with thousands of applications does not stand still for it.
 */
import { getContext, setContext, untrack } from 'svelte';
import {
  applications,
  ItemCache,
  syncWord,
  type ApplicationView,
} from '#lib/client/state/applications.svelte.ts';
import { catalogue } from '#lib/client/state/catalogue.svelte.ts';
import { drafts, type DraftRow } from '#lib/client/state/drafts.svelte.ts';
import { today } from '#lib/client/state/now.svelte.ts';
import { inSlices } from '#lib/client/state/slices.ts';
import { sync } from '#lib/client/state/sync-status.svelte.ts';
import type { Rules } from '#lib/catalogue/release.ts';
import type { Day } from '#lib/domain/day.ts';
import type { WorkRow } from './home-work.ts';

const KEY = Symbol('home');
/** With the rules of forms and clocks: the search box does not wait for them. */
const homeWork = () => import('./home-work.ts');

interface Numbers {
  corrections: number;
  deliveries: number;
  settledToday: number;
}

/** Make one while the page is set up: it reads with effects of that component. */
export class HomeDesk {
  readonly items = new ItemCache();
  rules = $state.raw<Rules | null>(null);
  /** undefined while they are read. What breaks first is first. */
  rows = $state.raw<WorkRow[]>();
  numbers = $state.raw<Numbers>({ corrections: 0, deliveries: 0, settledToday: 0 });
  /** The correction whose term ends first. */
  firstCorrection = $derived(this.rows?.find(({ state }) => state === 'correction'));

  #latest = 0;
  #lost = $state(false);

  constructor() {
    setContext(KEY, this);
    // comes while the store is read: what it takes to start it is not added to the drawing
    homeWork().catch(() => (this.#lost = true));
    $effect(() => {
      void catalogue.inUse;
      void catalogue.rules().then((read) => (this.rules = read));
    });
    $effect(() => {
      const { value: views } = applications;
      const begun = drafts.value;
      if (views === undefined || begun === undefined) return;
      const hashes = new Set([
        ...views.flatMap(({ state }) => state?.item.hash ?? []),
        ...begun.map(({ itemHash }) => itemHash),
      ]);
      this.items.load(hashes);
      // drawn again when an item or the rules arrive, at midnight, and as what waits is sent
      for (const hash of hashes) void this.items.get(hash);
      void this.rules;
      void sync.status.phase;
      const day = today();
      untrack(() => void this.#draw(views, begun, day).catch(() => (this.#lost = true)));
      return () => void (this.#latest += 1);
    });
  }

  get failed(): boolean {
    return applications.failed || drafts.failed || this.#lost;
  }

  async #draw(views: readonly ApplicationView[], begun: readonly DraftRow[], day: Day): Promise<void> {
    const mine = this.#latest;
    const { applicationRow, draftRow } = await homeWork();
    const { items, rules } = this;
    const rows = begun.map((draft) =>
      draftRow(draft, items.get(draft.itemHash), catalogue.entry(draft.itemCode)?.name, day),
    );
    const numbers: Numbers = { corrections: 0, deliveries: 0, settledToday: 0 };
    const work = (view: ApplicationView): void => {
      const { state } = view;
      if (state?.state === 'correction') numbers.corrections += 1;
      if (state?.state === 'decided' || state?.state === 'ready') numbers.deliveries += 1;
      if (state?.state === 'settled' && state.closedOn === day) numbers.settledToday += 1;
      const row = applicationRow(view, state && items.get(state.item.hash), rules, day, syncWord(view));
      if (row) rows.push(row);
    };
    if (!(await inSlices(views, work, () => mine !== this.#latest))) return;
    this.rows = rows.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
    this.numbers = numbers;
  }
}

export const homeDesk = (): HomeDesk => getContext<HomeDesk>(KEY);
