/** 日历和规则: which years the calendar knows and which is missing; the policies, changed here. Nothing is in force before a release. */
import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { knownYears, missingCalendar } from '#lib/catalogue/calendar-check.ts';
import { daysOfYear, yearOf } from '#lib/catalogue/calendar-edit.ts';
import { applyPolicyChanges, POLICY_RULES, readPolicyForm, valueWords } from '#lib/catalogue/policy-rules.ts';
import { isSimulated, isWorkday } from '#lib/domain/calendar.ts';
import { chineseDay } from '#lib/domain/day.ts';
import { wordsBefore } from '#lib/server/county/ask-first.ts';
import { readBasis } from '#lib/server/county/basis.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { touchedBy } from '#lib/server/county/touched-by.ts';
import { changePolicy, dropChanges, readWorkingRules } from '#lib/server/county/working-rules.ts';
import { textOf } from '#lib/server/http/form-text.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const { store, clock } = theOffice();
  const { rules, touched } = await store.read(async (trx) => {
    const read = await readWorkingRules(trx, county.id);
    return { rules: read, touched: await touchedBy(trx, read.touched) };
  });
  const { calendar, policy, inForce } = rules;
  const changedIn = (year: number): number =>
    daysOfYear(year).filter((day) => isWorkday(calendar, day) !== isWorkday(inForce.calendar, day)).length;
  return {
    missing: missingCalendar(calendar, chineseDay(clock.now())),
    /** The newest first: it is what is looked for. */
    years: knownYears(calendar)
      .map((figures) => ({
        ...figures,
        isNew: `${figures.year}-12-31` > inForce.calendar.validThrough,
        changed: changedIn(figures.year),
        /** Simulated in force, entered from its notice here. */
        confirmed: !figures.simulated && isSimulated(inForce.calendar, `${figures.year}-12-31`),
      }))
      .reverse(),
    nextYear: yearOf(calendar.validThrough) + 1,
    policy: POLICY_RULES.map(({ key, label, unit, hint, least, most, get }) => ({
      ...{ key, label, unit, hint, least, most },
      value: get(policy),
      inForce: get(policy) === get(inForce.policy) ? null : valueWords(unit, get(inForce.policy)),
    })),
    touched,
  };
};

const seenName = (key: string): string => `seen.${key}`;

export const actions: Actions = {
  async policy(event) {
    const admin = await requireAdmin(event);
    const office = theOffice();
    const county = admin.county.id;
    const form = await event.request.formData();
    // what was left as it was seen follows what somebody else has made of it meanwhile
    const said = Object.fromEntries(
      POLICY_RULES.map(({ key }) => [key, textOf(form, key)]).filter(
        ([key, text]) => text !== textOf(form, seenName(key!)),
      ),
    ) as Record<string, string>;
    const { basis, problem } = readBasis(form.get('basis'));
    const read = readPolicyForm(
      (key) => textOf(form, key),
      (key) => textOf(form, seenName(key)),
    );
    const refuse = (
      status: number,
      more: { problems?: Record<string, string>; asked?: string[]; clash?: string[] },
    ) => fail(status, { at: 'policy' as const, said, basis, problems: {}, asked: [], clash: [], ...more });

    const problems = { ...read.problems };
    if (problem !== undefined) problems.basis = problem;
    else if (basis === '' && read.changes.length > 0) problems.basis = '请写依据：哪个文件、哪次会定的';
    if (Object.keys(problems).length > 0) return refuse(400, { problems });
    if (read.changes.length === 0) return { at: 'policy' as const, saved: 0 };

    const before = await office.store.read((trx) => readWorkingRules(trx, county));
    const tried = applyPolicyChanges(before.policy, read.changes);
    if (tried.is === 'done') {
      const { calendar } = before;
      const rules = { old: { calendar, policy: before.policy }, next: { calendar, policy: tried.policy } };
      const asked = await wordsBefore(office, county, rules);
      if (asked.join('\n') !== textOf(form, 'sure')) return refuse(409, { asked });
    }
    const writing = { county, by: admin.id, now: office.clock.now(), basis };
    const kept = await office.store.write((trx) => changePolicy(trx, read.changes, writing));
    if (kept.is === 'unfit') return refuse(400, { problems: { [kept.key]: kept.text } });
    if (kept.is === 'clash') return refuse(409, { clash: kept.keys });
    return { at: 'policy' as const, saved: read.changes.length };
  },

  async drop(event) {
    const form = await event.request.formData();
    const rule = (['calendar', 'policy'] as const).find((one) => one === textOf(form, 'rule'));
    if (!rule) error(400, '没有这一类规则');
    const dropped = await drop(event, rule, textOf(form, 'seen'));
    return dropped
      ? { at: 'drop' as const, dropped: rule }
      : fail(409, { at: 'drop' as const, dropped: null });
  },
};

async function drop(event: RequestEvent, rule: 'calendar' | 'policy', seen: string): Promise<boolean> {
  const admin = await requireAdmin(event);
  const { store, clock } = theOffice();
  const who = { county: admin.county.id, by: admin.id, now: clock.now(), seen };
  return store.write((trx) => dropChanges(trx, rule, who));
}
