/** Who is in the demo year: nobody who could exist, the same people each time, and pictures that the office has checked. */
import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { allApplications, EVENING, lived } from '../../../../../tests/support/lived-year.ts';
import { openStore, type Store } from '../../db/store.ts';
import { nameOf } from '../../files/office-files.ts';
import { drawPictures } from '../pictures/draw.ts';
import { SAMPLE_WORDS } from './villagers.ts';

const folder = join(tmpdir(), `jinban-who-${randomUUID()}`);
const stores: Store[] = [];
afterAll(async () => {
  for (const store of stores) await store.destroy();
  rmSync(folder, { recursive: true, force: true });
});

async function freshStore(): Promise<Store> {
  const store = await openStore({ path: join(folder, randomUUID(), 'jinban.db') });
  stores.push(store);
  return store;
}

test('nobody who could exist; photos that are there; ratings of which the bad ones say why', async () => {
  const store = await freshStore();
  const { office, report } = await lived(store, {
    now: EVENING,
    applications: 350,
    pictures: await drawPictures(),
  });
  expect(report.photos).toBeGreaterThan(40);
  const texts = await store.read(async (trx) => [
    ...(await trx.selectFrom('application').select('state_json as text').execute()),
    ...(await trx.selectFrom('command').select('body as text').execute()),
    ...(await trx.selectFrom('event').select('data as text').execute()),
  ]);
  const found = {
    id: new Set<string>(),
    mobile: new Set<string>(),
    landline: new Set<string>(),
    card: new Set<string>(),
  };
  for (const { text } of texts) {
    for (const [id] of text.matchAll(/(?<![0-9A-Za-z_-])\d{17}[\dX](?![0-9A-Za-z_-])/g)) found.id.add(id);
    for (const [mobile] of text.matchAll(/(?<![0-9A-Za-z_.-])1[3-9]\d{9}(?![0-9A-Za-z_-])/g))
      found.mobile.add(mobile);
    for (const [landline] of text.matchAll(/(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/g)) found.landline.add(landline);
    for (const [card] of text.matchAll(/(?<![0-9A-Za-z_-])\d{19}(?![0-9A-Za-z_-])/g)) found.card.add(card);
  }
  const strangers = (of: Set<string>, sample: RegExp) => [...of].filter((one) => !sample.test(one));
  expect(found.id.size).toBeGreaterThan(300);
  // a credit code may be all digits
  expect(strangers(found.id, /^(?:410526\d{8}9\d\d[\dX]|1141052699\d{8})$/)).toEqual([]);
  expect(found.mobile.size).toBeGreaterThan(300);
  expect(strangers(found.mobile, /^13800\d{6}$/)).toEqual([]);
  expect([...found.landline]).toEqual([]);
  expect(strangers(found.card, /^621000\d{13}$/)).toEqual([]);

  const all = await store.read(allApplications);
  const names = all.flatMap(({ applicant, handler, delivery }) => [
    applicant.name,
    ...[applicant.guardian, applicant.representative, applicant.phoneOwner, delivery?.collector].map(
      (one) => one?.name ?? '示例',
    ),
    ...(handler.kind === 'proxy' ? [handler.name] : []),
  ]);
  expect(names.filter((name) => !SAMPLE_WORDS.some((word) => name.includes(word)))).toEqual([]);
  const codes = all.flatMap(({ applicant }) => (applicant.idKind === 'uscc' ? [applicant.idNumber] : []));
  expect(codes.filter((code) => !/^1141052699/.test(code))).toEqual([]);
  expect(codes.length).toBeGreaterThan(3);

  const photos = await store.read((trx) => trx.selectFrom('photo').selectAll().execute());
  const uses = await store.read((trx) => trx.selectFrom('photo_use').select('standing').execute());
  expect(new Set(photos.map(({ status }) => status))).toEqual(new Set(['verified']));
  expect(new Set(uses.map(({ standing }) => standing))).toEqual(new Set(['verified']));
  for (const photo of photos) {
    expect(await office.files.storage.size(nameOf(photo))).toBe(photo.size);
    expect(await office.files.storage.size(`${nameOf(photo)}.thumb`)).toBeGreaterThan(1000);
  }
  expect(photos.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(40_000_000);
  const bad = all.flatMap(({ rating }) => (rating && rating.grade >= 4 ? [rating] : []));
  expect(all.filter(({ rating }) => rating !== null).length).toBeGreaterThan(50);
  expect(bad.every(({ reasons }) => reasons.length > 0)).toBe(true);
}, 240_000);

test('the same seed makes the same year, to the last event', async () => {
  const marks: string[] = [];
  for (let turn = 0; turn < 2; turn++) {
    const store = await freshStore();
    await lived(store, { now: EVENING, applications: 30 });
    const feeds = await store.read((trx) => trx.selectFrom('feed').selectAll().orderBy('code').execute());
    expect(feeds.length).toBe(2);
    marks.push(createHash('sha256').update(JSON.stringify(feeds)).digest('hex'));
  }
  expect(marks[1]).toBe(marks[0]);
}, 240_000);
