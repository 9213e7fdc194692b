/** The demo's pictures are ours: no font, no network, the same bytes each time, and nothing else is let in through them. */
import sharp from 'sharp';
import { expect, test } from 'vitest';
// what the office blocks is blocked when this is loaded
import '../../files/picture.ts';
import { inspect } from '../../files/inspect.ts';
import { chance } from '../chance.ts';
import { drawPictures, type Pictures } from './draw.ts';
import { textPath } from './glyphs.ts';
import { SHEETS, sheetSvg } from './sheets.ts';

const MATERIALS = [
  '居民身份证',
  '居民户口簿',
  '高龄津贴申请表',
  '村委会证明',
  '银行存折',
  '营业执照',
  '现场照片',
  '别的',
];

/** Some seconds of work. */
let drawn: ReturnType<typeof drawPictures> | undefined;
const drawnOnce = () => (drawn ??= drawPictures());

test('each picture is a whole JPEG that the office takes, of a size that a village line carries', async () => {
  const pictures = await drawnOnce();
  const seen = new Set<string>();
  for (const [at, material] of MATERIALS.entries()) {
    for (const site of ['S1', 'S2', 'S3']) {
      for (const { bytes, size, sha256 } of pictures(material, site, chance(at))) {
        expect(await inspect(bytes, 'jpeg')).toMatchObject({ ok: true, width: 1000, height: 1400 });
        expect(size).toBe(bytes.length);
        expect(size).toBeGreaterThan(50_000);
        expect(size).toBeLessThan(300_000);
        seen.add(sha256);
      }
    }
  }
  expect(seen.size).toBeGreaterThan(MATERIALS.length);
});

test('drawn again they have the same bytes, so that a site keeps each once', async () => {
  const hashes = (pictures: Pictures) =>
    MATERIALS.flatMap((material) => pictures(material, 'S1', chance(1)).map(({ sha256 }) => sha256));
  expect(hashes(await drawPictures())).toEqual(hashes(await drawnOnce()));
});

test('no drawing asks for a font or for anything from elsewhere, and each says 样本', () => {
  for (const sheet of SHEETS) {
    const svg = sheetSvg(sheet, chance(3));
    expect(svg).not.toMatch(/<text|font|href|<image|url\((?!#)/);
    expect(svg).toContain(textPath('样本', 0, 60, 120).slice(0, 40));
  }
});

test('afterwards SVG is refused again, whoever sends it', async () => {
  await drawnOnce();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  await expect(sharp(svg).metadata()).rejects.toThrow();
});
