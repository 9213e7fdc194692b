/**
 * What the office judges by: item versions, the working-day calendar, a county's policy. Item versions are immutable, so
 * they are parsed once; calendar and policy are read in every transaction and parsed again only when their text changed.
 */
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Item } from '#lib/domain/item.ts';
import { DEFAULT_POLICY, type Policy } from '#lib/domain/policy.ts';
import type { Trx } from '../db/dialect.ts';
import { prepared } from '../db/prepared.ts';

/** Parsed item versions that are kept: more than the catalogue of a county. */
const KEPT_ITEMS = 2000;
/** Without a calendar no date is guessed: due days stay empty until one is published. */
const NO_CALENDAR: Calendar = { validFrom: '0001-01-01', validThrough: '0001-01-01', off: [], work: [] };

/** The county's own calendar before the one for all. */
const calendarText = prepared((trx, county: string) =>
  trx
    .selectFrom('calendar')
    .select(['id', 'data'])
    .where('id', 'in', ['cn', county])
    .orderBy(({ eb }) => eb('id', '=', 'cn'))
    .limit(1),
);
const policyText = prepared((trx, county: string) =>
  trx.selectFrom('county').select('policy').where('id', '=', county),
);

export interface CountyRules {
  calendar: Calendar;
  policy: Policy;
}

export class Rulebook {
  readonly #items = new Map<string, Item>();
  readonly #beginnings = new Map<string, string>();
  readonly #parsed = new Map<string, { text: string; value: unknown }>();

  /** The version of an item with that hash; null when no release ever had it. */
  async item(trx: Trx, hash: string): Promise<Item | null> {
    const kept = this.#items.get(hash);
    if (kept) return kept;
    const row = await trx
      .selectFrom('item_version')
      .select('data')
      .where('hash', '=', hash)
      .executeTakeFirst();
    if (!row) return null;
    const item = JSON.parse(row.data) as Item;
    this.#items.set(hash, item);
    const [oldest] = this.#items.keys();
    if (this.#items.size > KEPT_ITEMS && oldest !== undefined) this.#items.delete(oldest);
    return item;
  }

  /** The one version whose hash begins so; null when there is none, or more than one. */
  async beginning(trx: Trx, beginning: string): Promise<{ hash: string; item: Item } | null> {
    let hash = this.#beginnings.get(beginning);
    if (hash === undefined) {
      const rows = await trx
        .selectFrom('item_version')
        .select('hash')
        .where('hash', '>=', beginning)
        .where('hash', '<', `${beginning}g`)
        .limit(2)
        .execute();
      const [only] = rows;
      if (rows.length !== 1 || !only) return null;
      hash = only.hash;
      this.#beginnings.set(beginning, hash);
      const [oldest] = this.#beginnings.keys();
      if (this.#beginnings.size > KEPT_ITEMS && oldest !== undefined) this.#beginnings.delete(oldest);
    }
    const item = await this.item(trx, hash);
    return item && { hash, item };
  }

  async rules(trx: Trx, county: string): Promise<CountyRules> {
    const [calendar] = await calendarText(trx, county);
    const [row] = await policyText(trx, county);
    return {
      calendar: calendar ? this.#read<Calendar>(`calendar ${calendar.id}`, calendar.data) : NO_CALENDAR,
      policy: row
        ? { ...DEFAULT_POLICY, ...this.#read<Partial<Policy>>(county, row.policy) }
        : DEFAULT_POLICY,
    };
  }

  #read<T>(key: string, text: string): T {
    const kept = this.#parsed.get(key);
    if (kept?.text === text) return kept.value as T;
    const value = JSON.parse(text) as T;
    this.#parsed.set(key, { text, value });
    return value;
  }
}
