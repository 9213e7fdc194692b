/** A line that swallows answers, somebody else's page instead of the office, a session that has ended: nothing is lost or doubled. */
import { expect, test } from '@playwright/test';
import {
  beginItem,
  drawSignature,
  fillAllowance,
  pill,
  readyForOffline,
  signAndSubmit,
} from '../support/desk-steps.ts';
import { captivePortal, cuttingLine, type CuttingLine } from '../support/false-office.ts';
import { applicationsAt, commandsAt, endSessions } from '../support/office-book.ts';
import { openStation } from '../support/station.ts';

test('fault: answer lost after commit; captive portal; 401 → nothing is lost, and nothing doubled', async () => {
  await using stack = new AsyncDisposableStack();
  let line: CuttingLine | undefined;
  const station = stack.use(
    await openStation({
      async front(office) {
        line = stack.use(await cuttingLine(Number(new URL(office.url).port)));
        return `http://127.0.0.1:${line.port}`;
      },
    }),
  );
  const { office, city, page, url } = station;
  const { port } = line!;
  const kinds = () => commandsAt(city.dataDir).map(({ kind, status }) => `${kind} ${status}`);
  const net = page.locator('[data-net]');
  const pressSync = async () => {
    await page.goto(`${url}/desk/sync`);
    await page.getByRole('button', { name: '立即同步' }).click();
  };
  await readyForOffline(page);

  let id = '';
  await test.step('the office commits, its answer is cut: the receipt does not claim that it arrived', async () => {
    await beginItem(page, 'gljt', '老年人高龄津贴认定');
    await fillAllowance(page);
    line!.cutting = true;
    id = await signAndSubmit(page);
    await expect.poll(() => line!.cut, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(kinds()).toEqual(['receive applied']);
    await expect(page.getByText('尚未送达乡镇').first()).toBeVisible();
    await expect(pill(page, '已送达')).toBeHidden();
  });

  await test.step('sent again when the line holds: one application, and now the receipt says 已送达', async () => {
    line!.cutting = false;
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
    expect(applicationsAt(city.dataDir).map((kept) => kept.id)).toEqual([id]);
    expect(kinds()).toEqual(['receive applied']);
  });

  await office.kill();
  await line!.close();
  await test.step('a captive portal answers everything with its page: 离线, and nothing counts as sent', async () => {
    await using portal = await captivePortal(port);
    await page.goto(`${url}/desk/applications/${id}`);
    await page.getByRole('button', { name: '申请人要撤回' }).click();
    await page.getByLabel('为什么撤回').fill('家里人说先不办');
    await drawSignature(page);
    await page.getByRole('button', { name: '撤回这件申请' }).click();
    await expect(page.getByText('已撤回').first()).toBeVisible();
    await pressSync();
    await expect.poll(() => portal.asked.get('/api/sync') ?? 0, { timeout: 30_000 }).toBeGreaterThan(0);
    await expect(net).toHaveText('离线');
    await expect(page.getByRole('listitem').filter({ hasText: '撤回' })).toContainText('仅存本机');
    // the app opens from the device, not from the portal
    await page.goto(`${url}/desk/applications/${id}`);
    await expect(pill(page, '仅存本机')).toBeVisible();
    await expect(page.getByText('请先认证再上网')).toHaveCount(0);
    expect(portal.asked.get('/desk/applications/' + id)).toBeUndefined();
    expect(await page.evaluate(() => 'portal' in window)).toBe(false);
  });

  await test.step('the office is back, every session has ended: it drains without anybody signing in', async () => {
    endSessions(city.dataDir);
    await office.start();
    line = stack.use(await cuttingLine(Number(new URL(office.url).port), port));
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 90_000 });
    await expect(net).toHaveText('已联网');
    expect(kinds()).toEqual(['receive applied', 'withdraw applied']);
    expect(applicationsAt(city.dataDir)).toMatchObject([{ id, state: 'withdrawn' }]);
  });
});
