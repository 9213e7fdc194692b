/**
 * Whether the work of a rush hour was done: each application is there once, pending, with its receipt and its event, and
 * the feeds have no gap. A benchmark that measured less work than it says would be found out here.
 */
import assert from 'node:assert/strict';
import type { Trx } from '#lib/server/db/dialect.ts';
import type { Store } from '#lib/server/db/store.ts';
import type { Rush } from './rush-city.ts';

const counted = async (query: { execute(): Promise<{ value: string }[]> }): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  for (const { value } of await query.execute()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/** @throws AssertionError saying what is missing, twice or different. */
export async function proveDone(store: Store, rush: Rush): Promise<void> {
  const sent = [...rush.warmUp, ...rush.requests].flatMap((one) => one.applications);
  const total = rush.before + sent.length;
  await store.read(async (trx) => {
    const pending = await counted(
      trx.selectFrom('application').select('id as value').where('state', '=', 'pending').where('rev', '=', 1),
    );
    const applied = await counted(
      trx.selectFrom('command').select('application as value').where('status', '=', 'applied'),
    );
    const logged = await counted(trx.selectFrom('event').select('application as value').where('rev', '=', 1));
    for (const [what, ids] of Object.entries({ pending, applied, logged })) {
      assert.equal(ids.size, total, `${what}: as many as were sent`);
      assert.ok(
        sent.every((id) => ids.get(id) === 1),
        `${what}: each once`,
      );
    }
    await proveFeeds(trx, total);
  });
}

async function proveFeeds(trx: Trx, total: number): Promise<void> {
  const feeds = await trx.selectFrom('feed').selectAll().execute();
  const events = await trx
    .selectFrom('event')
    .select(['feed', 'seq', 'mark'])
    .orderBy('feed')
    .orderBy('seq')
    .execute();
  assert.equal(events.length, total, 'an event each');
  const last = new Map<string, { seq: number; mark: string }>();
  for (const { feed, seq, mark } of events) {
    assert.equal(seq, (last.get(feed)?.seq ?? 0) + 1, `feed ${feed} has no gap`);
    last.set(feed, { seq, mark });
  }
  for (const { code, seq, mark } of feeds)
    assert.deepEqual({ seq, mark }, last.get(code) ?? { seq: 0, mark }, code);
}
