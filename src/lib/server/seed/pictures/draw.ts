/**
 * The pictures of the demo year: each kind of sample document in six drawings, as JPEG. The same drawings give the same
 * bytes with the same sharp, so each is known by its hash and reused. No font is needed, and nothing is fetched.
 */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { chance, type Chance } from '../chance.ts';
import { SHEETS, sheetSvg, type Sheet } from './sheets.ts';

export interface Picture {
  sha256: string;
  /** Bytes. */
  size: number;
  bytes: Buffer;
}

/** Pages of a material as a site hands it in. */
export type Pictures = (material: string, site: string, luck: Chance) => Picture[];

const VARIANTS = 6;
const QUALITY = 62;
const TILE = 256;
/** The office's process opens no SVG, whoever sends one (files/picture.ts); here it is our own. */
const SVG = { operation: ['VipsForeignLoadSvgBuffer'] };

/** By the first pattern that the material's name matches. */
const KINDS: readonly (readonly [RegExp, Sheet])[] = [
  [/身份证|残疾人证|优待证|退役|证件/, 'card'],
  [/户口/, 'household'],
  [/存折|银行|社会保障卡|账户/, 'passbook'],
  [/照片/, 'scene'],
  [/执照|许可证|权证|登记证/, 'licence'],
  [/申请|审批表|登记表|承诺|授权|委托/, 'form'],
  [/证明|诊断|鉴定|意见/, 'proof'],
];

const kindOf = (material: string): Sheet => KINDS.find(([pattern]) => pattern.test(material))?.[1] ?? 'other';

/** The grain of a cheap sensor. */
function grain(): Buffer {
  const luck = chance(7);
  const pixels = Buffer.alloc(TILE * TILE * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    pixels.fill(luck.whole(0, 255), at, at + 3);
    pixels[at + 3] = 15;
  }
  return pixels;
}

async function draw(sheet: Sheet, seed: number, tile: Buffer): Promise<Picture> {
  const raw = { width: TILE, height: TILE, channels: 4 } as const;
  const bytes = await sharp(Buffer.from(sheetSvg(sheet, chance(seed))))
    .flatten({ background: '#ffffff' })
    .composite([{ input: tile, raw, tile: true }])
    .jpeg({ quality: QUALITY })
    .toBuffer();
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, bytes };
}

/** Draws them all, some seconds of one core. A site has two drawings of a kind, so that few files serve many applications. */
export async function drawPictures(): Promise<Pictures> {
  const tile = grain();
  sharp.unblock(SVG);
  try {
    const drawn = new Map<Sheet, Picture[]>();
    for (const [at, sheet] of SHEETS.entries()) {
      const seeds = Array.from({ length: VARIANTS }, (_, variant) => at * 100 + variant);
      drawn.set(sheet, await Promise.all(seeds.map((seed) => draw(sheet, seed, tile))));
    }
    return (material, site, luck) => {
      const all = drawn.get(kindOf(material)) ?? [];
      const first = [...site].reduce((sum, character) => sum + character.charCodeAt(0), 0);
      const pages = luck.happens(0.2) ? [0, 1] : [luck.whole(0, 1)];
      return pages.flatMap((page) => all[(first + page) % VARIANTS] ?? []);
    };
  } finally {
    sharp.block(SVG);
  }
}
