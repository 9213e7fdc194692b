/**
 * Simulated stations of which half are out of reach at any time, other ones each time. What holds for each, whatever the
 * county does: its number never falls.
 */
import type { Store } from '#lib/server/db/store.ts';
import { chance } from './catalogue-bytes-items.ts';
import { enrolAll } from './enrolled-stations.ts';
import { rushStation, type RushSite } from './rush-station.ts';
import { askAll, SharedReleases, SimulatedStation, type OfficeAddress } from './simulated-stations.ts';

const HOUR_MS = 3_600_000;

export class ScatteredStations {
  readonly all: readonly SimulatedStation[];
  readonly #releases: SharedReleases;
  readonly #luck = chance(2026);

  private constructor(all: readonly SimulatedStation[], store: Store) {
    this.all = all;
    this.#releases = new SharedReleases(store);
  }

  /** One a site, enrolled and in session; `number` is its device's, of three digits. */
  static async at(
    store: Store,
    sites: readonly RushSite[],
    { number = '001', now, office }: { number?: string; now: string; office: OfficeAddress },
  ): Promise<ScatteredStations> {
    const from = (hours: number): string => new Date(Date.parse(now) + hours * HOUR_MS).toISOString();
    const days = { yesterday: from(-16), tomorrow: from(24) };
    const enrolled = await Promise.all(sites.map((site) => rushStation(site, number, days)));
    await store.write((trx) => enrolAll(trx, enrolled));
    return new ScatteredStations(
      enrolled.map((one) => new SimulatedStation(one, office)),
      store,
    );
  }

  /** Who is in reach asks, and takes what it is offered. */
  async ask(asking: readonly SimulatedStation[] = this.all): Promise<void> {
    for (const station of asking) station.inReach = this.#luck() < 0.5;
    await this.#askAll(asking);
  }

  /** Those of them that have nothing to wait for have asked once since. */
  async until(number: number, asking: readonly SimulatedStation[] = this.all): Promise<void> {
    for (let left = asking; left.length > 0; left = asking.filter((one) => one.number < number))
      await this.ask(left);
  }

  /** All are in reach for once, and so say what they hold. */
  async sayWhatTheyHold(asking: readonly SimulatedStation[] = this.all): Promise<void> {
    for (const station of asking) station.inReach = true;
    await this.#askAll(asking);
  }

  /** Codes of the sites whose station works with that number. */
  holding(number: number): string[] {
    return this.all.filter((one) => one.number === number).map(({ site }) => site.code);
  }

  /** What each works with, as hashes. */
  contents(): Promise<string[]> {
    return Promise.all(this.all.map((station) => this.#releases.contents(station)));
  }

  async #askAll(asking: readonly SimulatedStation[]): Promise<void> {
    const before = asking.map(({ number }) => number);
    await askAll(asking, this.#releases);
    if (!asking.every(({ number }, at) => number >= before[at]!))
      throw new Error('a station went back to an older number');
  }
}
