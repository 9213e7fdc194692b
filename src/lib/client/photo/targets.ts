/**
 * How large and how good the picture of a material is sent: legible when printed again, and at most 500 KB, because a
 * village line carries some 30 KB a second. 200 dots an inch are what DA/T 31-2017 asks of scanned archives: an A4 page is
 * 2339 pixels long, an A3 drawing 3308.
 */
export const TARGETS = ['card', 'page', 'drawing', 'scene'] as const;
export type Target = (typeof TARGETS)[number];

/** Bytes; every picture ends below. */
export const MOST_BYTES = 500_000;

interface Aim {
  /** Pixels of the longer side. */
  longSide: number;
  /** WebP quality of the first try. */
  quality: number;
}

const AIMS: Readonly<Record<Target, Aim>> = {
  /** 85.6 mm at 475 dots an inch: small print and the number on the back. */
  card: { longSide: 1600, quality: 0.84 },
  page: { longSide: 2339, quality: 0.78 },
  drawing: { longSide: 3308, quality: 0.74 },
  /** People and places: nothing to be read in them. */
  scene: { longSide: 1600, quality: 0.8 },
};

const LOWEST_QUALITY = 0.55;
const QUALITY_STEP = 0.08;
/** Smaller is better than worse. */
const AFTER_SHRINKING = 0.66;

export interface Try extends Aim {
  bytes: number;
}

export const firstTry = (target: Target): Aim => ({ ...AIMS[target] });

/** The next try; null when the last one is small enough. Quality goes first, then size; the size always falls. */
export function nextTry({ longSide, quality, bytes }: Try): Aim | null {
  if (bytes <= MOST_BYTES) return null;
  const worse = Math.round((quality - QUALITY_STEP) * 100) / 100;
  // no use in trying what cannot fit: two steps of quality halve a picture at best
  if (worse >= LOWEST_QUALITY && bytes < 2 * MOST_BYTES) return { longSide, quality: worse };
  const factor = Math.min(0.9, Math.max(0.5, 0.95 * Math.sqrt(MOST_BYTES / bytes)));
  return { longSide: Math.max(1, Math.floor(longSide * factor)), quality: AFTER_SHRINKING };
}

const DRAWING = /(?<!截)图(?!片|书|像|章)/;
const SCENE = /(?:照片|合影|影像|视频|图片)(?:资料)?$/;
const CARD = /(?:身份证件?|社会保障卡|社保卡|银行卡|居住证|残疾人证|驾驶证|医保电子凭证)$/;

/** What a material is, by its name in the catalogue; a page where it may be several things (身份证或营业执照). */
export function targetOf(name: string): Target {
  if (DRAWING.test(name)) return 'drawing';
  const plain = name.replace(/[（(][^）)]*[）)]/g, '');
  if (plain.split(/或者?|、/).every((kind) => SCENE.test(kind))) return 'scene';
  return plain.split(/或者?|、|及|和/).every((kind) => CARD.test(kind)) ? 'card' : 'page';
}
