/** The main story in its usual setting: one office, SQLite on disk. */
import { test } from '@playwright/test';
import { demoCity } from '../support/demo-city.ts';
import { tellMainStory } from '../support/main-story.ts';
import { runningOffice } from '../support/office-process.ts';

test('a village agent takes an application offline, and the township settles it', async () => {
  await using city = await demoCity();
  await using office = await runningOffice({ dataDir: city.dataDir });
  await tellMainStory({ city, office });
});
