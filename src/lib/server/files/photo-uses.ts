/**
 * Which applications name which photos: follows from their state and is written with it, so that a photo that arrives
 * finds everybody who waits for it, and an application finds the photos that are there already.
 */
import type { Selectable } from 'kysely';
import type { Application } from '#lib/domain/state.ts';
import type { Photo } from '#lib/domain/materials.ts';
import type { Trx } from '../db/dialect.ts';
import type { PhotoUseTable } from '../db/schema-photos.ts';

type Use = Selectable<PhotoUseTable>;

const usesOf = ({ id, site, materials }: Application): Use[] =>
  Object.values(materials).flatMap(({ code, photos = [], verified = [], addedRev }) =>
    photos.map(({ sha256, size, type }) => {
      const standing = verified.includes(sha256) ? ('verified' as const) : ('waiting' as const);
      return { application: id, material: code, sha256, site, size, type, added_rev: addedRev, standing };
    }),
  );

const isSame = (a: Use, b: Use): boolean =>
  (Object.keys(a) as (keyof Use)[]).every((column) => a[column] === b[column]);

/** The application names a photo and does not know it to be held. */
export const waitsForPhotos = (state: Application): boolean =>
  usesOf(state).some(({ standing }) => standing === 'waiting');

/** Belongs to every write of applications, in its transaction; `fresh` ones were not there before. */
export async function noteUses(
  trx: Trx,
  { fresh, changed }: { fresh: readonly Application[]; changed: readonly Application[] },
): Promise<void> {
  const wanted = [...fresh, ...changed].flatMap(usesOf);
  const kept = await usesKept(
    trx,
    changed.map(({ id }) => id),
  );
  const find = (uses: Use[], { application, material, sha256 }: Use): Use | undefined =>
    uses.find((use) => use.application === application && use.material === material && use.sha256 === sha256);
  for (const use of kept.filter((one) => !find(wanted, one))) {
    await trx
      .deleteFrom('photo_use')
      .where('application', '=', use.application)
      .where('material', '=', use.material)
      .where('sha256', '=', use.sha256)
      .execute();
  }
  for (const use of wanted) {
    const before = find(kept, use);
    if (before && isSame(use, before)) continue;
    await trx
      .insertInto('photo_use')
      .values(use)
      .onConflict((on) => on.columns(['application', 'material', 'sha256']).doUpdateSet(use))
      .execute();
  }
}

async function usesKept(trx: Trx, applications: readonly string[]): Promise<Use[]> {
  if (applications.length === 0) return [];
  return trx.selectFrom('photo_use').selectAll().where('application', 'in', applications).execute();
}

/** Photos that an application names and does not know to be here. */
export function missingPhotos(trx: Trx, application: string): Promise<(Photo & { material: string })[]> {
  return trx
    .selectFrom('photo_use')
    .select(['material', 'sha256', 'size', 'type'])
    .where('application', '=', application)
    .where('standing', '=', 'waiting')
    .orderBy('material')
    .orderBy('sha256')
    .execute();
}
