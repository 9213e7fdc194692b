/** What a year leaves behind is what real work leaves: by the rulebook, in order, with receipts, and of nobody who exists. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { runningClocks } from '#lib/domain/clocks.ts';
import { chineseDay } from '#lib/domain/day.ts';
import { fold } from '#lib/domain/evolve.ts';
import type { Event, LoggedEvent } from '#lib/domain/events.ts';
import { STATES, type Application } from '#lib/domain/state.ts';
import { eachDatabase } from '../../../../../tests/support/each-database.ts';
import { allApplications, EVENING, lived, yearFiles } from '../../../../../tests/support/lived-year.ts';
import { brokenAuditLine } from '../../audit.ts';
import type { Trx } from '../../db/dialect.ts';
import { clockFacts, nextLook } from '../../sync/clock-ticks.ts';
import { FIRST_MARK } from '../../sync/docket.ts';
import { sweepClocks } from '../../sync/sweeper.ts';
import { DEMO_COUNTY, DEMO_TOWNSHIPS } from '../demo-people.ts';
import { awaitsYear, seedCity } from '../seed-city.ts';
import { foundedBefore } from './days.ts';
import { liveYear, statesIn } from './live-year.ts';

/** A Sunday early in the morning, just after spring festival. */
const HOLIDAY = '2026-02-21T23:30:00.000Z';

/** The feed's marks, worked out anew; the number of the first event that does not follow. */
async function brokenEvent(trx: Trx, feed: string): Promise<number | null> {
  const rows = await trx.selectFrom('event').selectAll().where('feed', '=', feed).orderBy('seq').execute();
  let mark = FIRST_MARK;
  let before = '';
  for (const [at, row] of rows.entries()) {
    const { seq, application, rev, command, now, actor, data } = row;
    const line = [mark, seq, application, rev, command, now, actor, data].join('\n');
    mark = createHash('sha256').update(line).digest('hex');
    if (seq !== at + 1 || mark !== row.mark || now < before) return at + 1;
    before = now;
  }
  const head = await trx.selectFrom('feed').selectAll().where('code', '=', feed).executeTakeFirstOrThrow();
  return head.seq === rows.length && head.mark === mark ? null : rows.length;
}

eachDatabase('the demo year', (database) => {
  test('every application is the fold of its events, every feed is whole, every receipt says applied', async () => {
    const store = await database.open();
    const { office, report, complaints } = await lived(store, {
      now: EVENING,
      applications: 300,
      townships: null,
    });
    expect(report.refused).toEqual([]);
    expect(complaints).toEqual([]);
    const states = await store.read(statesIn);
    console.info(states);
    expect(Object.keys(states).sort()).toEqual([...STATES].sort());

    await store.read(async (trx) => {
      const rows = await trx.selectFrom('application').selectAll().execute();
      expect(rows).toHaveLength(report.applications);
      const events = await trx.selectFrom('event').selectAll().orderBy('feed').orderBy('seq').execute();
      const byApplication = new Map<string, typeof events>();
      for (const row of events)
        byApplication.set(row.application, [...(byApplication.get(row.application) ?? []), row]);
      for (const row of rows) {
        const own = byApplication.get(row.id) ?? [];
        const logged = own.map(({ application, rev, actor, now, data }): LoggedEvent => ({
          applicationId: application,
          rev,
          actor: JSON.parse(actor) as LoggedEvent['actor'],
          now,
          event: JSON.parse(data) as Event,
        }));
        const state = JSON.parse(row.state_json) as Application;
        expect(state).toEqual(JSON.parse(JSON.stringify(fold(logged))));
        expect([row.state, row.rev, row.seq]).toEqual([state.state, state.rev, own.at(-1)!.seq]);
        expect(row.receipt_alias).toBeNull();
        const where = { state, feed: row.feed, site: row.site, county: row.county, path: row.path };
        const facts = (await clockFacts({ trx, now: EVENING, rulebook: office.rulebook }, where))!;
        // what it waits for may have been worked out on an earlier day; a term that is over is told
        if (row.next_due !== null && facts)
          expect(row.next_due).toBe(nextLook(state, facts, chineseDay(EVENING)));
        else
          expect(
            runningClocks(state, facts).every(({ name, due }) =>
              state.overdue.some((one) => one.clock === name && one.due === due),
            ),
          ).toBe(true);
      }
      for (const { code } of await trx.selectFrom('feed').select('code').execute())
        expect([code, await brokenEvent(trx, code)]).toEqual([code, null]);
      const receipts = await trx
        .selectFrom('command')
        .select(['id', 'status', 'device', 'n', 'head'])
        .execute();
      expect(new Set(receipts.map(({ status }) => status))).toEqual(new Set(['applied']));
      expect(new Set(events.map(({ command }) => command))).toEqual(new Set(receipts.map(({ id }) => id)));
      for (const device of await trx.selectFrom('device').selectAll().execute()) {
        const chain = receipts.filter((one) => one.device === device.id).sort((a, b) => a.n! - b.n!);
        expect(chain.map(({ n }) => n)).toEqual(chain.map((_, at) => at + 1));
        expect([device.chain_n, device.chain_head]).toEqual([chain.length, chain.at(-1)?.head ?? FIRST_MARK]);
      }
      expect(await brokenAuditLine(trx)).toBeNull();
    });
    // the clock has done its work, and finds none when it looks again
    expect(await sweepClocks(office)).toBe(0);
    expect(await store.read(awaitsYear)).toBe(false);
  }, 240_000);

  test('on a holiday too every state is there, with every mark that a clerk should see', async () => {
    const store = await database.open();
    const { report } = await lived(store, { now: HOLIDAY, applications: 60 });
    expect(report.refused).toEqual([]);
    const states = await store.read(statesIn);
    expect(Object.keys(states).sort()).toEqual([...STATES].sort());
    const all = await store.read(allApplications);
    const some = (what: (app: Application) => boolean): boolean => all.some(what);
    const open = all.filter(({ closedOn }) => closedOn === null);
    expect({
      early: some(({ flags }) => flags.includes('receivedEarly')),
      duplicate: some(
        ({ flags, duplicateReason }) => flags.includes('duplicate') && duplicateReason !== undefined,
      ),
      bySilence: some(({ acceptedBySilence }) => acceptedBySilence),
      claimed: some(({ claim }) => claim != null),
      second: some(({ notices }) => notices.length === 2 && notices[1]!.secondReason !== undefined),
      tolerated: open.some(({ materials }) =>
        Object.values(materials).some(({ status }) => status === 'tolerated'),
      ),
      toleranceOver: open.some(({ overdue }) => overdue.some(({ clock }) => clock.startsWith('tolerance:'))),
      promiseOver: open.some(({ overdue }) => overdue.some(({ clock }) => clock === 'promise')),
      lawOver: open.some(({ overdue }) => overdue.some(({ clock }) => clock === 'statutory')),
      deliveryOver: open.some(({ overdue }) => overdue.some(({ clock }) => clock === 'delivery')),
      extended: some(({ extensions }) => extensions.length > 0),
      declined: some(({ decision }) => decision?.granted === false),
    }).toEqual({
      early: true,
      duplicate: true,
      bySilence: true,
      claimed: true,
      second: true,
      tolerated: true,
      toleranceOver: true,
      promiseOver: true,
      lawOver: true,
      deliveryOver: true,
      extended: true,
      declined: true,
    });
  }, 240_000);

  test('what is interrupted leaves no application, and comes when it is begun again', async () => {
    const store = await database.open();
    await seedCity(store, { now: foundedBefore(EVENING), counties: [DEMO_COUNTY], living: true });
    const files = yearFiles();
    let asked = 0;
    const stopping = liveYear(store, files, {
      now: EVENING,
      applications: 40,
      townships: DEMO_TOWNSHIPS,
      pictures: () => {
        asked += 1;
        if (asked === 5) throw new Error('the power is gone');
        return [];
      },
    });
    await expect(stopping).rejects.toThrow('the power is gone');
    expect(await store.read(statesIn)).toEqual({});
    expect(await store.read(awaitsYear)).toBe(true);
    const { applications } = await liveYear(store, files, {
      now: EVENING,
      applications: 40,
      townships: DEMO_TOWNSHIPS,
    });
    expect(applications).toBeGreaterThan(60);
  }, 240_000);
});
