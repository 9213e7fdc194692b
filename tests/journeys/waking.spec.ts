/** The office wakes a station on the stream that it holds, also after the office was killed and came back. */
import { expect, test } from '@playwright/test';
import { readyForOffline } from '../support/desk-steps.ts';
import { openStationOnLine } from '../support/station.ts';

test('a release reaches a station that does not poll; fault: office killed → another stream, and it wakes again', async () => {
  await using station = await openStationOnLine();
  const { line, city, office, page, url } = station;
  const streams = (): number => line.count('GET', '/api/wake');
  const release = (number: number) => page.getByText(`第 ${number} 版`).first();
  const change = (conditions: string): Promise<unknown> =>
    city.publish((items) => items.map((item, i) => (i === 0 ? { ...item, conditions } : item)));
  await readyForOffline(page);
  await expect.poll(streams, { timeout: 60_000 }).toBeGreaterThan(0);
  await page.goto(`${url}/desk/sync`);
  await expect(release(1)).toBeVisible();

  await test.step('it comes without anybody pressing a button', async () => {
    await change('示例条件一');
    await expect(release(2)).toBeVisible({ timeout: 60_000 });
  });

  await test.step('the office is killed and comes back', async () => {
    const before = streams();
    await office.kill();
    await expect(page.getByText('离线', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
    await office.start();
    await expect.poll(streams, { timeout: 120_000 }).toBeGreaterThan(before);
    await change('示例条件二');
    await expect(release(3)).toBeVisible({ timeout: 60_000 });
  });
});
