/**
 * A reading thread of the office: it does of a sync whatever needs no write, so that the one thread that judges and writes
 * has time for that alone: session, unpacking, shape, canonical texts, signatures before, and the answer after. It is
 * the same `handleSync`; only what it brings is taken up by the judging thread, over messages. It holds nothing that counts:
 * where it dies, devices ask again.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Item } from '#lib/domain/item.ts';
import type { Outcome } from '#lib/protocol/sync.ts';
import { TransactionLost } from '../db/engine-faults.ts';
import { openReadingStore } from '../db/store.ts';
import { OfficeFiles } from '../files/office-files.ts';
import { errorAnswer } from '../http/answers.ts';
import { isForeign, withSecurityHeaders } from '../http/headers.ts';
import { createLog } from '../log.ts';
import { assembleOffice, type Office } from '../office.ts';
import { handleSync } from '../sync/handle-sync.ts';
import { keysFrom, keysOfDevice } from '../sync/run-signature.ts';
import { toWire, type Read } from './brought-wire.ts';
import type { Asked, FromThread, ThreadStart, ToThread } from './messages.ts';

const { address, files, ahead } = workerData as ThreadStart;
const store = await openReadingStore(address);
const clock = { now: () => new Date(Date.now() + ahead).toISOString() };
const office = assembleOffice(store, clock, createLog(), new OfficeFiles(files));
const waiting = new Map<number, PromiseWithResolvers<Outcome[]>>();

const say = (message: FromThread, moved: ArrayBuffer[] = []): void => parentPort!.postMessage(message, moved);

/** The office for one request: what it brings is taken up elsewhere. */
const officeFor = (id: number): Office => ({
  ...office,
  async takeUp(brought) {
    const { device, request } = brought;
    const read = await store.read(async (trx): Promise<Read> => {
      const keysOf = keysFrom(request.runs.length === 0 ? [] : await keysOfDevice(trx, device.id));
      const items = new Map<string, Item>();
      for (const hash of new Set(request.commands.flatMap(({ item }) => (item ? [item.hash] : [])))) {
        const item = await office.rulebook.item(trx, hash);
        if (item) items.set(hash, item);
      }
      return { keysOf, items };
    });
    const answered = Promise.withResolvers<Outcome[]>();
    waiting.set(id, answered);
    say({ is: 'brought', id, brought: toWire(brought, read) });
    return answered.promise.finally(() => waiting.delete(id));
  },
});

async function answer({ id, url, headers, body }: Asked): Promise<void> {
  // as much of a Request as the doors look at: making a whole one costs more than reading it
  const request = {
    method: 'POST',
    url,
    headers: { get: (name: string) => headers[name] ?? null },
    body: [body],
  } as unknown as Request;
  const where = new URL(url);
  const said = isForeign(request, where)
    ? errorAnswer('foreignOrigin')
    : await handleSync({ office: officeFor(id), request, ip: '' });
  const response = withSecurityHeaders(said, where);
  const bytes = await response.arrayBuffer();
  const all = Object.fromEntries(response.headers);
  say({ is: 'answer', id, status: response.status, headers: all, body: new Uint8Array(bytes) }, [bytes]);
}

parentPort!.on('message', (message: ToThread) => {
  switch (message.is) {
    case 'request':
      void answer(message.asked);
      return;
    case 'outcomes':
      waiting.get(message.id)?.resolve(message.outcomes);
      return;
    case 'notTaken': {
      const { words, away } = message;
      waiting.get(message.id)?.reject(away ? new TransactionLost(words) : new Error(words));
      return;
    }
    case 'close':
      void store.destroy().then(() => parentPort!.close());
  }
});
say({ is: 'ready' });
