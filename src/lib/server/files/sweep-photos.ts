/**
 * The photos' part of the minute sweep: what a crash left undone is done, and uploads that nobody goes on with are
 * forgotten, bytes and all.
 */
import { instantMs } from '#lib/domain/day.ts';
import { PHOTO_LIMITS } from '#lib/protocol/photo.ts';
import { errorFacts } from '../log.ts';
import type { Office } from '../office.ts';
import { confirmAll } from './confirm-photos.ts';
import { nameOf } from './office-files.ts';
import type { PhotoRow } from './photo-rows.ts';
import { settle } from './settle.ts';

/** Uploads that are looked at in one sweep. */
const AT_ONCE = 100;

export async function sweepPhotos(office: Office): Promise<void> {
  await expire(office);
  await settleLeftovers(office);
  await confirmAll(office);
  await office.files.tidy();
}

async function expire({ store, clock, files }: Office): Promise<void> {
  const before = new Date(instantMs(clock.now()) - PHOTO_LIMITS.days * 86_400_000).toISOString();
  const old = await store.read((trx) =>
    trx
      .selectFrom('photo')
      .select(['site', 'sha256', 'touched_at'])
      .where('status', 'in', ['uploading', 'rejected'])
      .where('touched_at', '<', before)
      .limit(AT_ONCE)
      .execute(),
  );
  for (const { site, sha256, touched_at } of old) {
    // the file first: a row without it is asked for again, a file without its row would lie there for ever
    await files.partials.remove(nameOf({ site, sha256 }));
    await store.write((trx) =>
      trx
        .deleteFrom('photo')
        .where('site', '=', site)
        .where('sha256', '=', sha256)
        .where('status', 'in', ['uploading', 'rejected'])
        .where('touched_at', '=', touched_at)
        .execute(),
    );
  }
}

/** Complete, and the office was killed before it had looked at it. */
async function settleLeftovers(office: Office): Promise<void> {
  const complete = await office.store.read((trx) =>
    trx
      .selectFrom('photo')
      .selectAll()
      .where('status', '=', 'uploading')
      .whereRef('received', '=', 'size')
      .orderBy('touched_at', 'desc')
      .limit(AT_ONCE)
      .execute(),
  );
  for (const row of complete) await settle(office, row).catch((error: unknown) => told(office, row, error));
}

function told({ log }: Office, { site, sha256 }: PhotoRow, error: unknown): void {
  log.error({ what: 'photo', site, sha256, ...errorFacts(error) }, 'a photo could not be checked');
}
