/** The office process is killed while a device hands in its work; on PostgreSQL, where a dead process leaves connections behind. */
import { test } from '@playwright/test';
import { demoCountyOn } from '../support/demo-city.ts';
import { killAtEveryPoint } from '../support/killed-office.ts';
import { temporaryDatabase } from '../support/temporary-database.ts';

test('I1: fault: office killed between commit and reply → on PostgreSQL too: receipts are there, each command counts once', async () => {
  await using database = await temporaryDatabase();
  await using city = await demoCountyOn(database.url);
  await killAtEveryPoint({ city, databaseUrl: database.url });
});
