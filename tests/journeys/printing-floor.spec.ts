/** Papers on the browser floor: Chromium 109 prints them as the newest does. */
import { expect, test } from '@playwright/test';
import { samplePapers } from '../../src/routes/dev/parts/sample-papers.ts';
import { floorChromium } from '../support/floor-chromium.ts';
import { paperPress } from '../support/paper-press.ts';

test('on Chromium 109 papers have the size and the sheets that they have on the newest, and nothing leaves them', async () => {
  await using floor = await paperPress(await floorChromium());
  expect(await floor.page.evaluate(() => navigator.userAgent)).toContain('Chrome/109.');
  await using newest = await paperPress();
  for (const size of ['a4', 'a5', 'roll'] as const) {
    for (const which of ['person', 'extreme'] as const) {
      const papers = samplePapers(which, 'applicant');
      const old = await floor.print(papers, size);
      expect(old.outside).toEqual([]);
      const today = await newest.print(papers, size);
      expect([old.size, old.pages]).toEqual([today.size, today.pages]);
    }
    const [receipt] = samplePapers('person', 'applicant');
    expect((await floor.print([receipt!, { ...receipt!, copy: '第二联' }], size)).pages).toBe(2);
  }
});
