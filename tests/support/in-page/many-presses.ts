/**
 * Runs inside a page of the built application (in-page.ts), on its own database, with the keys of whoever signed in there:
 * presses 提交 many times, as a desk does in a month without a network.
 */
import { v7 } from 'uuid';
import { toBase64url } from '#lib/catalogue/hash.ts';
import { chineseDay } from '#lib/domain/day.ts';
import { receiveBodyOf } from '#lib/domain/draft.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { listStaff, readDevice } from '#lib/client/store/device.ts';
import { enqueue } from '#lib/client/store/ledger.ts';
import { openStore } from '#lib/client/store/open-database.ts';
import { readCurrentItem } from '#lib/client/store/releases.ts';
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

/** Returns how long all of them took, in milliseconds. */
export async function pressMany({ count, code, since, stepMs = 60_000, from = 1 }: Presses): Promise<number> {
  const store = await openStore();
  const device = await readDevice(store);
  const [staff] = await listStaff(store);
  const current = await readCurrentItem(store, code);
  if (!device || !staff || !current) throw new Error('nobody is signed in here, or the item is not offered');
  const { item, hash } = current;
  const began = performance.now();
  for (let n = from; n < from + count; n++) {
    const at = new Date(Date.parse(since) + (n - from) * stepMs).toISOString();
    const [id, today] = [v7(), chineseDay(at)];
    const { draft } = sampleDraft({ id, item, ref: { code, hash }, seed: n, now: at, today });
    const body = receiveBodyOf(draft, item, {
      receiptNumber: buildReceiptNumber({
        site: device.site.code,
        day: today,
        device: device.number,
        serial: n,
      }),
      queryToken: toBase64url(crypto.getRandomValues(new Uint8Array(16))),
      site: device.site.id,
      receivedOn: today,
      signature: draft.signature!,
    });
    const kept = await enqueue(store, {
      kind: 'receive',
      body,
      id: v7(),
      actor: staff.id,
      applicationId: id,
      baseRev: 0,
      item: { code, hash },
      at,
    });
    if (!kept.ok) throw new Error(`not kept: ${kept.why}`);
  }
  store.close();
  return performance.now() - began;
}
