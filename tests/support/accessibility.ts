/** Whether a page can be used by everybody: axe's WCAG 2.2 AA rules and reflow, in ordinary and in large print. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What another size of print can change; all else was judged on the same page before. */
const OF_SIZE = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

/**
 * What is wrong with the page as it stands, one line each, with `where` and the mode; empty when nothing is. `alike`: more
 * of what is on the page anyhow, which would be judged over and over.
 */
export async function barriers(page: Page, where: string, alike?: string): Promise<string[]> {
  const found: string[] = [];
  for (const elder of [false, true]) {
    const mode = `${where}${elder ? '（大字）' : ''}`;
    await page.evaluate((on) => document.documentElement.toggleAttribute('data-elder', on), elder);
    await settled(page);
    // we have no frames: the newer mode opens a page of its own for every run, two seconds each
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (alike !== undefined) axe.exclude(alike);
    const { violations } = await (elder ? axe.withRules(OF_SIZE) : axe.withTags(LEVELS)).analyze();
    for (const { id, nodes } of violations)
      for (const node of nodes) found.push(`${mode}: ${id}: ${node.target.join(' ')} ${node.html}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) found.push(`${mode}: ${over} px wider than the screen`);
  }
  await page.evaluate(() => document.documentElement.removeAttribute('data-elder'));
  return found;
}

/** Fading in is no lack of contrast. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
