/**
 * Patches at hand, for a release that goes to a thousand stations: each is read once a process, and worked out in few bytes
 * (catalogue/tight-patch.ts) for answers to polls, when the first device asks for it. It follows from two releases, which
 * never change.
 */
import { tighten } from '#lib/catalogue/publish/tighten.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import type { ReleasePatch } from '#lib/catalogue/rebuild.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import { releaseAddress, type ReleasePlace } from './current-release.ts';
import { patchFor, wholeRelease } from './ways.ts';

/** Ways of all counties and levels from the releases that most devices have. */
const KEPT = 200;

function keep<T>(known: Map<string, T>, key: string, value: T): void {
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
}

export class TightWays {
  readonly #made = new Map<string, Promise<Bytes | null>>();
  readonly #read = new Map<string, ReleasePatch>();

  /** The way from the release that a device says it has (`county/level/number`); null when there is none. */
  async read(trx: Trx, offered: ReleasePlace, has: string | null): Promise<ReleasePatch | null> {
    const key = `${releaseAddress(offered)} ${has}`;
    const known = this.#read.get(key);
    if (known) return known;
    const patch = await patchFor(trx, offered, has);
    if (patch) keep(this.#read, key, patch);
    return patch;
  }

  /** The patch from release `since` to `place`, which is that of `patch`; null where it cannot be said tightly. */
  async find(store: Store, place: ReleasePlace, since: number, patch: ReleasePatch): Promise<Bytes | null> {
    // a signature stands for one release of one place
    const key = `${patch.signature} ${since}`;
    const known = this.#made.get(key);
    if (known) return known;
    const made = this.#make(store, place, since, patch);
    keep(this.#made, key, made);
    // a database that was away is asked again
    made.catch(() => this.#made.delete(key));
    return made;
  }

  async #make(store: Store, place: ReleasePlace, since: number, patch: ReleasePatch): Promise<Bytes | null> {
    const older = await store.read((trx) => wholeRelease(trx, place, since));
    return older && tighten(older, place.number, patch);
  }
}
