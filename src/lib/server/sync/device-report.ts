/** Keeps what a device tells of itself (protocol/report.ts): numbers for the county's board. */
import { instantMs } from '#lib/domain/day.ts';
import type { DeviceReport } from '#lib/protocol/report.ts';
import type { Office } from '../office.ts';

export async function noteReport(
  { store, clock }: Office,
  device: string,
  report: DeviceReport | undefined,
): Promise<void> {
  if (report === undefined) return;
  const now = clock.now();
  const { waiting, age, photos, room } = report;
  const since = age === undefined ? null : new Date(Math.max(0, instantMs(now) - age * 60_000)).toISOString();
  await store.write((trx) =>
    trx
      .updateTable('device')
      .set({
        reported_at: now,
        waiting,
        waiting_since: waiting === 0 ? null : since,
        waiting_photos: photos,
        room_mb: room ?? null,
      })
      .where('id', '=', device)
      .execute(),
  );
}
