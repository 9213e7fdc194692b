/** The figures of time limits as they are printed: always with the numbers they are worked out from. Pure. */
import type { Level } from './item.ts';
import { percentText, type Share } from './share.ts';
import type { TimedItem, TimeLimits } from './time-limits.ts';

export const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  township: '乡镇',
  subdistrict: '街道',
  village: '村（社区）',
};

/** Digits as such figures are reported: 95.05 %, but 76.5 %. */
const COMPRESSION_DIGITS = 2;
const SHARE_DIGITS = 1;

export const compressionText = (share: Share): string => percentText(share, COMPRESSION_DIGITS);
export const shareText = (share: Share): string => percentText(share, SHARE_DIGITS);

/** （Σ法定 37855 − Σ承诺 1874） · ÷ Σ法定 37855 · = 95.05%: the parts between which a line may break. */
export const compressionTerms = ({
  measured,
  statutoryDays,
  promisedDays,
  compression,
}: TimeLimits): string[] =>
  measured === 0
    ? ['没有一项写明法定时限，算不出来']
    : [
        `（Σ法定 ${statutoryDays} − Σ承诺 ${promisedDays}）`,
        `÷ Σ法定 ${statutoryDays}`,
        `= ${compressionText(compression)}`,
      ];

export const compressionFormula = (limits: TimeLimits): string => compressionTerms(limits).join(' ');

/** 即办 1672 ÷ 全部 2185 = 76.5% */
export const shareFormula = (what: string, share: Share): string =>
  `${what} ${share.part} ÷ 全部 ${share.whole} = ${shareText(share)}`;

/** 20 个工作日; 没有写明 */
export const statutoryText = ({ statutoryDays }: TimedItem): string =>
  statutoryDays === 0 ? '没有写明' : `${statutoryDays} 个工作日`;

/** 5 个工作日; 当场 */
export const promisedText = ({ promisedDays }: TimedItem): string =>
  promisedDays === 0 ? '当场办' : `${promisedDays} 个工作日`;
