/** Somebody at home looks for what to bring: the public guide, without signing in, without any script, and on paper. */
import { expect, test, type Page } from '@playwright/test';
import { barriers } from '../support/accessibility.ts';
import { demoCity, CITY_DAY } from '../support/demo-city.ts';
import { runningOffice } from '../support/office-process.ts';

const ITEM = '老年人高龄津贴认定';
const VILLAGE = '410526102213';
const COUNTY = '410526000000';
/** What one page may weigh on a line of 64 kbit/s. */
const MOST_BYTES = 30_000;

/** Packed size of a page, and what it says of itself. */
async function fetched(url: string): Promise<{ bytes: number; headers: Headers; html: string }> {
  const answer = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
  return {
    bytes: Number(answer.headers.get('content-length')),
    headers: answer.headers,
    html: await answer.text(),
  };
}

const noScript = async (page: Page): Promise<void> => {
  expect(await page.locator('script:not([type="application/ld+json"])').count()).toBe(0);
  expect(await page.context().cookies()).toEqual([]);
};

test('a villager finds what to bring for the old-age allowance, and prints it', async ({ browser }) => {
  // half a minute, but the city may have to be made first
  await using city = await demoCity();
  await using office = await runningOffice({ dataDir: city.dataDir, now: CITY_DAY });
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  // axe needs a script of its own, which the page does not have
  const judge = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const check = async (where: string): Promise<void> => {
    await noScript(page);
    await judge.goto(page.url());
    expect.soft(await barriers(judge, where)).toEqual([]);
  };

  await test.step('city, county, township, village', async () => {
    await page.goto(`${office.url}/guide`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('安阳市办事指南');
    await check('城市');
    await page.getByRole('link', { name: '滑县', exact: true }).click();
    await page.getByRole('link', { name: '白道口镇', exact: true }).click();
    await page.getByRole('link', { name: '白道口镇许村', exact: true }).click();
    await expect(page).toHaveURL(`${office.url}/guide/${VILLAGE}`);
  });

  await test.step('by initials to the guide', async () => {
    await page.getByRole('searchbox').fill('gljt');
    await page.getByRole('button', { name: '查找' }).click();
    await expect(page).toHaveURL(`${office.url}/guide/${VILLAGE}?q=gljt`);
    await check('找到的');
    await page.getByRole('link', { name: ITEM }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(ITEM);
    await expect(page.getByRole('heading', { level: 2 })).toContainText(['申请条件', '申请材料', '办理流程']);
    await expect(page.getByRole('row', { name: /居民户口簿/ })).toContainText('可以容缺');
    await expect(page.getByText('没有登记；请先打 0372-0000000 问').first()).toBeVisible();
    await check('指南');
    const data = await page.locator('script[type="application/ld+json"]').textContent();
    expect(JSON.parse(data ?? '')).toMatchObject({ '@type': 'GovernmentService', name: ITEM });
    expect(await page.locator('link[rel="canonical"]').getAttribute('href')).toBe(
      `${office.url}/guide/${COUNTY}/410511005000`,
    );
  });

  await test.step('the one-time notice on one sheet of A4', async () => {
    await page.getByRole('link', { name: '打印一次性告知单' }).click();
    await expect(page.getByRole('article')).toContainText('白道口镇许村便民服务站');
    await expect(page.getByRole('article')).toContainText('除上面写明的，不再要求别的材料');
    await check('一次性告知单');
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45][\d.]* 84[12][\d.]*\]/);
  });

  await test.step('whoever asks the county chooses the place first', async () => {
    await page.goto(`${office.url}/guide/${COUNTY}/410511005000/notice`);
    await expect(page).toHaveURL(`${office.url}/guide/${COUNTY}/410511005000#where`);
    await page.goto(`${office.url}/guide?q=${encodeURIComponent('长寿钱')}`);
    await page.getByRole('link', { name: ITEM }).click();
    await page.getByRole('link', { name: '林州市' }).click();
    await expect(page).toHaveURL(/\/guide\/410581000000\/410511005000$/);
  });

  await test.step('wrong addresses are told in Chinese, with a way on; what was typed stays a text', async () => {
    for (const path of [
      'nope',
      '990526000000',
      `${VILLAGE}/nope`,
      `${VILLAGE}/%00`,
      'item/nope',
      'a/b/c/d',
    ]) {
      const answer = await page.goto(`${office.url}/guide/${path}`);
      expect([path, answer?.status()]).toEqual([path, 404]);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有这一页');
      await expect(page.getByRole('link', { name: '从头找' })).toBeVisible();
    }
    await check('没有这一页');
    const typed = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
    await page.goto(`${office.url}/guide/${COUNTY}?q=${encodeURIComponent(typed)}`);
    await expect(page.getByText(`没有找到“${typed}”`)).toBeVisible();
    await expect(page.getByRole('searchbox')).toHaveValue(typed);
    expect(await page.locator('img').count()).toBe(0);
    await noScript(page);
  });

  await test.step('search engines may have the guide and nothing else; a slow line carries it', async () => {
    const paths = [
      '',
      `/${COUNTY}`,
      '/410526102000',
      `/${VILLAGE}`,
      `/${VILLAGE}/410511005000`,
      '?topic=农林牧渔',
    ];
    for (const path of paths) {
      const { bytes, headers, html } = await fetched(`${office.url}/guide${path}`);
      expect(bytes).toBeGreaterThan(500);
      expect(bytes).toBeLessThan(MOST_BYTES);
      expect(headers.get('cache-control')).toMatch(/^public, max-age=/);
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html.includes('noindex')).toBe(path.startsWith('?'));
      const again = await fetch(`${office.url}/guide${path}`, {
        headers: { 'if-none-match': headers.get('etag') ?? '' },
      });
      expect(again.status).toBe(304);
    }
    const robots = (await fetched(`${office.url}/robots.txt`)).html;
    expect(robots).toContain('Disallow: /\n');
    expect(robots).toContain(`Sitemap: ${office.url}/sitemap.xml`);
    const { html: sitemap } = await fetched(`${office.url}/sitemap.xml`);
    expect(sitemap).toContain(`<loc>${office.url}/guide/${COUNTY}/410511005000</loc>`);
    expect((await fetched(`${office.url}/unlock`)).html).toContain('noindex');
  });
  await context.close();
  await judge.close();
});

test('a station’s computer gets the guide from the office, and is told when there is no network', async ({
  page,
}) => {
  await using city = await demoCity();
  await using office = await runningOffice({ dataDir: city.dataDir, now: CITY_DAY });
  await page.goto(office.url);
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 30_000 })
    .toBe('activated');
  await page.getByRole('link', { name: '办事指南（不用登录）' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('安阳市办事指南');
  await noScript(page);
  await office.kill();
  await page.goto(`${office.url}/guide/${VILLAGE}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('连不上网，公开的办事指南现在打不开');
  await expect(page.getByRole('link', { name: '找事项' })).toHaveAttribute('href', '/desk/items');
});
