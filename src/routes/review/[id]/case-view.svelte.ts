/** One case as a page works on it: the application as it is seen, its item, and the facts by which the rulebook judges. */
import { ItemCache, liveApplication, syncWord } from '#lib/client/state/applications.svelte.ts';
import { catalogue } from '#lib/client/state/catalogue.svelte.ts';
import { now } from '#lib/client/state/now.svelte.ts';
import { session } from '#lib/client/state/session.svelte.ts';
import type { Rules } from '#lib/catalogue/release.ts';
import type { KnownFacts } from '#lib/domain/facts.ts';

/** Make one while a component is set up: it reads with effects of that component. */
export class CaseView {
  readonly id: string;
  /** undefined while they are read; null before the first release. */
  rules = $state.raw<Rules | null>();

  #live: ReturnType<typeof liveApplication>;
  #items = new ItemCache();

  readonly item = $derived.by(() => {
    const state = this.view?.state;
    return state ? this.#items.get(state.item.hash) : undefined;
  });
  /** Of the moment in which they are asked for; null while something of them is not here. */
  readonly facts = $derived.by((): (() => KnownFacts) | null => {
    const { staff, device } = session;
    const { app, item, rules } = this;
    if (!app || !item || !rules || staff === null || device === null) return null;
    const { calendar, policy } = rules;
    const { id: site, code } = device.site;
    return () => ({
      now: now(),
      actor: { id: staff.id, name: staff.name, roles: staff.roles },
      item,
      itemRef: app.item,
      itemStanding: 'current',
      calendar,
      policy,
      site: { id: site, code, device: device.number },
      lastContact: null,
      similar: 0,
      caseNumber: null,
    });
  });

  constructor(id: string) {
    this.id = id;
    this.#live = liveApplication(id);
    $effect(() => {
      // a release may arrive after the cases that cite it
      void catalogue.inUse;
      if (this.app) this.#items.load([this.app.item.hash]);
    });
    $effect(() => {
      void catalogue.inUse;
      void catalogue.rules().then((read) => (this.rules = read));
    });
  }

  /** undefined while it is read; null when this device does not know it. */
  get view() {
    return this.#live.value;
  }

  get app() {
    return this.view?.state ?? null;
  }

  get sync() {
    return this.view ? syncWord(this.view) : 'arrived';
  }

  get failed(): boolean {
    return this.#live.failed;
  }
}
