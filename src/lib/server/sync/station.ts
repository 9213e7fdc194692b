/** Where a device stands now, as it was told at enrolment. */
import type { Station } from '#lib/protocol/station.ts';
import { contactOf, wireSite } from '../auth/enrol.ts';
import type { Trx } from '../db/dialect.ts';

export async function stationOf(trx: Trx, siteId: string, number: string): Promise<Station> {
  const site = await trx.selectFrom('site').selectAll().where('id', '=', siteId).executeTakeFirstOrThrow();
  return { site: wireSite(site), number, contact: await contactOf(trx, site) };
}
