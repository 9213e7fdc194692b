import { afterEach, beforeEach, expect, test } from 'vitest';
import { item } from '../../../../tests/support/builders.ts';
import { appId, press, uuid } from '../../../../tests/support/device-fixture.ts';
import { dropStore, enrolledStore } from '../../../../tests/support/device-store.ts';
import { AGENT, ITEM_HASH, SmallOffice } from '../../../../tests/support/small-office.ts';
import type { Application } from '#lib/domain/state.ts';
import { applicationsWatch, listApplications, type ApplicationView } from './applications.ts';
import { confirmedRow } from './confirmed.ts';
import { enqueue } from './ledger.ts';
import type { Store } from './open-database.ts';
import { watch } from './watch.ts';

let store: Store;
let received: Application;
beforeEach(async () => {
  store = await enrolledStore();
  await store.db.items.put({ hash: ITEM_HASH, code: '410511005000', item: item() });
  const office = new SmallOffice();
  office.act(appId(1), { kind: 'receive', body: press(1, appId(1), 'receive').body as never }, AGENT);
  received = office.state(appId(1))!;
});
afterEach(() => dropStore(store));

async function fill(count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) => {
    const id = uuid('app', n);
    return confirmedRow({ applicationId: id, rev: 1, seq: n, epoch: 1, state: { ...received, id } });
  });
  await store.db.applications.bulkPut(await Promise.all(rows));
}

/** What a page is told until it is whole, for the first time and after `change`. */
async function told(change: () => Promise<unknown>): Promise<[ApplicationView[], boolean][][]> {
  const parts: [ApplicationView[], boolean][][] = [[]];
  let whole = (): void => undefined;
  const waitWhole = (): Promise<void> => new Promise((resolve) => (whole = resolve));
  const first = waitWhole();
  const stop = watch(
    applicationsWatch(store),
    (views, isWhole) => {
      parts.at(-1)!.push([views, isWhole]);
      if (isWhole) whole();
    },
    (error) => {
      throw error;
    },
  );
  await first;
  parts.push([]);
  const second = waitWhole();
  await change();
  await second;
  stop();
  return parts;
}

test('a long list is told in parts, whole in the end; a change opens nothing anew', async () => {
  await fill(350);
  const [first, second] = await told(() =>
    store.db.applications.update(appId(7), { updatedAt: '2027-01-01T00:00:00.000Z' }),
  );
  expect(first!.map(([views, whole]) => [views.length, whole])).toEqual([
    [100, false],
    [350, true],
  ]);
  expect(second!.map(([views, whole]) => [views.length, whole])).toEqual([[350, true]]);
  const before = new Set(first!.at(-1)![0]);
  expect(second!.at(-1)![0].filter((view) => !before.has(view))).toEqual([]);
});

test('what waits to be sent is in every part, folded on what the office holds', async () => {
  await fill(350);
  await enqueue(store, press(1, appId(340), 'withdraw'));
  const [first] = await told(() => enqueue(store, press(2, appId(341), 'withdraw')));
  expect(
    first!.map(([views]) => views.find(({ id }) => id === appId(340))?.state?.state ?? 'missing'),
  ).toEqual(['withdrawn', 'withdrawn']);
});

test('after a reset a row of the same revision is read anew', async () => {
  await fill(1);
  const [before] = await listApplications(store);
  const other = { ...received, id: appId(0), applicant: { ...received.applicant, name: '李样本' } };
  await store.db.applications.put(
    await confirmedRow({ applicationId: appId(0), rev: 1, seq: 1, epoch: 2, state: other }),
  );
  const [after] = await listApplications(store);
  expect([before?.state?.applicant.name === '李样本', after?.state?.applicant.name]).toEqual([
    false,
    '李样本',
  ]);
});
