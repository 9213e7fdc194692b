/** One year of the working-day calendar: its months, and what is changed of it. Whoever was overtaken is told and loses nothing. */
import { error, fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { applyCalendarChange, yearOf, type CalendarChange } from '#lib/catalogue/calendar-edit.ts';
import { chineseDay, isDay } from '#lib/domain/day.ts';
import { wordsBefore } from '#lib/server/county/ask-first.ts';
import { readBasis } from '#lib/server/county/basis.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { touchedBy } from '#lib/server/county/touched-by.ts';
import { changeCalendar, readWorkingRules } from '#lib/server/county/working-rules.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

/** A year and the last days of the one before. */
const MOST_DAYS = 400;

const sent = v.object({
  days: v.pipe(
    v.array(
      v.object({
        day: v.pipe(
          v.string(),
          v.check((text) => isDay(text)),
        ),
        from: v.nullable(v.boolean()),
        to: v.boolean(),
      }),
    ),
    v.maxLength(MOST_DAYS),
  ),
  year: v.optional(v.number()),
});

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const { store, clock } = theOffice();
  const { rules, touched } = await store.read(async (trx) => {
    const read = await readWorkingRules(trx, county.id);
    return { rules: read, touched: await touchedBy(trx, read.touched) };
  });
  const { calendar, inForce, reasons } = rules;
  const [first, last] = [yearOf(calendar.validFrom), yearOf(calendar.validThrough)];
  const year = /^\d{4}$/.test(event.params.year) ? Number(event.params.year) : 0;
  if (year < first || year > last + 1)
    error(404, `日历从 ${first} 年到 ${last} 年，下一个可以录入的是 ${last + 1} 年`);
  return {
    year,
    isNew: year > last,
    calendar,
    inForce: inForce.calendar,
    reasons: Object.fromEntries(Object.entries(reasons).filter(([day]) => yearOf(day) === year)),
    today: chineseDay(clock.now()),
    touched: touched.calendar,
  };
};

export const actions: Actions = {
  async save(event) {
    const admin = await requireAdmin(event);
    const office = theOffice();
    const county = admin.county.id;
    const form = await event.request.formData();
    const { basis, problem } = readBasis(form.get('basis'));
    const refuse = (status: number, more: { problem?: string; basisProblem?: string; asked?: string[] }) =>
      fail(status, { basis, problem: '', basisProblem: '', asked: [], theirs: null, clash: [], ...more });

    const change = readChange(textOf(form, 'change'));
    if (!change) return refuse(400, { problem: '内容没有传完整，请再存一次' });
    if (change.days.length === 0 && change.year === undefined)
      return refuse(400, { problem: '还没有改哪一天。请点日子，或者贴上通知，再保存' });
    if (problem !== undefined) return refuse(400, { basisProblem: problem });
    if (basis === '')
      return refuse(400, { basisProblem: '请写依据：通知的文号，例如：国办发明电〔2025〕7号' });

    const { calendar, policy } = await office.store.read((trx) => readWorkingRules(trx, county));
    const tried = applyCalendarChange(calendar, change);
    if (tried.is === 'unfit') return refuse(409, { problem: tried.text });
    if (tried.is === 'done') {
      const rules = { old: { calendar, policy }, next: { calendar: tried.calendar, policy }, change };
      const asked = await wordsBefore(office, county, rules);
      if (asked.join('\n') !== textOf(form, 'sure')) return refuse(409, { asked });
    }
    const writing = { county, by: admin.id, now: office.clock.now(), basis };
    const kept = await office.store.write((trx) => changeCalendar(trx, change, writing));
    switch (kept.is) {
      case 'unfit':
        return refuse(409, { problem: kept.text });
      case 'clash': {
        const now = await office.store.read((trx) => readWorkingRules(trx, county));
        return fail(409, {
          ...{ basis, problem: '', basisProblem: '', asked: [] as string[] },
          theirs: now.calendar,
          clash: kept.days,
        });
      }
      case 'written':
        return { saved: change.days.length };
    }
  },
};

function readChange(text: string): CalendarChange | null {
  try {
    const read = v.safeParse(sent, JSON.parse(text));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}
