/** Releases, how devices come to them (server/catalogue/ways.ts), and whom they reach (current-release.ts). */
import type { Generated } from 'kysely';

export interface ReleaseTable {
  county: string;
  level: string;
  number: number;
  /** Manifest as signed and served, raw bytes. */
  manifest: Uint8Array;
  /** base64url of r‖s over those bytes. */
  signature: string;
  /** Id of the release_key. */
  key: string;
  published_at: string;
  published_by: string;
  /** The release_plan it belongs to; null reaches everybody at once: first releases, training. */
  plan: Generated<string | null>;
}

/** A part of a release by its hash; one that did not change is stored once. */
export interface ReleasePartTable {
  /** SHA-256 of the raw bytes. */
  sha256: string;
  /** Raw bytes. */
  size: number;
  /** Packed with brotli, as served. */
  packed: Uint8Array;
}

/** A way to a release that may be offered and is shorter than its parts one by one. */
export interface ReleaseWayTable {
  county: string;
  level: string;
  number: number;
  /** Number of the release it starts from; 0 starts from nothing. */
  since: number;
  /** From nothing: the pack, as served (catalogue/pack.ts); else JSON of the patch (catalogue/rebuild.ts). */
  data: Uint8Array;
}

/** A publication of a county (发布) over its levels: drawn up by one, released by another, ring by ring. */
export interface ReleasePlanTable {
  /** UUIDv7. */
  id: string;
  county: string;
  /** How far it has come (catalogue/rollout.ts Stage). */
  stage: 'drawn' | 'withdrawn' | 'pilot' | 'township' | 'all';
  /** Number of its releases, the same at every level; null before it is released. */
  number: number | null;
  /** The plan that it takes back (退回), and that plan's number; null for an edit. */
  undoes: string | null;
  undone_number: number | null;
  /** The released plan that took this one back: it is offered to nobody who has not got it. */
  undone_by: string | null;
  /** JSON: number by level of what was in force when it was drawn up, which it is compared with. */
  base: string;
  /** What is released (server/catalogue/plan-contents.ts), as it was when it was drawn up. */
  contents: Uint8Array;
  /** The difference in a sentence. */
  summary: string;
  note: string;
  /** Why it is released though sites fall below the minimum; null where none does. */
  shortfall: string | null;
  made_by: string;
  made_at: string;
  released_by: string | null;
  released_at: string | null;
  /** Site id of the township of the second ring. */
  township: string | null;
  /** Since when it is held (暂停); null while it goes on. */
  held_at: string | null;
}

/** Whom a plan's releases reach: a `site` alone, or everything `under` a township or a county. */
export interface ReleaseReachTable {
  plan: string;
  kind: 'site' | 'under';
  /** Site id. */
  scope: string;
}

/** What happened to a plan (经过), in order. */
export interface ReleaseStepTable {
  plan: string;
  n: number;
  at: string;
  /** Staff id. */
  who: string;
  /** catalogue/rollout.ts StepName. */
  what: string;
  /** In words: why, or whereto; empty where there is nothing to say. */
  note: string;
}

/** The pilot sites (试点站) of a county, remembered from one release to the next. */
export interface ReleasePilotTable {
  county: string;
  site: string;
}
