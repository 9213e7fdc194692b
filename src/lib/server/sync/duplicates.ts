/**
 * Likely duplicates (疑似重复): one person, one item, within 30 days, in one county. The office looks for them by a keyed
 * hash of the applicant's number, so that no column and no index holds the number itself. Nothing is refused for it.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Day } from '#lib/domain/day.ts';
import type { Applicant } from '#lib/domain/commands.ts';
import { FRUITLESS } from '#lib/domain/facts.ts';
import type { Trx } from '../db/dialect.ts';
import { isIn, listOf, prepared } from '../db/prepared.ts';

const SECRET = 'applicant';

const find = prepared((trx) => trx.selectFrom('secret').select('value').where('name', '=', SECRET));

async function secretOf(trx: Trx): Promise<string> {
  const [found] = await find(trx);
  if (found) return found.value;
  await trx
    .insertInto('secret')
    .values({ name: SECRET, value: randomBytes(32).toString('base64url') })
    .onConflict((on) => on.column('name').doNothing())
    .execute();
  return (await find(trx))[0]!.value;
}

type Numbered = Pick<Applicant, 'idKind' | 'idNumber'>;

/** Names applicants to this office alone, within one transaction. */
export class ApplicantKeys {
  readonly #secret: string;
  readonly #known = new Map<string, string>();

  private constructor(secret: string) {
    this.#secret = secret;
  }

  static async open(trx: Trx): Promise<ApplicantKeys> {
    return new ApplicantKeys(await secretOf(trx));
  }

  /** The number is as it is kept: cleaned. */
  of({ idKind, idNumber }: Numbered): string {
    const text = `${idKind}:${idNumber}`;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const key = createHmac('sha256', this.#secret).update(text).digest('base64url').slice(0, 22);
    this.#known.set(text, key);
    return key;
  }
}

/** An application that came before, as far as it may be a duplicate's other half. */
export interface Earlier {
  id: string;
  item_code: string;
  county: string;
  state: string;
}

const byApplicants = prepared((trx, keys: string, since: string) =>
  trx
    .selectFrom('application')
    .select(['id', 'applicant_key', 'item_code', 'county', 'state'])
    .where(isIn(trx, 'applicant_key', keys))
    .where('arrived_on', '>=', since)
    .where('state', 'not in', FRUITLESS),
);

/** Applications of these people that arrived since a day and were not given up, by the applicant's key. */
export async function lately(trx: Trx, keys: readonly string[], since: Day): Promise<Map<string, Earlier[]>> {
  const found = new Map<string, Earlier[]>();
  if (keys.length === 0) return found;
  const rows = await byApplicants(trx, listOf(new Set(keys)), since);
  for (const { applicant_key: key, ...row } of rows) {
    if (key !== null) found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
}
