/**
 * Empties a township's training (清空练习): everything that was practised there goes, pictures and all, for the next group.
 * The feed goes on counting, so that devices take it for a feed that was compacted, drop what they hold and go on; were it
 * begun anew, they would take the office for a restored one and hand everything in again. Whatever one of them has not
 * sent yet hangs on what is gone and is shown as trouble, so they should send first.
 * Invariant: no other feed is touched, and a real one never.
 */
import type { Instant } from '#lib/domain/day.ts';
import { isTraining } from '#lib/domain/site.ts';
import { audit } from '../../audit.ts';
import type { Trx } from '../../db/dialect.ts';
import type { Store } from '../../db/store.ts';
import { nameOf, type OfficeFiles } from '../../files/office-files.ts';
import type { PhotoKey } from '../../files/photo-rows.ts';
import { lockFeed } from '../../sync/docket.ts';

export type Emptied =
  { is: 'unknown' } | { is: 'real' } | { is: 'emptied'; name: string; applications: number };

/** What is kept of a photo beside the file itself (files/serve-photo.ts). */
const MADE = ['', '.thumb', '.view'];

/** @param code 12 digits of a training centre or station */
export async function emptyTraining(
  store: Store,
  files: OfficeFiles,
  { code, by, now }: { code: string; by: string; now: Instant },
): Promise<Emptied> {
  const done = await store.write(async (trx) => {
    const site = await trx
      .selectFrom('site')
      .select(['id', 'full_name', 'township'])
      .where('code', '=', code)
      .executeTakeFirst();
    if (!site?.township) return { is: 'unknown' } as const;
    if (!isTraining(site.id) || !isTraining(site.township)) return { is: 'real' } as const;
    const gone = await emptyFeed(trx, site.township);
    await audit(trx, now, [{ who: by, what: 'trainingEmptied', detail: { site: site.township } }]);
    return { is: 'emptied', name: site.full_name, ...gone } as const;
  });
  if (done.is !== 'emptied') return done;
  // the rows first: a picture that nobody knows is found by nobody
  for (const name of done.photos.map(nameOf)) {
    await files.partials.remove(name);
    for (const made of MADE) await files.storage.remove(`${name}${made}`);
  }
  return { is: 'emptied', name: done.name, applications: done.applications };
}

async function emptyFeed(trx: Trx, feed: string): Promise<{ applications: number; photos: PhotoKey[] }> {
  await lockFeed(trx, feed);
  const sites = trx.selectFrom('site').select('id').where('township', '=', feed);
  const applications = trx.selectFrom('application').select('id').where('feed', '=', feed);
  const photos = await trx
    .selectFrom('photo')
    .select(['site', 'sha256'])
    .where('site', 'in', sites)
    .execute();
  await trx.deleteFrom('photo_use').where('application', 'in', applications).execute();
  await trx.deleteFrom('photo').where('site', 'in', sites).execute();
  await trx.deleteFrom('event').where('feed', '=', feed).execute();
  // also what was refused, of which no application is left
  await trx
    .deleteFrom('command')
    .where((row) =>
      row.or([
        row('application', 'in', applications),
        row('device', 'in', (sub) => sub.selectFrom('device').select('id').where('site', 'in', sites)),
      ]),
    )
    .execute();
  // one number without an event: whoever had come to the end finds that the end is elsewhere; it costs each device one
  // more compacted answer when the first event comes
  await trx
    .updateTable('feed')
    .set((row) => ({ seq: row('seq', '+', 1) }))
    .where('code', '=', feed)
    .execute();
  const gone = await trx.deleteFrom('application').where('feed', '=', feed).executeTakeFirst();
  return { applications: Number(gone.numDeletedRows), photos };
}
