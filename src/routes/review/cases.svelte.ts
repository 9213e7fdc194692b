/**
 * Every application of this device as rows, redrawn as they change. A row is worked out again only when its case or what
 * it is judged by changed, and in short pieces: a page with thousands of rows never stands still for it.
 */
import { untrack } from 'svelte';
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
import { inSlices } from '#lib/client/state/slices.ts';
import { sync } from '#lib/client/state/sync-status.svelte.ts';
import type { Item } from '#lib/domain/item.ts';
import { byUrgency, caseRow, type CaseRow, type RowFacts } from './queue.ts';

/** What all rows are judged by. */
interface Grounds extends Pick<RowFacts, 'rules' | 'today' | 'own' | 'sites' | 'me'> {
  catalogue: unknown;
  items: ReadonlyMap<string, Item | null | undefined>;
}

const isSame = (a: Grounds, b: Grounds): boolean =>
  a.rules === b.rules &&
  a.today === b.today &&
  a.own?.id === b.own?.id &&
  a.sites === b.sites &&
  a.me === b.me &&
  a.catalogue === b.catalogue &&
  // rows whose item was still being read are not kept anyway
  [...a.items].every(([hash, item]) => item === undefined || b.items.get(hash) === item);

/** Make one while a component is set up: it reads with effects of that component. */
export class Cases {
  readonly items = new ItemCache();
  rules = $state.raw<Rules | null>(null);
  /** What breaks first on top; undefined while they are read. */
  rows = $state.raw<CaseRow[]>();
  /** False while more of them is being read. */
  whole = $state(false);

  #grounds: Grounds | undefined;
  #known = new WeakMap<ApplicationView, CaseRow>();
  #latest = 0;

  constructor() {
    $effect(() => {
      void catalogue.inUse;
      void catalogue.rules().then((rules) => (this.rules = rules));
    });
    $effect(() => {
      const { value: views, whole } = applications;
      if (views === undefined) return;
      const hashes = new Set(views.flatMap(({ state }) => state?.item.hash ?? []));
      // a release may arrive after the cases that cite it
      this.items.load(hashes);
      const grounds: Grounds = {
        rules: this.rules,
        today: today(),
        own: session.device?.site ?? null,
        sites: session.sites,
        me: session.staff?.id ?? '',
        catalogue: catalogue.inUse,
        items: new Map([...hashes].map((hash) => [hash, this.items.get(hash)])),
      };
      // 上传中 is part of the rows that wait
      void sync.status.phase;
      untrack(() => void this.#draw(views, whole, grounds));
      return () => void (this.#latest += 1);
    });
  }

  get failed(): boolean {
    return applications.failed;
  }

  async #draw(views: readonly ApplicationView[], whole: boolean, grounds: Grounds): Promise<void> {
    const mine = this.#latest;
    if (this.#grounds === undefined || !isSame(this.#grounds, grounds)) this.#known = new WeakMap();
    this.#grounds = grounds;
    const rows: CaseRow[] = [];
    const done = await inSlices(
      views,
      (view) => rows.push(this.#row(view, grounds)),
      () => mine !== this.#latest,
    );
    if (!done) return;
    this.rows = rows.sort(byUrgency);
    this.whole = whole;
  }

  #row(view: ApplicationView, grounds: Grounds): CaseRow {
    const kept = this.#known.get(view);
    if (kept) return kept;
    const { hash, code } = view.state?.item ?? { hash: '', code: '' };
    const item = grounds.items.get(hash);
    const row = caseRow(view, {
      ...grounds,
      item,
      listed: catalogue.entry(code)?.name,
      sync: syncWord(view),
    });
    // how a waiting command stands is not of the view alone
    if (view.pending.length === 0 && item !== undefined) this.#known.set(view, row);
    return row;
  }
}
