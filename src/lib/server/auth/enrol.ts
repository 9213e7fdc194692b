/**
 * Enrolling a device: a one-time code for a site, good for 15 minutes, made at the county and read aloud at the station.
 * The device brings its own public key and gets an id and a three-digit number that its site never uses twice.
 */
import { randomBytes } from 'node:crypto';
import { instantMs, type Instant } from '#lib/domain/day.ts';
import { enrolRequest, type EnrolResponse, type WireSite } from '#lib/protocol/auth.ts';
import { FIRST_HEAD } from '#lib/protocol/chain.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import type { Selectable } from 'kysely';
import { audit } from '../audit.ts';
import { answering, type Call } from '../call.ts';
import { pinnedKeys } from '../catalogue/release-keys.ts';
import type { Trx } from '../db/dialect.ts';
import type { SiteTable } from '../db/schema.ts';
import type { Store } from '../db/store.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { readAs } from '../http/read-json.ts';
import { hashCode, newCode } from './codes.ts';
import { countGuess, secondsToWait } from './guess-limit.ts';
import { isPublicKey } from './p256.ts';

const HIGHEST_NUMBER = 999;

/**
 * Makes a code for a site, as people read it: `ABCD-EFGH`.
 * @throws RangeError when there is no such site, or devices do not belong there
 */
export async function makeEnrolCode(
  store: Store,
  { site, by, now }: { site: string; by: string; now: Instant },
): Promise<{ code: string; expiresAt: Instant }> {
  const code = newCode();
  const expiresAt = new Date(instantMs(now) + LIMITS.enrolCode * 60_000).toISOString();
  await store.write(async (trx) => {
    const place = await trx.selectFrom('site').select('level').where('id', '=', site).executeTakeFirst();
    if (!place || place.level === 'city') throw new RangeError(`no site for devices: ${site}`);
    await trx
      .insertInto('enrol_code')
      .values({ code_hash: hashCode(code), site, created_by: by, created_at: now, expires_at: expiresAt })
      .execute();
    await audit(trx, now, [{ who: by, what: 'codeMade', detail: { site } }]);
  });
  return { code, expiresAt };
}

export const wireSite = (site: Selectable<SiteTable>): WireSite => ({
  id: site.id,
  code: site.code,
  name: site.name,
  fullName: site.full_name,
  level: site.level === 'community' ? 'village' : site.level === 'city' ? 'county' : site.level,
  path: site.path,
});

/** Telephone numbers for papers: the site's own, or those of the nearest unit above that has some. */
export async function contactOf(trx: Trx, site: Selectable<SiteTable>): Promise<EnrolResponse['contact']> {
  const ids = site.path.split('/').filter((id) => id !== '');
  const units = await trx.selectFrom('site').selectAll().where('id', 'in', ids).execute();
  const upward = ids.reverse().flatMap((id) => units.filter((unit) => unit.id === id));
  const organ = upward.find((unit) => unit.level !== 'village' && unit.level !== 'community') ?? site;
  return {
    organ: organ.full_name,
    phone: upward.find((unit) => unit.phone !== null)?.phone ?? '',
    supervision: upward.find((unit) => unit.supervision_phone !== null)?.supervision_phone ?? '',
  };
}

export async function nextNumber(trx: Trx, site: string): Promise<string> {
  const { last } = await trx
    .insertInto('device_number')
    .values({ site, last: 1 })
    .onConflict((on) => on.column('site').doUpdateSet({ last: (row) => row('device_number.last', '+', 1) }))
    .returning('last')
    .executeTakeFirstOrThrow();
  if (last > HIGHEST_NUMBER) throw new Error(`site ${site} has used up its device numbers`);
  return String(last).padStart(3, '0');
}

export const handleEnrol = answering('enrol', async ({ office, request, ip }: Call) => {
  const read = await readAs(request, enrolRequest);
  if (!read.ok) return errorAnswer(read.error);
  const { code, publicKey, name } = read.value;
  const now = office.clock.now();
  if (!isPublicKey(publicKey)) return errorAnswer('malformed');

  const id = `d-${randomBytes(10).toString('hex')}`;
  const trying = { what: 'enrolCode', ip, now } as const;
  const enrolled = await office.store.write(async (trx): Promise<EnrolResponse | number> => {
    const wait = await secondsToWait(trx, trying);
    if (wait > 0) return wait;
    const used = await trx
      .updateTable('enrol_code')
      .set({ used_at: now, device: id })
      .where('code_hash', '=', hashCode(code))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning('site')
      .executeTakeFirst();
    if (!used) {
      await countGuess(trx, trying);
      await audit(trx, now, [{ who: 'office', what: 'enrolRefused', detail: {} }]);
      return 0;
    }
    const site = await trx
      .selectFrom('site')
      .selectAll()
      .where('id', '=', used.site)
      .executeTakeFirstOrThrow();
    const number = await nextNumber(trx, site.id);
    await trx
      .insertInto('device')
      .values({
        id,
        site: site.id,
        number,
        public_key: publicKey,
        name,
        chain_head: FIRST_HEAD,
        enrolled_at: now,
      })
      .execute();
    await audit(trx, now, [{ who: id, what: 'enrolled', detail: { site: site.id, number } }]);
    return {
      device: id,
      number,
      site: wireSite(site),
      releaseKeys: site.county === null ? [] : await pinnedKeys(trx, site.county),
      contact: await contactOf(trx, site),
    };
  });
  if (enrolled === 0) return errorAnswer('badCode');
  if (typeof enrolled === 'number') return errorAnswer('tooMany', enrolled);
  return jsonAnswer(enrolled, request);
});
