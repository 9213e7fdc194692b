/** The board's words, on the page and in its file. */
import type { Offer, Silence } from './board.ts';

export function offerWords({
  offer,
  missing,
  items,
}: {
  offer: Offer;
  missing: number;
  items: number | null;
}): string {
  switch (offer) {
    case 'none':
      return '还没有发布目录';
    case 'low':
      return `不达标，差 ${missing} 项`;
    case 'thin':
      return `刚够，${items} 项`;
    case 'ok':
      return '达标';
  }
}

export const SILENCE_WORDS: Readonly<Record<Silence, string>> = {
  none: '没有登记过电脑',
  never: '登记后没有联系过',
  silent: '超过 72 小时没联系',
  quiet: '超过 24 小时没联系',
  heard: '正常',
};
export const silenceWords = (silence: Silence): string => SILENCE_WORDS[silence];

/** 没有 · 3 条 · 不知道 */
export function waitingWords({
  devices,
  reported,
  waiting,
}: {
  devices: number;
  reported: number;
  waiting: number;
}): string {
  if (devices === 0 || reported === 0) return '不知道';
  const some = waiting === 0 ? '没有' : `${waiting} 条`;
  return reported < devices ? `${some}，另 ${devices - reported} 台不知道` : some;
}

/** 1.2 GB · 180 MB · 不知道 */
export const roomWords = (megabytes: number | null): string =>
  megabytes === null
    ? '不知道'
    : megabytes >= 1024
      ? `${(megabytes / 1024).toFixed(1)} GB`
      : `${megabytes} MB`;
