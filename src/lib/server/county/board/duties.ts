/** 今天要管的: what of a board needs somebody, worst first. Pure. */
import type { Missing } from '#lib/catalogue/calendar-check.ts';
import { LOW_ROOM_MB } from '#lib/domain/board.ts';
import { isLowOnRoom, isSilent, isStuck } from '#lib/domain/board-view.ts';
import { LEVEL_NAMES } from '#lib/domain/time-limit-words.ts';
import { formatDay } from '#lib/domain/day.ts';
import type { Board } from './board.ts';
import type { BoardSite } from './site-rows.ts';

export interface Duty {
  key: 'calendar' | 'late' | 'low' | 'silent' | 'stuck' | 'room' | 'behind';
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

/** What is to be done about the working-day calendar. */
export interface CalendarDuty {
  missing: Missing;
  /** It is entered, and waits for a release. */
  entered: boolean;
}

function calendarDuty({ missing, entered }: CalendarDuty): Duty {
  const ended = missing.is === 'ended';
  const year = ended ? Number(missing.through.slice(0, 4)) + 1 : missing.year;
  const why = ended
    ? `日历到 ${formatDay(missing.through)}为止，期限都算不出来`
    : missing.is === 'simulated'
      ? '不是公布的，要照国务院办公厅的通知重录'
      : `跨到 ${year} 年的期限算不出来`;
  return {
    key: 'calendar',
    sign: `${year} 年日历${entered ? '没发布' : missing.is === 'simulated' ? '是模拟的' : '没录'}`,
    words: entered ? `${why}；录好的要发布才用上` : why,
    href: entered ? '/county/releases/new' : '/county/rules',
    worst: ended,
  };
}

/** @param calendar null: nothing is missing, or it is not the whole county's board */
export function dutiesOf(
  { sites, at, adoption, totals, township }: Board,
  calendar: CalendarDuty | null,
): Duty[] {
  const low = sites.filter((site) => site.offer === 'low').sort((a, b) => b.missing - a.missing);
  const silent = sites.filter(isSilent);
  const stuck = sites.filter((site) => isStuck(site, at));
  const room = sites.filter(isLowOnRoom);
  const late = sites.filter((site) => site.late > 0).sort((a, b) => b.late - a.late);
  const behind = adoption.filter(({ number, devices, current }) => number > 0 && current < devices);
  const self = township ? `/county/board/${encodeURIComponent(township.id)}` : '/county/board';
  const duty = (count: number, of: Omit<Duty, 'href'> & { to: string }): Duty[] => {
    const { to, ...rest } = of;
    return count === 0 ? [] : [{ ...rest, href: `${self}#${to}` }];
  };
  return [
    ...(calendar?.missing.is === 'ended' ? [calendarDuty(calendar)] : []),
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
    ...(calendar && calendar.missing.is !== 'ended' ? [calendarDuty(calendar)] : []),
  ];
}
