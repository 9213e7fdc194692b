/** What a county keeps of its stations beside their rows (migration 0008). */

/** Items of its release that a site does not offer (本站不办的事项). No row: it offers all of them. */
export interface SiteChoiceTable {
  site: string;
  /** string[]: codes of items. */
  left_out: string;
  /** Names this choice to devices: a hash over the codes (domain/site-choice.ts). */
  mark: string;
  changed_at: string;
  /** Id of a member of staff. */
  changed_by: string;
}

/** One-time codes with which a person sets a passphrase of their own. Purged when expired. */
export interface PassphraseCodeTable {
  code_hash: string;
  staff: string;
  created_by: string;
  expires_at: string;
  used_at: string | null;
}

/** What a device last told of itself (protocol/report.ts); null: it has told nothing yet. */
export interface DeviceReportColumns {
  reported_at: string | null;
  /** Commands that stayed on the device. */
  waiting: number | null;
  /** When the oldest of them was made, by the office's clock. */
  waiting_since: string | null;
  waiting_photos: number | null;
  /** Megabytes that the browser lets it use yet; null where it does not say. */
  room_mb: number | null;
}

export interface SiteKeepingColumns {
  /** Opening hours, words. */
  hours: string | null;
  /** The site that this one was merged into; its path lies below that one's. */
  merged_into: string | null;
  /**
   * What its devices are sent: its path, and the ids of sites merged into it, each after a plus; null: its path alone. A
   * device to which another reach was sent is sent everything anew.
   */
  reach: string | null;
}
