/** Confirmed applications between their sealed rows and the sync core. Written only by a pull. */
import type { Application } from '#lib/domain/state.ts';
import { open, seal } from '../vault/seal.ts';
import type { Store } from './open-database.ts';
import { applicationPlace } from './opened.ts';
import type { ApplicationRow, Confirmed, OutboxRow, Told } from './rows.ts';
import { toldPlace } from './outbox.ts';
import { read } from './write.ts';

/** Null where the row cannot be read. */
export async function openConfirmed(row: ApplicationRow): Promise<Confirmed | null> {
  const { id, rev, seq, epoch, box } = row;
  const opened = await open<Application>(box, applicationPlace(id, rev));
  return opened.ok ? { applicationId: id, rev, seq, epoch, state: opened.value } : null;
}

export async function confirmedRow(confirmed: Confirmed): Promise<ApplicationRow> {
  const { applicationId: id, rev, seq, epoch, state } = confirmed;
  return {
    id,
    rev,
    seq,
    epoch,
    state: state.state,
    site: state.site,
    itemCode: state.item.code,
    itemHash: state.item.hash,
    updatedAt: state.history.at(-1)?.at ?? '',
    closedOn: state.closedOn,
    box: await seal(state, applicationPlace(id, rev)),
  };
}

/** All of them, for comparing a device with the office (I15). */
export async function allConfirmed(store: Store): Promise<Confirmed[]> {
  const rows = await read(store, () => store.db.applications.toArray());
  const opened = await Promise.all(rows.map(openConfirmed));
  return opened.flatMap((confirmed) => confirmed ?? []);
}

export const sealTold = (row: Pick<OutboxRow, 'id' | 'n'>, told: Told | null) =>
  told ? seal(told, toldPlace(row.id, row.n)) : Promise.resolve(null);
