/**
 * Patches in few bytes (catalogue/tight-patch.ts), for answers to polls. Each is worked out once a process, when the first
 * device asks for it: it follows from two releases, which never change.
 */
import { tighten } from '#lib/catalogue/publish/tighten.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import type { ReleasePatch } from '#lib/catalogue/rebuild.ts';
import type { Store } from '../db/store.ts';
import type { ReleasePlace } from './current-release.ts';
import { wholeRelease } from './ways.ts';

/** Ways of all counties and levels from the releases that most devices have. */
const KEPT = 200;

export class TightWays {
  readonly #made = new Map<string, Promise<Bytes | null>>();

  /** The patch from release `since` to `place`, which is that of `patch`; null where it cannot be said tightly. */
  async find(store: Store, place: ReleasePlace, since: number, patch: ReleasePatch): Promise<Bytes | null> {
    // a signature stands for one release of one place
    const key = `${patch.signature} ${since}`;
    const known = this.#made.get(key);
    if (known) return known;
    const made = this.#make(store, place, since, patch);
    this.#made.set(key, made);
    const [oldest] = this.#made.keys();
    if (this.#made.size > KEPT && oldest !== undefined) this.#made.delete(oldest);
    // a database that was away is asked again
    made.catch(() => this.#made.delete(key));
    return made;
  }

  async #make(store: Store, place: ReleasePlace, since: number, patch: ReleasePatch): Promise<Bytes | null> {
    const older = await store.read((trx) => wholeRelease(trx, place, since));
    return older && tighten(older, place.number, patch);
  }
}
