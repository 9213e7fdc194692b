/** The board as a file for Excel and WPS: one row a site (domain/csv.ts). Pure. */
import { offerWords, silenceWords, waitingWords } from '#lib/domain/board-words.ts';
import { csvFile } from '#lib/domain/csv.ts';
import { formatInstant, type Instant } from '#lib/domain/day.ts';
import type { Board } from './board.ts';

const HEADS = [
  '站点',
  '代码',
  '级别',
  '在办事项（项）',
  '底线（项）',
  '差（项）',
  '达标',
  '在用设备（台）',
  '最近联系',
  '静默',
  '已用现行目录（台）',
  '没上传的办件',
  '最早一件',
  '没上传的照片（张）',
  '最少剩余空间（MB）',
  '在办（件）',
  '其中超期（件）',
];

const LEVELS = { township: '乡镇', subdistrict: '街道', village: '村（社区）' } as const;
const time = (at: Instant | null): string => (at === null ? '' : formatInstant(at));

export function boardFile({ at, sites }: Board): string {
  return csvFile([
    [`${formatInstant(at)}的情况；空着的是不知道`],
    HEADS,
    ...sites.map((site) => [
      site.fullName,
      site.code,
      LEVELS[site.itemLevel],
      site.items ?? '',
      site.minimum,
      site.missing,
      offerWords(site),
      site.devices,
      time(site.lastContact),
      silenceWords(site.silence),
      site.devices === 0 ? '' : site.current,
      site.reported === 0 ? '' : waitingWords(site),
      time(site.waitingSince),
      site.reported === 0 ? '' : site.waitingPhotos,
      site.roomMb ?? '',
      site.open,
      site.late,
    ]),
  ]);
}
