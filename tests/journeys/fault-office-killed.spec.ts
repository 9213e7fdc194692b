/** The office process is killed while a device hands in its work; on SQLite. */
import { test } from '@playwright/test';
import { demoCity } from '../support/demo-city.ts';
import { killAtEveryPoint } from '../support/killed-office.ts';

test('I1: fault: office killed between commit and reply → receipts are there, each command counts once', async () => {
  await using city = await demoCity();
  await killAtEveryPoint({ city });
});
