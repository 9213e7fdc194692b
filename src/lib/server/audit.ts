/**
 * What must be provable later: sign-ins, enrolments, quarantines, alarms. Lines are chained by hash, so that a changed
 * or missing one shows: hash = SHA-256(previous hash ‖ canonical line). No personal data of applicants.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { Instant } from '#lib/domain/day.ts';
import { lockOffice, type Trx } from './db/dialect.ts';

export interface AuditLine {
  /** Id of a member of staff or a device, or `office`. */
  who: string;
  what:
    | 'enrolled'
    | 'enrolRefused'
    | 'codeMade'
    | 'sessionRefused'
    | 'signedIn'
    | 'signInRefused'
    | 'passphraseSet'
    | 'quarantined'
    | 'idReused'
    | 'outOfScope'
    | 'receiptClash'
    | 'replayed'
    | 'deviceRevoked'
    | 'released'
    | 'listChanged'
    | 'rulesChanged'
    | 'releaseDrawn'
    | 'releaseWithdrawn'
    | 'releaseMoved'
    | 'pilotsChosen'
    | 'setUp'
    | 'trainingEmptied'
    | 'restored'
    | 'ledgerRevealed'
    | 'siteAdded'
    | 'siteEdited'
    | 'sitePaused'
    | 'siteClosed'
    | 'siteReopened'
    | 'siteMerged'
    | 'siteTransferred'
    | 'choiceSet'
    | 'staffAdded'
    | 'staffEdited'
    | 'staffDisabled'
    | 'staffEnabled'
    | 'staffTransferred'
    | 'passphraseCodeMade'
    | 'passphraseCodeRefused'
    | 'deviceRenamed'
    | 'deviceTransferred'
    | 'seeded';
  /** Ids and codes only; of a release below the minimum, the reason that was written. */
  detail: Record<string, string | number>;
}

const FIRST = '0'.repeat(64);

const hashOf = (previous: string, line: AuditLine & { seq: number; at: Instant }): string =>
  createHash('sha256')
    .update(previous + canonicalJson(line))
    .digest('hex');

export async function audit(trx: Trx, at: Instant, lines: readonly AuditLine[]): Promise<void> {
  if (lines.length === 0) return;
  await lockOffice(trx, 'audit');
  const last = await trx
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  let seq = last?.seq ?? 0;
  let previous = last?.hash ?? FIRST;
  for (const line of lines) {
    seq += 1;
    const hash = hashOf(previous, { ...line, seq, at });
    const { who, what, detail } = line;
    await trx
      .insertInto('audit')
      .values({ seq, prev_hash: previous, hash, at, who, what, detail: canonicalJson(detail) })
      .execute();
    previous = hash;
  }
}

/** Number of the first line that does not follow from the ones before it; null when the whole log holds. */
export async function brokenAuditLine(trx: Trx): Promise<number | null> {
  let previous = FIRST;
  let expected = 0;
  for (;;) {
    const rows = await trx
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', expected)
      .orderBy('seq')
      .limit(500)
      .execute();
    for (const row of rows) {
      expected += 1;
      const { seq, at, who, what } = row;
      const line = { seq, at, who, what, detail: JSON.parse(row.detail) } as AuditLine & {
        seq: number;
        at: Instant;
      };
      if (seq !== expected || row.prev_hash !== previous || row.hash !== hashOf(previous, line))
        return expected;
      previous = row.hash;
    }
    if (rows.length === 0) return null;
  }
}
