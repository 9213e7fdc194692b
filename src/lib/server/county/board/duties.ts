/** 今天要管的: what of a board needs somebody, worst first. Pure. */
import { LOW_ROOM_MB, STUCK_MS } from '#lib/domain/board.ts';
import { LEVEL_NAMES } from '#lib/domain/time-limit-words.ts';
import { instantMs } from '#lib/domain/day.ts';
import type { BoardData, BoardSite } from './board-data.ts';

export interface Duty {
  key: 'late' | 'low' | 'silent' | 'stuck' | 'room' | 'behind';
  sign: string;
  words: string;
  href: string;
  worst: boolean;
}

const named = (sites: readonly BoardSite[]): string => {
  const [first] = sites;
  if (!first) return '';
  return sites.length === 1 ? first.fullName : `${first.fullName}等 ${sites.length} 个站点`;
};

export function dutiesOf({ sites, at, adoption, totals, township }: BoardData): Duty[] {
  const low = sites.filter((site) => site.offer === 'low').sort((a, b) => b.missing - a.missing);
  const silent = sites.filter(({ silence }) => silence === 'silent' || silence === 'never');
  const stuck = sites.filter(
    ({ waitingSince }) => waitingSince !== null && instantMs(at) - instantMs(waitingSince) > STUCK_MS,
  );
  const room = sites.filter(({ roomMb }) => roomMb !== null && roomMb < LOW_ROOM_MB);
  const late = sites.filter((site) => site.late > 0).sort((a, b) => b.late - a.late);
  const behind = adoption.filter(({ number, devices, current }) => number > 0 && current < devices);
  const self = township ? `/county/board/${encodeURIComponent(township.id)}` : '/county/board';
  const duty = (count: number, of: Omit<Duty, 'href'> & { to: string }): Duty[] => {
    const { to, ...rest } = of;
    return count === 0 ? [] : [{ ...rest, href: `${self}#${to}` }];
  };
  return [
    ...duty(late.length, {
      key: 'late',
      sign: `超期 ${totals.late} 件`,
      words: `${named(late)}，还没办结`,
      to: 'all',
      worst: true,
    }),
    ...duty(low.length, {
      key: 'low',
      sign: `${low.length} 站不达标`,
      words: `${named(low)}，最多差 ${low[0]?.missing ?? 0} 项`,
      to: 'short',
      worst: true,
    }),
    ...duty(silent.length, {
      key: 'silent',
      sign: `${silent.length} 站静默`,
      words: `${named(silent)}，超过 72 小时没联系`,
      to: 'quiet',
      worst: false,
    }),
    ...duty(stuck.length, {
      key: 'stuck',
      sign: `${stuck.length} 站传不出来`,
      words: `${named(stuck)}，有办件存了一天以上`,
      to: 'quiet',
      worst: false,
    }),
    ...duty(room.length, {
      key: 'room',
      sign: `${room.length} 站空间不够`,
      words: `${named(room)}，剩余不到 ${LOW_ROOM_MB} MB`,
      to: 'quiet',
      worst: false,
    }),
    ...duty(behind.length, {
      key: 'behind',
      sign: '目录没用齐',
      words: behind
        .map(({ level, current, devices }) => `${LEVEL_NAMES[level]} ${current}/${devices} 台`)
        .join('，'),
      to: 'adoption',
      worst: false,
    }),
  ];
}
