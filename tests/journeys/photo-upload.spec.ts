/** A photo goes up over a line that breaks, to an office that is killed in the middle: it arrives, and no byte twice. */
import { randomInt } from 'node:crypto';
import { request as ask } from 'node:http';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { uploadPath } from '#lib/protocol/photo.ts';
import { CITY_DAY, demoCity } from '../support/demo-city.ts';
import { runningOffice } from '../support/office-process.ts';
import { picture } from '../support/photo-files.ts';
import { PhotoSender, said, type Said } from '../support/photo-sender.ts';
import { WireClient } from '../support/wire-client.ts';

const SITE = 'S410526102213';
const KILLS = 8;
const CHUNK = 100_000;

test('the office is killed in the middle of a chunk, again and again: the photo arrives whole', async () => {
  await using stack = new AsyncDisposableStack();
  const city = stack.use(await demoCity());
  const office = stack.use(await runningOffice({ dataDir: city.dataDir, now: CITY_DAY }));
  const client = new WireClient((request) => fetch(request), office.url);
  const { code } = await city.issueCode(SITE.slice(1), CITY_DAY);
  await client.enrol(code);
  await client.openSession();
  const device = new PhotoSender(client, SITE);
  const photo = await picture(1, { width: 1600, height: 1200 });
  expect(photo.size).toBeGreaterThan(KILLS * CHUNK);
  expect(await said(await device.begin(photo))).toMatchObject({ status: 201, offset: 0 });

  /** Sends a chunk, and kills the office once that much of it has left. */
  const killWithin = (offset: number, cut: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const sending = ask(`${office.url}${uploadPath({ site: SITE, sha256: photo.sha256 })}`, {
        method: 'PATCH',
        headers: {
          cookie: client.cookie,
          'tus-resumable': '1.0.0',
          'upload-offset': String(offset),
          'content-type': 'application/offset+octet-stream',
          'content-length': String(CHUNK),
        },
      });
      sending.on('error', () => resolve());
      sending.on('response', () => reject(new Error('the office answered half a chunk')));
      sending.write(photo.bytes.subarray(offset, offset + cut), () => void office.kill());
    });

  let acknowledged = 0;
  await test.step(`${KILLS} kills`, async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      // a whole chunk, which is acknowledged, and a piece of another, which is not
      const whole = await said(
        await device.patch(photo, acknowledged, photo.bytes.subarray(acknowledged, acknowledged + CHUNK / 2)),
      );
      expect(whole).toMatchObject({ status: 204, offset: acknowledged + CHUNK / 2 });
      acknowledged = whole.offset!;
      await killWithin(acknowledged, randomInt(1, CHUNK / 2));
      await office.start();
      const after: Said = await said(await device.ask(photo));
      expect(after.status).toBe(200);
      expect(after.offset).toBeGreaterThanOrEqual(acknowledged);
      acknowledged = after.offset!;
    }
  });

  await test.step('it arrives, byte by byte, and is shown small', async () => {
    expect(await device.send(photo)).toMatchObject({ status: 204, standing: 'verified' });
    const original = await device.look(photo, 'original');
    expect(original.headers.get('content-disposition')).toContain('attachment; filename="photo-');
    expect(original.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(original.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await original.arrayBuffer()).equals(photo.bytes)).toBe(true);
    const thumb = await device.look(photo, 'thumb');
    expect(thumb.headers.get('cache-control')).toBe('private, no-store');
    expect((await thumb.arrayBuffer()).byteLength).toBeLessThan(40_000);
  });

  await test.step('what the kills left half done is not kept', async () => {
    const files = readdirSync(join(city.dataDir, 'files'), { recursive: true, withFileTypes: true });
    const names = files.filter((one) => one.isFile()).map(({ name }) => name);
    expect(names).toHaveLength(2);
  });

  await test.step('other doors keep their caps, and another site’s page may send nothing', async () => {
    const large = await client.post('/api/auth/challenge', { device: 'x'.repeat(20_000) });
    expect(large.status).toBe(413);
    const foreign = await client.call(uploadPath({ site: SITE, sha256: photo.sha256 }), {
      method: 'PATCH',
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(foreign.status).toBe(403);
  });
});
