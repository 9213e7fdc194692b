/** What the desk's first page is made of, read once for all its parts: applications, drafts, their items, the rules. */
import { getContext, setContext } from 'svelte';
import { applications, ItemCache, syncWord } from '#lib/client/state/applications.svelte.ts';
import { catalogue } from '#lib/client/state/catalogue.svelte.ts';
import { drafts } from '#lib/client/state/drafts.svelte.ts';
import { today } from '#lib/client/state/now.svelte.ts';
import type { Rules } from '#lib/catalogue/release.ts';
import { applicationRow, draftRow, type WorkRow } from './home-work.ts';

const KEY = Symbol('home');

/** Make one while the page is set up: it reads with effects of that component. */
export class HomeDesk {
  readonly items = new ItemCache();
  rules = $state.raw<Rules | null>(null);

  /** undefined while they are read. What breaks first is first. */
  rows: WorkRow[] | undefined = $derived.by(() => this.#rows());
  #states = $derived((applications.value ?? []).flatMap(({ state }) => state ?? []));
  corrections = $derived(this.#states.filter(({ state }) => state === 'correction').length);
  deliveries = $derived(this.#states.filter(({ state }) => state === 'decided' || state === 'ready').length);
  settledToday = $derived(
    this.#states.filter(({ state, closedOn }) => state === 'settled' && closedOn === today()).length,
  );
  /** The first term of a correction that ends. */
  correctionRow = $derived(this.rows?.find(({ key }) => this.#corrections.has(key)));
  #corrections = $derived(
    new Set(this.#states.flatMap(({ id, state }) => (state === 'correction' ? [id] : []))),
  );

  constructor() {
    $effect(() => {
      this.items.load([
        ...this.#states.map(({ item }) => item.hash),
        ...(drafts.value ?? []).map((draft) => draft.itemHash),
      ]);
    });
    $effect(() => {
      void catalogue.inUse;
      void catalogue.rules().then((read) => (this.rules = read));
    });
    setContext(KEY, this);
  }

  get failed(): boolean {
    return applications.failed || drafts.failed;
  }

  #rows(): WorkRow[] | undefined {
    if (applications.value === undefined || drafts.value === undefined) return undefined;
    const day = today();
    const { items, rules } = this;
    const begun = drafts.value.map((draft) =>
      draftRow(draft, items.get(draft.itemHash), catalogue.entry(draft.itemCode)?.name, day),
    );
    const taken = applications.value.flatMap(
      (view) =>
        applicationRow(view, view.state && items.get(view.state.item.hash), rules, day, syncWord(view)) ?? [],
    );
    return [...taken, ...begun].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  }
}

export const homeDesk = (): HomeDesk => getContext<HomeDesk>(KEY);
