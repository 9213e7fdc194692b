/** What a judge knows beside the state and the command: everything that `decide` may not fetch for itself. */
import type { Calendar } from './calendar.ts';
import type { Bodies } from './commands.ts';
import type { Day, Instant } from './day.ts';
import type { Event } from './events.ts';
import type { Item, ItemRef } from './item.ts';
import type { Policy } from './policy.ts';
import type { Refusal } from './refusal.ts';
import type { Actor } from './roles.ts';
import type { State } from './state.ts';

/** Days within which a second application of one person for one item is looked at (疑似重复). */
export const DUPLICATE_DAYS = 30;
/** These ended without a result: applying again is no duplicate. */
export const FRUITLESS: readonly State[] = ['withdrawn', 'void', 'lapsed', 'refused'];

export interface Facts {
  /** The judge's clock: the office's, or the device's while not confirmed. */
  now: Instant;
  actor: Actor;
  /** The item version the application was filled against; null when the judge does not know it. */
  item: Item | null;
  itemRef: ItemRef | null;
  /** `superseded`: a newer version is out, but this device had not been offered it, or it has its grace (宽限期). */
  itemStanding: 'current' | 'superseded' | 'expired';
  /** The last day of that grace: what is received later is refused. */
  itemUntil?: Day;
  calendar: Calendar;
  policy: Policy;
  /** Site where the command was made, and its 12-digit code and device number, which the receipt number must carry. */
  site: { id: string; code: string; device: string };
  /** Day of the device's last contact with the office before this one; null on a device and at first contact. */
  lastContact: Day | null;
  /** Open or finished applications of the same person for the same item within DUPLICATE_DAYS; 0 on a device. */
  similar: number;
  /** 办件编号 that the office would give; null on a device. */
  caseNumber: string | null;
  /** What examineReceipt says of this very item and form, where somebody asked it before. */
  examined?: Examined;
}

/** Of a receipt by its item alone: why it is refused, or its parts as they are kept. */
export type Examined = Refusal | Pick<Bodies['receive'], 'applicant' | 'handler' | 'answers'>;

export type Verdict = Event[] | Refusal;

/** Facts once the item version is known. */
export type KnownFacts = Facts & { item: Item };
