/** Every application of this device as rows, redrawn as they change. A row is worked out again only when its case changed. */
import type { Rules } from '#lib/catalogue/release.ts';
import {
  applications,
  ItemCache,
  syncWord,
  type ApplicationView,
} from '#lib/client/state/applications.svelte.ts';
import { catalogue } from '#lib/client/state/catalogue.svelte.ts';
import { today } from '#lib/client/state/now.svelte.ts';
import { session } from '#lib/client/state/session.svelte.ts';
import { caseRow, type CaseRow, type RowFacts } from './queue.ts';

const keyOf = (view: ApplicationView, facts: RowFacts): string =>
  [
    view.state?.rev,
    view.confirmedRev,
    view.damage,
    view.pending.map(({ id, status }) => `${id}${status}`).join(),
    view.troubles.length,
    facts.today,
    facts.me,
    facts.item?.code,
    facts.item === null,
    facts.listed,
  ].join('|');

/** Make one while a component is set up: it reads with effects of that component. */
export class Cases {
  readonly items = new ItemCache();
  rules = $state.raw<Rules | null>(null);
  /** undefined while they are read. */
  rows: CaseRow[] | undefined = $derived.by(() => this.#rows());

  #known = new Map<string, { key: string; row: CaseRow }>();
  #rulesKnown: Rules | null = null;
  #sitesKnown: unknown = null;

  constructor() {
    $effect(() => {
      // a release may arrive after the cases that cite it
      void catalogue.inUse;
      this.items.load((applications.value ?? []).flatMap(({ state }) => state?.item.hash ?? []));
    });
    $effect(() => {
      void catalogue.inUse;
      void catalogue.rules().then((rules) => (this.rules = rules));
    });
  }

  get failed(): boolean {
    return applications.failed;
  }

  #rows(): CaseRow[] | undefined {
    const views = applications.value;
    if (views === undefined) return undefined;
    const { rules } = this;
    const day = today();
    const own = session.device?.site ?? null;
    const { sites } = session;
    const me = session.staff?.id ?? '';
    if (rules !== this.#rulesKnown || sites !== this.#sitesKnown) this.#known.clear();
    this.#rulesKnown = rules;
    this.#sitesKnown = sites;
    const known = new Map<string, { key: string; row: CaseRow }>();
    for (const view of views) {
      const item = view.state ? this.items.get(view.state.item.hash) : undefined;
      const listed = view.state ? catalogue.entry(view.state.item.code)?.name : undefined;
      const facts: RowFacts = { item, listed, rules, today: day, own, sites, me, sync: syncWord(view) };
      const key = keyOf(view, facts);
      const before = this.#known.get(view.id);
      known.set(view.id, before?.key === key ? before : { key, row: caseRow(view, facts) });
    }
    this.#known = known;
    return [...known.values()].map(({ row }) => row);
  }
}
