/** The main story on PostgreSQL with two office processes behind a balancer; one is killed on the way and comes back. */
import { expect, test } from '@playwright/test';
import { openStore } from '#lib/server/db/store.ts';
import { brokenAuditLine } from '#lib/server/audit.ts';
import { demoCountyOn } from '../support/demo-city.ts';
import { tellMainStory } from '../support/main-story.ts';
import { temporaryDatabase } from '../support/temporary-database.ts';
import { twoOffices } from '../support/two-offices.ts';

test('on PostgreSQL with two offices, one of them killed on the way: the same story, told to its end', async () => {
  await using database = await temporaryDatabase();
  await using city = await demoCountyOn(database.url);
  await using office = await twoOffices({ dataDir: city.dataDir, databaseUrl: database.url });
  await tellMainStory({
    city,
    office,
    onceAsked: () => office.loseOne(),
    onceAssigned: () => office.regainOne(),
  });

  await test.step('both have worked, and what they wrote together is whole', async () => {
    for (const count of office.balancer.answered.values()) expect(count).toBeGreaterThan(10);
    const store = await openStore({ databaseUrl: database.url });
    const { events, feeds, broken } = await store
      .read(async (trx) => ({
        events: await trx.selectFrom('event').select('seq').orderBy('seq').execute(),
        feeds: await trx.selectFrom('feed').select('seq').execute(),
        broken: await brokenAuditLine(trx),
      }))
      .finally(() => store.destroy());
    expect(feeds).toEqual([{ seq: events.length }]);
    expect(events.map(({ seq }, i) => seq - i)).toEqual(events.map(() => 1));
    expect(broken).toBeNull();
  });
});
