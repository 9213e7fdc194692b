/** Every site of a city that handles items, and stations in them that are enrolled and in session, written at once. */
import { isTraining, itemLevelOf } from '#lib/domain/site.ts';
import type { Trx } from '#lib/server/db/dialect.ts';
import { inSlices } from '#lib/server/db/in-slices.ts';
import type { RushSite, RushStation } from './rush-station.ts';

export async function sitesOf(trx: Trx): Promise<RushSite[]> {
  const rows = await trx.selectFrom('site').selectAll().orderBy('id').execute();
  return rows.flatMap(({ id, code, county, township, path, level }) => {
    const itemLevel = itemLevelOf(level);
    if (isTraining(id) || itemLevel === null || county === null || township === null) return [];
    return [{ id, code, county, township, path, itemLevel }];
  });
}

export async function enrolAll(trx: Trx, stations: readonly RushStation[]): Promise<void> {
  await inSlices(stations, (slice) =>
    trx
      .insertInto('device')
      .values(slice.map((one) => one.device))
      .execute(),
  );
  await inSlices(stations, (slice) =>
    trx
      .insertInto('staff')
      .values(slice.map((one) => one.staff))
      .execute(),
  );
  await inSlices(stations, (slice) =>
    trx
      .insertInto('staff_key')
      .values(slice.map((one) => one.key))
      .execute(),
  );
  await inSlices(stations, (slice) =>
    trx
      .insertInto('session')
      .values(slice.map((one) => one.session))
      .execute(),
  );
}
