/**
 * Reads the dates of a year out of the State Council's notice (国务院办公厅关于…部分节假日安排的通知) as it is pasted, or out of
 * lines 日期,放假/上班. Pure. Invariants: a line that is not understood is told, never left out; a weekday in brackets has to be
 * that day's; what contradicts itself is told.
 */
import { addDays, daysBetween, formatDay, formatWeekday, isDay, type Day } from '#lib/domain/day.ts';
import { isWeekday } from './calendar-edit.ts';

export interface NoticeProblem {
  /** Counted from 1; 0 for the whole. */
  line: number;
  text: string;
}

export interface ReadNotice {
  /** Day → whether it is worked. */
  days: Map<Day, boolean>;
  problems: NoticeProblem[];
}

const HOLIDAYS = ['元旦', '春节', '清明', '劳动', '端午', '中秋', '国庆'] as const;
/** A holiday with the days around it is never longer; more is a mistyped month. */
const LONGEST = 12;
const LONGEST_TEXT = 20_000;

const DATE = String.raw`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?`;
/** 1月1日(周四)至3日(周六); 9月20日(周日)、10月10日(周六) */
const SPAN = new RegExp(`${DATE}(?:(?:至|到|—|-|~)${DATE})?`, 'g');
const ROW =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\([^)]*\))?[,;\s]+(放假|休息|调休放假|上班|调休上班|工作日)$/;
/** Has a date, so it is about one; the day on which the notice was given stands alone. */
const isAboutDays = (line: string): boolean =>
  /\d日|^\d{4}[-/.]\d/.test(line) && !/^\d{4}年\d{1,2}月\d{1,2}日$/.test(line);

/** @param year of the notice: dates in it name none */
export function readNotice(text: string, year: number): ReadNotice {
  const read: ReadNotice = { days: new Map(), problems: [] };
  if (text.trim() === '') return { ...read, problems: [{ line: 0, text: '请贴上通知里的放假安排' }] };
  if (text.length > LONGEST_TEXT)
    return { ...read, problems: [{ line: 0, text: '太长了。请只贴通知里“一、元旦”到“七、国庆节”那几行' }] };
  const lines = text.split(/\r?\n/).map((line) => line.normalize('NFKC').replace(/\s+/g, ' ').trim());
  lines.forEach((line, i) => {
    if (line !== '') readLine(line, { ...read, year, line: i + 1 });
  });
  // the sentence before the dates names all holidays
  checkNames(lines.filter((line) => /\d日.*放假/.test(line)).join(''), read, year);
  if (read.days.size === 0 && read.problems.length === 0)
    read.problems.push({
      line: 0,
      text: '没有找到放假、上班的日子。例如：10月1日至7日放假。10月10日（周六）上班。',
    });
  return read;
}

interface Place extends ReadNotice {
  year: number;
  line: number;
}

function readLine(line: string, place: Place): void {
  const row = ROW.exec(line);
  if (row) {
    const day = dayOf(row[1], row[2], row[3]);
    if (!isDay(day)) tell(place, `“${line}”里没有这一天`);
    else put(day, /上班|工作日/.test(row[4]!), place);
    return;
  }
  const body = line.replace(/ /g, '');
  let understood = false;
  let month = 0;
  for (const clause of body.split(/[。;!]/)) {
    for (const { words, works, told } of saidOf(clause)) {
      const before = place.days.size;
      const spans = [...words.matchAll(SPAN)];
      for (const span of spans) month = readSpan(span, works, { ...place, month });
      understood ||= spans.length > 0;
      const count = place.days.size - before;
      if (told !== null && spans.length > 0 && told !== count)
        tell(place, `写的是共 ${told} 天，日子算下来是 ${count} 天，请核对`);
    }
  }
  if (!understood && isAboutDays(body))
    tell(place, `没有看懂“${short(line)}”。一行写一个节日，例如：10月1日至7日放假。10月10日（周六）上班`);
}

/** 10月1日至7日放假调休,共7天,10月10日上班 → each verb with the dates before it and the number of days after it. */
function saidOf(clause: string): { words: string; works: boolean; told: number | null }[] {
  const parts = clause.split(/(放假|休息|上班)/);
  const said: ReturnType<typeof saidOf> = [];
  for (let i = 1; i < parts.length; i += 2) {
    const told = /^(?:调休)?,?共?(\d{1,2})天/.exec(parts[i + 1]!)?.[1];
    said.push({
      words: parts[i - 1]!,
      works: parts[i] === '上班',
      told: told === undefined ? null : Number(told),
    });
  }
  return said;
}

/** Gives the month that a following date without one is in. */
function readSpan(span: RegExpMatchArray, works: boolean, place: Place & { month: number }): number {
  const [, y1, m1, d1, w1, y2, m2, d2, w2] = span;
  const firstMonth = m1 === undefined ? place.month : Number(m1);
  const first = dayOf(y1 ?? place.year, firstMonth, d1);
  const last = d2 === undefined ? first : dayOf(y2 ?? y1 ?? place.year, m2 ?? firstMonth, d2);
  const lastMonth = m2 === undefined ? firstMonth : Number(m2);
  if (!isDay(first) || !isDay(last)) {
    tell(place, firstMonth === 0 ? `“${span[0]}”没有写月份` : `“${span[0]}”：没有这一天`);
    return lastMonth;
  }
  checkWeekday(first, w1, place);
  if (d2 !== undefined) checkWeekday(last, w2, place);
  const length = daysBetween(first, last) + 1;
  if (length < 1 || length > LONGEST) tell(place, `“${span[0]}”的起止日子不对，请核对月份`);
  else for (let day = first; day <= last; day = addDays(day, 1)) put(day, works, place);
  return lastMonth;
}

function put(day: Day, works: boolean, place: Place): void {
  const { days, year } = place;
  if (Math.abs(Number(day.slice(0, 4)) - year) > 1) tell(place, `${formatDay(day)}不是 ${year} 年的`);
  else if (days.has(day) && days.get(day) !== works) tell(place, `${formatDay(day)}又写放假、又写上班`);
  else if (works && isWeekday(day))
    tell(place, `${formatDay(day)}是${formatWeekday(day)}，本来就上班，请核对`);
  else days.set(day, works);
}

/** 农历腊月二十八、周日 → 周日 */
function checkWeekday(day: Day, brackets: string | undefined, place: Place): void {
  const said = /(?:周|星期)([一二三四五六日天])/.exec(brackets ?? '')?.[1]?.replace('天', '日');
  const real = formatWeekday(day);
  if (said !== undefined && !real.endsWith(said))
    tell(place, `${formatDay(day)}是${real}，写的是星期${said}。请核对年份和日期`);
}

/** A notice names all seven holidays; lines of dates name none. */
function checkNames(text: string, { problems }: ReadNotice, year: number): void {
  const named = HOLIDAYS.filter((name) => text.includes(name));
  const lacking = HOLIDAYS.filter((name) => !named.includes(name));
  if (named.length > 0 && lacking.length > 0)
    problems.push({ line: 0, text: `没有${lacking.map(called).join('、')}。请贴上 ${year} 年的全部安排` });
}

const called = (name: (typeof HOLIDAYS)[number]): string =>
  name === '元旦' || name === '春节' ? name : `${name}节`;
const tell = ({ problems, line }: Place, text: string): number => problems.push({ line, text });
const short = (text: string): string =>
  [...text].length > 30 ? `${[...text].slice(0, 30).join('')}…` : text;

function dayOf(
  year: string | number | undefined,
  month: string | number | undefined,
  date: string | undefined,
): Day {
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
