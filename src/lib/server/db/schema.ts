/**
 * The office's tables, as Kysely sees them. Portable subset of SQLite and PostgreSQL: instants as ISO text in UTC, days
 * as `YYYY-MM-DD`, JSON as text, flags as closed words, counters by UPDATE … RETURNING. Columns hold JSON where the
 * comment names a type: parse it, never match inside it.
 *
 * Who owns what: `command`, `application`, `event`, `feed`, `case_serial` change only in server/sync; `device`,
 * `staff`, `session`, `enrol_code`… only in server/auth; `item_*`, `release*`, `calendar` only in server/catalogue;
 * `photo`, `photo_use` (schema-photos.ts) only in server/files; `list_*` (schema-list.ts) only in server/county.
 */
import type { Generated } from 'kysely';
import type { SiteLevel } from '#lib/domain/site.ts';
import type { ListImportTable, ListItemTable, ListMappingTable, ListRuleTable } from './schema-list.ts';
import type { PhotoTable, PhotoUseTable } from './schema-photos.ts';
import type {
  ReleasePartTable,
  ReleasePilotTable,
  ReleasePlanTable,
  ReleaseReachTable,
  ReleaseStepTable,
  ReleaseTable,
  ReleaseWayTable,
} from './schema-releases.ts';
import type {
  DeviceReportColumns,
  PassphraseCodeTable,
  SiteChoiceTable,
  SiteKeepingColumns,
} from './schema-stations.ts';

/** One row: a random id that restoring a backup sets anew, so that devices send again what they keep. */
export interface LineageTable {
  id: string;
}

/** A county is a tenant. `id` is the id of its site row. */
export interface CountyTable {
  id: string;
  /** 12-digit statistical code. */
  code: string;
  name: string;
  /** CountyPolicy (catalogue/policy.ts). */
  policy: string;
}

/** A site (站点) or a unit above it. Its id is permanent; code, name and path are attributes (architecture.md, Scale). */
export interface SiteTable extends SiteKeepingColumns {
  id: string;
  code: string;
  name: string;
  full_name: string;
  level: SiteLevel;
  status: Generated<'open' | 'paused' | 'closed'>;
  /** null for the city. */
  county: string | null;
  /** Township or subdistrict whose feed carries its events: its own id at a township; null above. */
  township: string | null;
  /** Managing path: ids from the city down, each followed by a slash. Scope is a prefix test on it. */
  path: string;
  parent: string | null;
  address: string | null;
  /** Counter and supervision telephones, for papers; a village uses its township's. */
  phone: string | null;
  supervision_phone: string | null;
}

export interface StaffTable {
  id: string;
  site: string;
  /** What this person may see: applications whose path begins with it. */
  path: string;
  county: string | null;
  name: string;
  /** Role[]. */
  roles: string;
  department: string | null;
  /** Name to sign in to the county's pages with; null for people who only use devices. */
  login: string | null;
  /** Kdf (protocol/auth.ts), salt included; null until a passphrase is set. */
  kdf: string | null;
  /** Argon2id of the proof; null until a passphrase is set. */
  proof_hash: string | null;
  status: Generated<'active' | 'disabled'>;
  /** Wrong passphrases in a row, and when the next try is taken. */
  failures: Generated<number>;
  retry_at: string | null;
  created_at: string;
}

/** Keys that vouch for a person's commands on a device. Old ones stay: signed work may still be on its way. */
export interface StaffKeyTable {
  device: string;
  staff: string;
  public_key: string;
  registered_at: string;
}

export interface EnrolCodeTable {
  code_hash: string;
  site: string;
  created_by: string;
  created_at: string;
  expires_at: string;
  used_at: string | null;
  device: string | null;
}

export interface DeviceTable extends DeviceReportColumns {
  id: string;
  site: string;
  /** Three digits, in every receipt number. */
  number: string;
  public_key: string;
  name: string;
  status: Generated<'active' | 'revoked'>;
  /** Last `n` and head of the device's chain of commands; null head: unknown after a hole, until a signed head is taken. */
  chain_n: Generated<number>;
  chain_head: string | null;
  last_contact: string | null;
  /** Last contact that brought no command: what was made before it had been sent (server/sync/contact.ts). */
  drained_at: string | null;
  /** Release it reported then, as `county/level/number`. */
  release: string | null;
  /** Managing path of its site when it last called: when it has changed, everything is sent anew. */
  scope: string | null;
  enrolled_at: string;
}

/** Highest device number given at a site: numbers are never used twice. */
export interface DeviceNumberTable {
  site: string;
  last: number;
}

export interface SessionTable {
  /** SHA-256 of the cookie's token. */
  token_hash: string;
  device: string;
  access: 'full' | 'pushOnly';
  expires_at: string;
}

/** Sessions of people at the county's pages, which are no devices. */
export interface AdminSessionTable {
  token_hash: string;
  staff: string;
  /** When it is over unless somebody asks for a page before. */
  expires_at: string;
  /** When it is over in any case. */
  ends_at: string;
}

/** Random keys of this office by name, such as the one that seals challenges. */
export interface SecretTable {
  name: string;
  value: string;
}

/** Challenges that were answered: each is good once. Purged when expired. */
export interface UsedChallengeTable {
  challenge_hash: string;
  expires_at: string;
}

/** A wrong enrolment code or passphrase, or one that is being looked at. Purged after a quarter of an hour. */
export interface GuessTable {
  id: string;
  what: 'enrolCode' | 'adminPassphrase' | 'passphraseCode';
  /** Hash of the caller's address. */
  address: string;
  at: string;
}

/** Every command with its outcome: the receipt that makes a delivery idempotent. Never deleted but with an emptied training, never rewritten but for a replay. */
export interface CommandTable {
  id: string;
  /** SHA-256 of the canonical bytes: tells a twin from a reused id. */
  body_hash: string;
  /** null: the office's own. */
  device: string | null;
  /** Place in the device's chain; null for the office's own and for a command that came for a place already taken. */
  n: number | null;
  actor: string;
  application: string;
  kind: string;
  /** The whole canonical command as it came over the wire. */
  body: string;
  /** Outcome (protocol/sync.ts). */
  outcome: string;
  status: 'applied' | 'refused' | 'quarantined' | 'parked';
  received_at: string;
  /** Head of the device's chain after it; null where unknown. */
  head: string | null;
}

export interface ApplicationTable {
  id: string;
  site: string;
  /** Township whose feed carries its events. */
  feed: string;
  county: string;
  /** Managing path of its site. */
  path: string;
  item_code: string;
  item_hash: string;
  /** Keyed hash of the applicant's number (sync/duplicates.ts). */
  applicant_key: string | null;
  arrived_on: string | null;
  state: string;
  rev: number;
  /** Feed number of its last event. */
  seq: number;
  receipt_number: string;
  /** Given by the office where the receipt number clashed with an earlier one; nothing is refused for it. */
  receipt_alias: string | null;
  case_number: string | null;
  query_token: string;
  /** Application (domain/state.ts): the fold of its events. */
  state_json: string;
  /** Day after which the office's clock has something to look at. */
  next_due: string | null;
  updated_at: string;
  closed_on: string | null;
  /** How many of its clocks have run out (state_json.overdue). */
  late: Generated<number>;
}

export interface EventTable {
  feed: string;
  seq: number;
  application: string;
  /** Site of the application: a village is sent its own rows. */
  site: string;
  rev: number;
  command: string;
  /** { id, name }. */
  actor: string;
  now: string;
  /** Event (domain/events.ts). */
  data: string;
  /** The feed's running hash after this event, 64 hex digits. */
  mark: string;
}

export interface FeedTable {
  code: string;
  seq: number;
  /** Running hash after event `seq`; 64 zeros before the first. */
  mark: string;
}

export interface CaseSerialTable {
  task_code: string;
  day: string;
  next: number;
}

/** A version of an item, by the hash of its canonical bytes (catalogue/hash.ts itemHash), once however many releases have it. */
export interface ItemVersionTable {
  hash: string;
  code: string;
  /** Item (domain/item.ts). */
  data: string;
}

/** In which releases of a county and level a version is: from `first_release` through `last_release`. */
export interface ItemReleaseTable {
  county: string;
  level: string;
  hash: string;
  code: string;
  first_release: number;
  last_release: number;
}

export interface ReleaseKeyTable {
  id: string;
  /** Whose releases it may sign; devices of other counties do not pin it. */
  county: string;
  /** `active` signs; `spare` is pinned beside it and signs next; `retired` is pinned no more. */
  standing: 'active' | 'spare' | 'retired';
  /** base64url of the uncompressed point (65 bytes), as on the wire. */
  public_key: string;
  /** JsonWebKey; null where the private half is kept elsewhere. */
  private_jwk: string | null;
  created_at: string;
}

/** Working-day calendars in force (domain/calendar.ts Calendar): row 'cn' for all, a county's own under its id. */
export interface CalendarTable {
  id: string;
  data: string;
}

/** What must be provable later, chained by hash; no personal data. */
export interface AuditTable {
  seq: number;
  prev_hash: string;
  hash: string;
  at: string;
  /** Id of a member of staff or a device, or `office`. */
  who: string;
  what: string;
  detail: string;
}

export interface Schema {
  lineage: LineageTable;
  county: CountyTable;
  site: SiteTable;
  staff: StaffTable;
  staff_key: StaffKeyTable;
  enrol_code: EnrolCodeTable;
  device: DeviceTable;
  device_number: DeviceNumberTable;
  session: SessionTable;
  admin_session: AdminSessionTable;
  secret: SecretTable;
  used_challenge: UsedChallengeTable;
  guess: GuessTable;
  command: CommandTable;
  application: ApplicationTable;
  event: EventTable;
  feed: FeedTable;
  case_serial: CaseSerialTable;
  photo: PhotoTable;
  photo_use: PhotoUseTable;
  item_version: ItemVersionTable;
  item_release: ItemReleaseTable;
  release: ReleaseTable;
  release_part: ReleasePartTable;
  release_way: ReleaseWayTable;
  release_plan: ReleasePlanTable;
  release_reach: ReleaseReachTable;
  release_step: ReleaseStepTable;
  release_pilot: ReleasePilotTable;
  release_key: ReleaseKeyTable;
  list_item: ListItemTable;
  list_mapping: ListMappingTable;
  list_rule: ListRuleTable;
  list_import: ListImportTable;
  calendar: CalendarTable;
  site_choice: SiteChoiceTable;
  passphrase_code: PassphraseCodeTable;
  audit: AuditTable;
}
