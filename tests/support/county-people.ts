/** Two people of a county as they lead a release through its rings, without a browser; a step that is refused throws. */
import type { Offering } from '#lib/catalogue/release-changes.ts';
import type { Instant } from '#lib/domain/day.ts';
import { drawPlan, drawUndo } from '#lib/server/catalogue/draw-plan.ts';
import { choosePilots, movePlan, type Move } from '#lib/server/catalogue/move-plan.ts';
import { countySites } from '#lib/server/catalogue/plan-rows.ts';
import { releasePlan } from '#lib/server/catalogue/release-plan.ts';
import { nextOffering } from '#lib/server/county/next-offering.ts';
import type { Store } from '#lib/server/db/store.ts';
import { HASTY } from './fanout-release.ts';

export class CountyPeople {
  readonly #store: Store;
  readonly #maker;
  readonly #second;
  readonly #now: Instant;
  #township = '';
  #plan = '';

  constructor(store: Store, county: string, now: Instant) {
    const person = (id: string) => ({ id, roles: ['admin', 'releaser'] as const, county });
    this.#store = store;
    this.#maker = person('maker');
    this.#second = person('second');
    this.#now = now;
  }

  /** One draws up what the working list and `change` make; the first village is the pilot site. */
  async draw(change: (listed: Offering) => Offering = (listed) => listed): Promise<void> {
    const [store, person, now] = [this.#store, this.#maker, this.#now];
    const sites = await store.read((trx) => countySites(trx, person.county));
    const pilot = sites.find(({ level }) => level === 'village')!;
    this.#township = pilot.township;
    await choosePilots(store, { person, now, sites: [pilot.id] });
    const next = change((await nextOffering(store, person.county)).next);
    this.#plan = drawn(
      await drawPlan(store, { person, now, next, note: '示例', shortfall: '示例原因' }),
      'drawn',
    );
  }

  /** The other releases it: to the pilot site, or where the release went that it takes back. */
  async release(): Promise<void> {
    const step = { person: this.#second, id: this.#plan, now: this.#now, steps: HASTY };
    drawn(await releasePlan(this.#store, step), 'done');
  }

  async move(step: Move['step']): Promise<void> {
    const township = step === 'township' ? this.#township : undefined;
    const move = { person: this.#second, id: this.#plan, now: this.#now, step, township };
    drawn(await movePlan(this.#store, move), 'done');
  }

  async undo(): Promise<void> {
    const back = { person: this.#maker, id: this.#plan, now: this.#now, note: '示例原因' };
    this.#plan = drawn(await drawUndo(this.#store, back), 'done');
  }
}

/** Its plan. @throws what it was instead */
function drawn(outcome: { is: string; id?: string }, wanted: 'drawn' | 'done'): string {
  if (outcome.is !== wanted) throw new Error(`a step was not done: ${JSON.stringify(outcome)}`);
  return outcome.id ?? '';
}
