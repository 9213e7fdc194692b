/** How devices come to a release (server/catalogue/ways.ts). */

/** A way to the newest release of a county and level that is shorter than its parts one by one. */
export interface ReleaseWayTable {
  county: string;
  level: string;
  number: number;
  /** Number of the release it starts from; 0 starts from nothing. */
  since: number;
  /** From nothing: the pack, as served (catalogue/pack.ts); else JSON of the patch (catalogue/rebuild.ts). */
  data: Uint8Array;
}
