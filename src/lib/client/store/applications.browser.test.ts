import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { item, NOW } from '../../../../tests/support/builders.ts';
import { appId, commandId, press } from '../../../../tests/support/device-fixture.ts';
import { dropStore, enrolledStore } from '../../../../tests/support/device-store.ts';
import { AGENT, ITEM_HASH, SmallOffice } from '../../../../tests/support/small-office.ts';
import {
  applicationsWatch,
  listApplications,
  readApplication,
  type ApplicationView,
} from './applications.ts';
import { confirmedRow } from './confirmed.ts';
import { listDrafts, purgeDrafts, removeDraft, restoreDraft, saveDraft } from './drafts.ts';
import { enqueue } from './ledger.ts';
import type { Store } from './open-database.ts';
import { readOutboxItem, setAside } from './outbox.ts';
import type { ApplicationRow } from './rows.ts';
import { watch } from './watch.ts';

let store: Store;
let office: SmallOffice;
beforeEach(async () => {
  store = await enrolledStore();
  office = new SmallOffice();
  await store.db.items.put({ hash: ITEM_HASH, code: '410511005000', item: item() });
});
afterEach(() => dropStore(store));

/** Puts an application of the office into the confirmed rows, as a pull does. */
async function confirm(n: number): Promise<void> {
  await store.db.applications.put(await confirmed(n));
}

async function confirmed(n: number): Promise<ApplicationRow> {
  office.act(appId(n), { kind: 'receive', body: press(n, appId(n), 'receive').body as never }, AGENT);
  const state = office.state(appId(n))!;
  return confirmedRow({ applicationId: appId(n), rev: 1, seq: n, epoch: 1, state });
}

describe('applications as people see them', () => {
  test('I6: a command shows at once, and stays until its event is pulled', async () => {
    await enqueue(store, press(1, appId(1), 'receive'));
    expect(await readApplication(store, appId(1))).toMatchObject({
      state: { state: 'pending' },
      confirmedRev: 0,
      pending: [{ id: commandId(1), kind: 'receive', status: 'queued', doubt: null }],
    });
    await store.db.outbox.update(commandId(1), { status: 'acked' });
    expect((await readApplication(store, appId(1)))?.state?.state).toBe('pending');
    await store.db.outbox.update(commandId(1), { pulled: 1 });
    expect(await readApplication(store, appId(1))).toBe(null);
  });

  test('I6: whatever moment an answer is written at, what was pressed is never gone from the view', async () => {
    await confirm(1);
    await enqueue(store, press(1, appId(1), 'withdraw'));
    const { db } = store;
    const before = (await db.applications.get(appId(1)))!;
    office.act(appId(1), { kind: 'withdraw', body: press(1, appId(1), 'withdraw').body as never }, AGENT);
    const state = office.state(appId(1))!;
    const after = await confirmedRow({ applicationId: appId(1), rev: 2, seq: 2, epoch: 1, state });
    let flips = 0;
    const flip = (row: typeof before, pulled: 0 | 1) =>
      db.transaction('rw', [db.applications, db.outbox], async () => {
        await db.outbox.update(commandId(1), { pulled });
        await db.applications.put(row);
        flips += 1;
      });
    const seen: unknown[] = [];
    const reading = (async () => {
      while (flips < 200) seen.push((await readApplication(store, appId(1)))?.state?.state);
    })();
    while (flips < 200) await (flips % 2 === 0 ? flip(after, 1) : flip(before, 0));
    await reading;
    expect(seen.length).toBeGreaterThan(20);
    expect(new Set(seen)).toEqual(new Set(['withdrawn']));
  });

  test('a refused command leaves the state and is in trouble until somebody deals with it', async () => {
    await confirm(1);
    await enqueue(store, press(1, appId(1), 'withdraw'));
    const refused = { is: 'refused', code: 'state', reason: 'closed' } as const;
    await store.db.outbox.update(commandId(1), { status: 'refused', outcome: refused });
    const view = (await readApplication(store, appId(1)))!;
    expect(view.state?.state).toBe('pending');
    expect(view.troubles.map((trouble) => trouble.outcome)).toEqual([refused]);
    expect(await setAside(store, commandId(1))).toEqual({ ok: true, value: 'aside' });
    expect((await readApplication(store, appId(1)))!.troubles).toEqual([]);
    expect(await readOutboxItem(store, commandId(1))).not.toBe(null);
  });

  test('only a refused command can be given up', async () => {
    await enqueue(store, press(1, appId(1), 'receive'));
    expect(await setAside(store, commandId(1))).toEqual({ ok: true, value: 'notRefused' });
  });

  test('what the rules refuse by now is doubtful, not dropped', async () => {
    await confirm(1);
    await enqueue(store, press(1, appId(1), 'withdraw'));
    await enqueue(store, press(2, appId(1), 'withdraw'));
    const view = (await readApplication(store, appId(1)))!;
    expect(view.state?.state).toBe('withdrawn');
    expect(view.pending.map(({ doubt }) => doubt?.reason ?? null)).toEqual([null, 'closed']);
  });

  test('a row that cannot be read is shown as such and hides no other', async () => {
    await confirm(1);
    await confirm(2);
    await store.db.applications.update(appId(1), { box: new Uint8Array([7]) });
    const views = await listApplications(store);
    expect(views.map(({ id, damage }) => [id, damage]).sort()).toEqual([
      [appId(1), 'codec'],
      [appId(2), null],
    ]);
  });

  test('a page that watches sees what another connection writes', async () => {
    const seen: ApplicationView[][] = [];
    let arrived: (() => void) | undefined;
    const next = (): Promise<void> => new Promise((resolve) => (arrived = resolve));
    const first = next();
    const stop = watch(
      applicationsWatch(store),
      (views) => {
        seen.push(views);
        arrived?.();
      },
      (error) => {
        throw error;
      },
    );
    await first;
    const second = next();
    await enqueue(store, press(1, appId(1), 'receive'));
    await second;
    stop();
    expect(seen[0]).toEqual([]);
    expect(seen.at(-1)!.map(({ id }) => id)).toEqual([appId(1)]);
  });

  test('fault: BroadcastChannel silent → a page that watches reads again within a minute', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const speak = vi.spyOn(BroadcastChannel.prototype, 'postMessage').mockImplementation(() => undefined);
    const seen: ApplicationView[][] = [];
    const stop = watch(
      applicationsWatch(store),
      (views) => void seen.push(views),
      (error) => {
        throw error;
      },
    );
    try {
      await expect.poll(() => seen.length).toBe(1);
      // as another tab's worker writes: IndexedDB itself tells nobody
      const row = await confirmed(1);
      const other = indexedDB.open(store.db.name);
      await new Promise((resolve) => (other.onsuccess = resolve));
      const writing = other.result.transaction('applications', 'readwrite');
      writing.objectStore('applications').put(row);
      await new Promise((resolve) => (writing.oncomplete = resolve));
      other.result.close();
      vi.advanceTimersByTime(60_000);
      await expect.poll(() => seen.at(-1)!.map(({ id }) => id)).toEqual([appId(1)]);
    } finally {
      stop();
      speak.mockRestore();
      vi.useRealTimers();
    }
  });
});

describe('drafts', () => {
  const head = (n: number) => ({
    id: appId(n),
    itemCode: '1',
    itemHash: ITEM_HASH,
    owner: AGENT.id,
    updatedAt: NOW,
    shape: 1,
  });
  const daysLater = (days: number): string => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();

  test('saved, removed into the bin, restored; gone after thirty days', async () => {
    await saveDraft(store, head(1), { answers: { a: 1 } });
    expect(await listDrafts(store)).toMatchObject([
      { id: appId(1), content: { answers: { a: 1 } }, trouble: null },
    ]);
    await removeDraft(store, appId(1), NOW);
    expect(await listDrafts(store)).toEqual([]);
    expect(await listDrafts(store, true)).toHaveLength(1);
    expect(await purgeDrafts(store, daysLater(29))).toEqual({ ok: true, value: 0 });
    await restoreDraft(store, appId(1));
    expect(await listDrafts(store)).toHaveLength(1);
    await removeDraft(store, appId(1), NOW);
    expect(await purgeDrafts(store, daysLater(31))).toEqual({ ok: true, value: 1 });
    expect(await listDrafts(store, true)).toEqual([]);
  });

  test('one that cannot be read is listed with its trouble', async () => {
    await saveDraft(store, head(1), {});
    await saveDraft(store, head(2), { ok: true });
    await store.db.drafts.update(appId(1), { box: new Uint8Array([0, 1]) });
    const drafts = await listDrafts(store);
    expect(drafts.map(({ id, trouble }) => [id, trouble]).sort()).toEqual([
      [appId(1), 'damaged'],
      [appId(2), null],
    ]);
  });
});
