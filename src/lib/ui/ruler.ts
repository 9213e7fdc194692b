/**
 * Days of the 工作日尺. Invariant: days that count nothing stand together as one hatched cell with their name, every
 * working day has its own cell, and nothing is left out, so the distance on the ruler is honest.
 */
import type { LampColour } from './Lamp.svelte';

/** A Chinese day (`YYYY-MM-DD`). Whether it works is the calendar's word, never the weekday's. */
export interface RulerDay {
  date: string;
  work: boolean;
  /** How many fall due. */
  count: number;
  lamp?: LampColour | undefined;
  /** 中秋, 国庆; on a day off. */
  holiday?: string | undefined;
  href?: string | undefined;
}

export type RulerCell =
  | { kind: 'work'; key: string; text: string; today: boolean; percent: number; day: RulerDay }
  | { kind: 'off'; key: string; text: string; count: number };

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

const monthDay = (date: string): string => `${Number(date.slice(5, 7))}/${Number(date.slice(8, 10))}`;
const weekday = (date: string): string => WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';

/** Dates of a cell off: 9/26, 9/25—27, 9/30—10/2. */
function span(first: string, last: string): string {
  if (first === last) return monthDay(first);
  const same = first.slice(0, 7) === last.slice(0, 7);
  return `${monthDay(first)}—${same ? Number(last.slice(8, 10)) : monthDay(last)}`;
}

/** Days in order as cells; the length of a bar is its share of the fullest day. */
export function rulerCells(days: readonly RulerDay[], today: string): RulerCell[] {
  const most = Math.max(1, ...days.map((day) => day.count));
  const cells: RulerCell[] = [];
  let off: RulerDay[] = [];
  const closeOff = (): void => {
    const [first] = off;
    const last = off[off.length - 1];
    if (!first || !last) return;
    const names = [...new Set(off.map((day) => day.holiday).filter((name) => name !== undefined))];
    const text = `${span(first.date, last.date)} ${names.length > 0 ? names.join('、') : '休息'}`;
    cells.push({ kind: 'off', key: first.date, text, count: off.reduce((sum, day) => sum + day.count, 0) });
    off = [];
  };
  for (const day of days) {
    if (!day.work) {
      off.push(day);
      continue;
    }
    closeOff();
    const isToday = day.date === today;
    const text = `${isToday ? '今天' : weekday(day.date)} ${monthDay(day.date)}`;
    const percent = Math.round((day.count / most) * 100);
    cells.push({ kind: 'work', key: day.date, text, today: isToday, percent, day });
  }
  closeOff();
  return cells;
}
