/** 通知 of the desk's first page: what changed or will change and nobody asked about. Made from what is on this device. Pure. */
import { isWorkday, type Calendar } from '#lib/domain/calendar.ts';
import {
  addDays,
  chineseDay,
  daysBetween,
  formatMonthDay,
  formatWeekday,
  weekday,
  type Day,
} from '#lib/domain/day.ts';

export interface HomeNotice {
  key: string;
  title: string;
  note: string;
  href?: string;
}

export interface NoticeFacts {
  today: Day;
  calendar: Calendar | null;
  /** The release in use. */
  release: { number: number; publishedAt: string } | null;
  /** 0…1 while a newer one is being fetched. */
  fetching: number | null;
  /** Photos that the office could not take. */
  refusedPhotos: number;
  /** Drafts that leave the bin within three days. */
  leavingBin: number;
  /** The browser promised to keep what is here; null: unknown. */
  persisted: boolean | null;
}

/** So far ahead a holiday is told of, and so long a new list of items is new. */
const AHEAD_DAYS = 14;
const NEW_DAYS = 7;
/** The calendar is published a year at a time; the next one must be here before terms run into it. */
const CALENDAR_DAYS = 30;

export function homeNotices(facts: NoticeFacts): HomeNotice[] {
  return [...work(facts), ...catalogue(facts), ...holidays(facts), ...device(facts)];
}

function work({ refusedPhotos, leavingBin }: NoticeFacts): HomeNotice[] {
  const found: HomeNotice[] = [];
  if (refusedPhotos > 0) {
    found.push({
      key: 'photos',
      title: `${refusedPhotos} 张照片要重拍`,
      note: '乡镇打不开，到“同步”里看是哪几张',
      href: '/desk/sync',
    });
  }
  if (leavingBin > 0) {
    found.push({
      key: 'bin',
      title: `回收站有 ${leavingBin} 份草稿快要清掉`,
      note: '三天之内；还要的请恢复',
      href: '/desk/drafts?show=bin',
    });
  }
  return found;
}

function catalogue({ today, release, fetching }: NoticeFacts): HomeNotice[] {
  if (fetching !== null) {
    const note = `已取 ${Math.floor(fetching * 100)}%，取完自动换上`;
    return [{ key: 'fetching', title: '事项目录有新版，正在取', note, href: '/desk/items' }];
  }
  if (release === null) return [];
  const day = chineseDay(release.publishedAt);
  if (daysBetween(day, today) > NEW_DAYS) return [];
  const note = `${formatMonthDay(day)}发布·已取到，没有网也能用`;
  return [{ key: 'release', title: `事项目录换了第 ${release.number} 版`, note, href: '/desk/items' }];
}

function holidays({ today, calendar }: NoticeFacts): HomeNotice[] {
  if (calendar === null) return [];
  const found: HomeNotice[] = [];
  for (let n = 1; n <= AHEAD_DAYS; n++) {
    const day = addDays(today, n);
    const works = isWorkday(calendar, day);
    const weekend = weekday(day) === 0 || weekday(day) === 6;
    if (works === true && weekend) {
      const title = `${formatMonthDay(day)}（${formatWeekday(day)}）调休上班`;
      found.push({ key: `work ${day}`, title, note: '这一天算工作日' });
    }
    // a weekday off: told once, from its first free day to its last
    const restBefore = isWorkday(calendar, addDays(day, -1)) === false;
    if (works === false && !restBefore) {
      const last = lastRest(calendar, day);
      if (hasWeekdayOff(day, last)) {
        found.push({
          key: `off ${day}`,
          title: `${rangeText(day, last)}放假`,
          note: `期限顺延，${formatMonthDay(addDays(last, 1))}上班`,
        });
      }
    }
  }
  if (daysBetween(today, calendar.validThrough) < CALENDAR_DAYS) {
    found.push({
      key: 'calendar',
      title: `工作日历只到 ${formatMonthDay(calendar.validThrough)}`,
      note: '以后的期限等新日历到了再算，不影响收件',
    });
  }
  return found;
}

function lastRest(calendar: Calendar, first: Day): Day {
  let last = first;
  while (isWorkday(calendar, addDays(last, 1)) === false) last = addDays(last, 1);
  return last;
}

function hasWeekdayOff(first: Day, last: Day): boolean {
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (weekday(day) !== 0 && weekday(day) !== 6) return true;
  }
  return false;
}

/** 9 月 25—27 日, 9 月 30 日—10 月 7 日 */
function rangeText(first: Day, last: Day): string {
  if (first === last) return formatMonthDay(first);
  if (first.slice(0, 7) !== last.slice(0, 7)) return `${formatMonthDay(first)}—${formatMonthDay(last)}`;
  return `${formatMonthDay(first).slice(0, -2)}—${Number(last.slice(8))} 日`;
}

function device({ persisted }: NoticeFacts): HomeNotice[] {
  if (persisted !== false) return [];
  return [
    {
      key: 'persist',
      title: '请不要清浏览器的数据',
      note: '没送到乡镇的办件和草稿都存在这个浏览器里',
      href: '/desk/sync',
    },
  ];
}
