import { afterEach, expect, test } from 'vitest';
import { openedStore } from '#lib/client/state/opened-store.ts';
import { readPhoto, readThumb } from '#lib/client/store/photos.ts';
import type { Photo } from '#lib/domain/materials.ts';
import { asJpeg, bytesOf, printedSheet, quarters } from '../../../../../../tests/support/drawn-pictures.ts';
import { ascii, LOCKED_PDF, PDF } from '../../../../../../tests/support/picture-files.ts';
import { PhotoFlow, type Stage } from './photo-flow.svelte.ts';

const flows: PhotoFlow[] = [];
afterEach(() => {
  for (const flow of flows.splice(0)) flow.close();
});

function flowOf(pages: Photo[] = []): { flow: PhotoFlow; pages: Photo[] } {
  const flow = new PhotoFlow({
    material: '居民身份证',
    pages: () => pages,
    onkept: (photo) => void pages.push(photo),
  });
  flows.push(flow);
  return { flow, pages };
}
function at<K extends Stage['is']>(flow: PhotoFlow, is: K): Extract<Stage, { is: K }> {
  const { stage } = flow;
  if (stage.is !== is) throw new Error(`${stage.is}, not ${is}: ${JSON.stringify(stage)}`);
  return stage as Extract<Stage, { is: K }>;
}
async function cropAndUse(flow: PhotoFlow): Promise<void> {
  await flow.prepare(at(flow, 'crop').preview);
  const { prepared, preview } = at(flow, 'result');
  await flow.use(prepared, preview);
}
const picture = (width: number): Promise<Blob> => asJpeg(quarters(width, 200));

test('what counts as a page is on this device, whole and with its thumbnail', async () => {
  const { flow, pages } = flowOf();
  await flow.addFiles([await asJpeg(printedSheet(1200, 900))]);
  await cropAndUse(flow);
  expect(flow.stage.is).toBe('done');
  const [photo] = pages;
  const store = await openedStore();
  expect((await readPhoto(store, photo!.sha256))?.length).toBe(photo!.size);
  expect((await readThumb(store, photo!.sha256))?.length).toBeGreaterThan(100);
});

test('files come one after the other; a bad one in the middle is told and costs the others nothing', async () => {
  const { flow, pages } = flowOf();
  await flow.addFiles([
    await picture(320),
    new Blob([ascii('<html>')]),
    new Blob([LOCKED_PDF]),
    new Blob([PDF]),
  ]);
  await cropAndUse(flow);
  expect(at(flow, 'refused').words).toMatchObject({
    what: '这个文件不是照片',
    why: expect.stringContaining('网页'),
  });
  await flow.next();
  expect(at(flow, 'refused').words.what).toContain('密码');
  await flow.next();
  const { prepared, preview } = at(flow, 'result');
  expect(preview).toBeNull();
  await flow.use(prepared, preview);
  expect(pages.map(({ type }) => type)).toEqual(['webp', 'pdf']);
  expect(flow.stage.is).toBe('done');
});

test('the same page twice is not taken twice', async () => {
  const { flow, pages } = flowOf();
  const file = await bytesOf(await picture(300));
  await flow.addFiles([new Blob([file]), new Blob([file])]);
  await cropAndUse(flow);
  await cropAndUse(flow);
  expect(at(flow, 'refused').words.why).toContain('第 1 页');
  expect(pages).toHaveLength(1);
});

test('the twenty-first page is refused with a way out', async () => {
  const nineteen = Array.from({ length: 19 }, (_, i): Photo => ({ sha256: `${i}`, size: 1, type: 'jpeg' }));
  const { flow, pages } = flowOf(nineteen);
  await flow.addFiles([await picture(310), await picture(330)]);
  await cropAndUse(flow);
  expect(at(flow, 'refused').words).toMatchObject({
    what: '照片满了',
    remedy: expect.stringContaining('PDF'),
  });
  expect(pages).toHaveLength(20);
});

test('after a shot the camera is there again, until one is done; corners and turns begin anew', async () => {
  const { flow, pages } = flowOf();
  flow.openCamera();
  await flow.take(await picture(340));
  flow.quarterTurns = 1;
  await cropAndUse(flow);
  expect(at(flow, 'camera')).toEqual({ is: 'camera' });
  expect([flow.kept, pages.length]).toEqual([1, 1]);
  await flow.take(await picture(350));
  expect(flow.quarterTurns).toBe(0);
});
