/**
 * Runs inside a page of the built application (in-page.ts), on its own database, with the keys of whoever signed in there:
 * presses 提交 many times, as a desk does in a month without a network. The first ones one by one, as a desk does; thousands
 * more through the same code in front of a ledger that writes by the hundred, because each press waits for the disk.
 */
import { v7 } from 'uuid';
import { toBase64url } from '#lib/catalogue/hash.ts';
import { chineseDay } from '#lib/domain/day.ts';
import { receiveBodyOf } from '#lib/domain/draft.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { listStaff, readDevice, readMeta, type StaffRecord } from '#lib/client/store/device.ts';
import { enqueueIn, type Chain, type Ledger, type Press } from '#lib/client/store/enqueue.ts';
import { enqueue, rowOf } from '#lib/client/store/ledger.ts';
import { openStore, type Store } from '#lib/client/store/open-database.ts';
import { readCurrentItem } from '#lib/client/store/releases.ts';
import type { OutboxRow } from '#lib/client/store/rows.ts';
import { write } from '#lib/client/store/write.ts';
import { signBytes } from '#lib/client/vault/keys.ts';
import { sampleDraft } from '../sample-draft.ts';

export interface Presses {
  count: number;
  /** Implementation code of the item, which the device's release must offer. */
  code: string;
  /** ISO of the first; the others follow `stepMs` apart, a minute if not said. */
  since: string;
  stepMs?: number;
  /** Number of the first: seeds its contents and its receipt number. */
  from?: number;
}

const ONE_BY_ONE = 200;
const BULK = 500;

interface Bulk {
  ledger: Ledger;
  flush(): Promise<void>;
}

async function bulkLedger(store: Store, device: string, staff: StaffRecord): Promise<Bulk> {
  let chain = (await readMeta<Chain>(store, 'chain'))!;
  let rows: OutboxRow[] = [];
  const flush = async (): Promise<void> => {
    const written = await write(store, ['outbox'], async () => {
      await store.db.outbox.bulkAdd(rows);
      await store.db.meta.put({ key: 'chain', value: chain });
    });
    if (!written.ok) throw new Error(`not kept: ${written.why}`);
    rows = [];
  };
  const ledger: Ledger = {
    find: async () => null,
    chain: async () => chain,
    last: async () => null,
    sign: (_, bytes) => signBytes(staff.keys, bytes),
    async append(entry) {
      rows.push(await rowOf(entry));
      chain = { device, n: entry.n, head: entry.head };
      if (rows.length === BULK) await flush();
      return 'stored';
    },
  };
  return { ledger, flush };
}

/** Returns how long one press took, in milliseconds: the mean of the first two hundred. */
export async function pressMany({ count, code, since, stepMs = 60_000, from = 1 }: Presses): Promise<number> {
  const store = await openStore();
  const device = await readDevice(store);
  const [staff] = await listStaff(store);
  const current = await readCurrentItem(store, code);
  if (!device || !staff || !current) throw new Error('nobody is signed in here, or the item is not offered');
  const { item, hash } = current;
  const began = performance.now();
  let each = 0;
  let bulk: Bulk | null = null;
  for (let n = from; n < from + count; n++) {
    const at = new Date(Date.parse(since) + (n - from) * stepMs).toISOString();
    const [id, today] = [v7(), chineseDay(at)];
    const { draft } = sampleDraft({ id, item, ref: { code, hash }, seed: n, now: at, today });
    const body = receiveBodyOf(draft, item, {
      receiptNumber: buildReceiptNumber({
        site: device.site.code,
        day: today,
        device: device.number,
        serial: ((n - 1) % 9999) + 1,
      }),
      queryToken: toBase64url(crypto.getRandomValues(new Uint8Array(16))),
      site: device.site.id,
      receivedOn: today,
      signature: draft.signature!,
    });
    const press: Press = {
      kind: 'receive',
      body,
      id: v7(),
      actor: staff.id,
      applicationId: id,
      baseRev: 0,
      item: { code, hash },
      at,
    };
    const alone = n < from + ONE_BY_ONE;
    if (!alone) bulk ??= await bulkLedger(store, device.device, staff);
    const kept = await (bulk ? enqueueIn(bulk.ledger, press) : enqueue(store, press));
    if (alone) each = (performance.now() - began) / (n - from + 1);
    if (!kept.ok) throw new Error(`not kept: ${kept.why}`);
  }
  await bulk?.flush();
  store.close();
  return each;
}
