/** A year as a person changes it, while others do too. */
import { expect, test } from 'vitest';
import { readNotice } from '#lib/catalogue/holiday-notice.ts';
import { calendar } from '../../../../../tests/support/builders.ts';
import { NOTICE_2027 } from '../../../../../tests/support/holiday-notices.ts';
import { YearEditor } from './year-editor.svelte.ts';

const THURSDAY = '2026-10-08';
const FRIDAY = '2026-10-09';

test('a day turned and turned back is no change', () => {
  const editor = new YearEditor(2026, calendar);
  expect([editor.worksOn(THURSDAY), editor.touched]).toEqual([true, false]);
  editor.toggle(THURSDAY);
  expect(editor.change).toEqual({ days: [{ day: THURSDAY, from: true, to: false }] });
  expect([editor.isChanged(THURSDAY), editor.touched]).toEqual([true, true]);
  editor.toggle(THURSDAY);
  expect([editor.change, editor.touched]).toEqual([{ days: [] }, false]);
});

test('a year that is not there can be changed only once its notice was read; undone, it is unknown again', () => {
  const editor = new YearEditor(2027, calendar);
  editor.toggle('2027-10-08');
  expect([editor.worksOn('2027-10-08'), editor.touched]).toEqual([null, false]);
  editor.take(readNotice(NOTICE_2027, 2027).days);
  expect(editor.change).toMatchObject({ year: 2027 });
  expect(editor.change.days).toHaveLength(365);
  // what is otherwise than its weeks: 19 days off and 6 that make up for some
  expect(editor.shown).toHaveLength(25);
  editor.toggle('2027-10-08');
  expect(editor.shown).toHaveLength(24);
  editor.undo();
  expect([editor.worksOn('2027-10-08'), editor.touched]).toEqual([null, false]);
});

test('another was first: their days are taken over, one’s own stay and say from what they are now', () => {
  const editor = new YearEditor(2026, calendar);
  editor.toggle(THURSDAY);
  editor.rebase({ ...calendar, off: [...calendar.off, FRIDAY] });
  expect(editor.worksOn(FRIDAY)).toBe(false);
  expect(editor.change.days).toEqual([{ day: THURSDAY, from: true, to: false }]);
  // they did the same
  editor.rebase({ ...calendar, off: [...calendar.off, THURSDAY] });
  expect([editor.change.days, editor.touched]).toEqual([[], false]);
});
