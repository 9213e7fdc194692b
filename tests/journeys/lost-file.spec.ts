/** A file of the program that does not come once: the page is loaded anew, and nobody sees an error. */
import { expect, test } from '@playwright/test';
import { demoCity } from '../support/demo-city.ts';
import { runningOffice } from '../support/office-process.ts';

const NODES = '**/_app/immutable/nodes/*.js';

// without the service worker, whose answers nobody can take away here
test.use({ serviceWorkers: 'block' });

test('a file that is lost on the way is asked for again; one that never comes is told', async ({ page }) => {
  await using city = await demoCity();
  await using office = await runningOffice({ dataDir: city.dataDir });
  const asked: string[] = [];
  const lost = new Set<string>();
  const gone = new Set<string>();
  await page.route(NODES, async (route) => {
    const url = route.request().url();
    asked.push(url);
    if (lost.delete(url) || gone.has(url)) await route.abort();
    else await route.continue();
  });

  await page.goto(`${office.url}/enrol`);
  await expect(page.getByLabel('登记码')).toBeVisible();
  const shell = await (await page.request.get(`${office.url}/shell`)).text();
  const own = [...new Set(asked)].filter((url) => !shell.includes(new URL(url).pathname.split('/').at(-1)!));
  expect(own).not.toEqual([]);

  await test.step('lost once', async () => {
    for (const url of own) lost.add(url);
    await page.reload();
    await expect(page.getByLabel('登记码')).toBeVisible();
    expect(lost.size).toBe(0);
  });

  await test.step('lost for good', async () => {
    // all but the page that tells of it, which is always the second one
    for (const url of own) if (!url.includes('/nodes/1.')) gone.add(url);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('出了问题');
    await expect(page.getByRole('link', { name: '回工作台' })).toBeVisible();
  });
});
