/** Storage over IndexedDB: the port of the sync core on the rows of client/store. */
import { confirmedRow, openConfirmed, sealTold } from '../store/confirmed.ts';
import { readChoice, readContact, readDevice } from '../store/device.ts';
import type { Store } from '../store/open-database.ts';
import { isTrouble, isWaiting } from '../store/outbox.ts';
import { readStanding } from '../store/outbox-heads.ts';
import { readSlot } from '../store/releases.ts';
import {
  columnsOf,
  commitRows,
  leadStore,
  markSentRows,
  readCommands,
  readKeeps,
  readPosition,
  readSendable,
  readTouched,
  tidyRows,
} from '../store/sync-rows.ts';
import { read } from '../store/write.ts';
import type { Storage } from './ports.ts';

export function dexieStorage(store: Store): Storage {
  const deviceId = async (): Promise<string> => (await readDevice(store))?.device ?? '';
  return {
    device: async () => (await readDevice(store))?.device ?? null,
    position: () => readPosition(store),
    async summary() {
      const heads = await read(store, () => readStanding(store));
      const waiting = heads.filter(isWaiting);
      return {
        waiting: waiting.length,
        applications: new Set(waiting.map((head) => head.applicationId)).size,
        bytes: waiting.reduce((sum, row) => sum + row.bytes, 0),
        troubles: heads.filter(isTrouble).length,
        contact: await readContact(store),
        release: (await readSlot(store, 'active'))?.address ?? null,
        choice: (await readChoice(store)).mark,
      };
    },
    sendable: (asking) => readSendable(store, asking),
    commands: (ids) => readCommands(store, ids),
    keeps: async () => readKeeps(store, await deviceId()),
    markSent: (ids, token) => markSentRows(store, ids, token),
    async local(ids) {
      const device = await deviceId();
      const { position, applications, outbox } = await readTouched(store, ids, device);
      const opened = await Promise.all(
        applications.map(async (row) => [row.id, await openConfirmed(row)] as const),
      );
      return {
        device,
        position,
        applications: new Map(opened.flatMap(([id, row]) => (row ? [[id, row] as const] : []))),
        damaged: new Set(opened.flatMap(([id, row]) => (row ? [] : [id]))),
        outbox: outbox.map(columnsOf),
      };
    },
    async commit(change, guard) {
      const { position, dropBefore, contact, choice, station } = change;
      const outbox = await Promise.all(
        change.outbox.map(async ({ told, ...columns }) => ({
          ...columns,
          told: await sealTold(columns, told),
        })),
      );
      const applications = await Promise.all(change.put.map(confirmedRow));
      return commitRows(
        store,
        { position, applications, dropBefore, outbox, contact, choice, station },
        guard,
      );
    },
    lead: (token) => leadStore(store, token),
    tidy: (now, token) => tidyRows(store, now, token),
  };
}
