/**
 * The county's working-day calendar and policies as they are edited (工作清单 beside the item sheets); only a release puts them
 * in force. Invariants: a change says from what it was made, so nobody's is overwritten unseen; nothing is written that the
 * rules of catalogue/calendar-edit.ts and policy-rules.ts refuse; each change is in the audit with its 依据.
 */
import { applyCalendarChange, isWeekday, type CalendarChange } from '#lib/catalogue/calendar-edit.ts';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import { applyPolicyChanges, type PolicyChange } from '#lib/catalogue/policy-rules.ts';
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import { isWorkday, type Calendar } from '#lib/domain/calendar.ts';
import type { Day, Instant } from '#lib/domain/day.ts';
import { audit } from '../audit.ts';
import { lockCounty } from '../catalogue/plan-rows.ts';
import { readCalendar, readPolicy } from '../catalogue/rules.ts';
import type { Trx } from '../db/dialect.ts';
import type { ListRuleTable } from '../db/schema-list.ts';

export type RuleName = ListRuleTable['rule'];

/** What allows a day to be so: 国办发明电〔2025〕7号. */
export type Reasons = Readonly<Record<Day, string>>;

interface CalendarSheet {
  calendar: Calendar;
  reasons: Reasons;
}

export interface Touched {
  at: Instant;
  /** Staff id. */
  by: string;
}

export interface WorkingRules {
  calendar: Calendar;
  reasons: Reasons;
  policy: CountyPolicy;
  /** Who changed it last; null where it is as in force. */
  touched: Record<RuleName, Touched | null>;
  inForce: { calendar: Calendar; policy: CountyPolicy };
}

export async function readWorkingRules(trx: Trx, county: string): Promise<WorkingRules> {
  const inForce = { calendar: await readCalendar(trx, county), policy: await readPolicy(trx, county) };
  const rows = await trx.selectFrom('list_rule').selectAll().where('county', '=', county).execute();
  const of = (rule: RuleName) => rows.find((row) => row.rule === rule);
  const [calendar, policy] = [of('calendar'), of('policy')];
  const touched = (row: ListRuleTable | undefined): Touched | null =>
    row ? { at: row.updated_at, by: row.updated_by } : null;
  return {
    ...(calendar
      ? (JSON.parse(calendar.data) as CalendarSheet)
      : { calendar: inForce.calendar, reasons: {} }),
    policy: policy ? (JSON.parse(policy.data) as CountyPolicy) : inForce.policy,
    touched: { calendar: touched(calendar), policy: touched(policy) },
    inForce,
  };
}

export interface RuleWriting {
  county: string;
  by: string;
  now: Instant;
  /** Number of the paper that says so. */
  basis: string;
}

export type CalendarKept =
  | { is: 'written'; calendar: Calendar }
  /** Nothing was written: these days are otherwise now. */
  | { is: 'clash'; days: Day[] }
  | { is: 'unfit'; text: string };

/** Inside one write. */
export async function changeCalendar(
  trx: Trx,
  change: CalendarChange,
  { county, by, now, basis }: RuleWriting,
): Promise<CalendarKept> {
  await lockCounty(trx, county);
  const { calendar, reasons } = await readWorkingRules(trx, county);
  const outcome = applyCalendarChange(calendar, change);
  if (outcome.is !== 'done') return outcome;
  const changed = change.days.filter(({ day, to }) => isWorkday(calendar, day) !== to);
  // a weekend or a weekday of a new year is so without a paper
  const founded = changed.filter(({ day, from, to }) => from !== null || to !== isWeekday(day));
  const sheet: CalendarSheet = {
    calendar: outcome.calendar,
    reasons: { ...reasons, ...Object.fromEntries(founded.map(({ day }) => [day, basis])) },
  };
  await keep(trx, { county, rule: 'calendar', data: canonicalJson(sheet), updated_at: now, updated_by: by });
  const which = change.year === undefined ? { days: founded.map(said).join(' ') } : { year: change.year };
  const detail = { county, rule: 'calendar', count: changed.length, basis, ...which };
  await audit(trx, now, [{ who: by, what: 'rulesChanged', detail }]);
  return { is: 'written', calendar: outcome.calendar };
}

const said = ({ day, to }: { day: Day; to: boolean }): string => `${day}=${to ? 'work' : 'off'}`;

export type PolicyKept =
  | { is: 'written'; policy: CountyPolicy }
  | { is: 'clash'; keys: string[] }
  | { is: 'unfit'; key: string; text: string };

/** Inside one write. */
export async function changePolicy(
  trx: Trx,
  changes: readonly PolicyChange[],
  { county, by, now, basis }: RuleWriting,
): Promise<PolicyKept> {
  await lockCounty(trx, county);
  const { policy } = await readWorkingRules(trx, county);
  const outcome = applyPolicyChanges(policy, changes);
  if (outcome.is !== 'done') return outcome;
  const data = canonicalJson(outcome.policy);
  await keep(trx, { county, rule: 'policy', data, updated_at: now, updated_by: by });
  const what = changes.map(({ key, from, to }) => `${key}:${from}→${to}`).join(' ');
  const detail = { county, rule: 'policy', count: changes.length, basis, what };
  await audit(trx, now, [{ who: by, what: 'rulesChanged', detail }]);
  return { is: 'written', policy: outcome.policy };
}

/** Throws away what was not released (回到现行); false where somebody changed it after `seen`. */
export async function dropChanges(
  trx: Trx,
  rule: RuleName,
  { county, by, now, seen }: Omit<RuleWriting, 'basis'> & { seen: Instant },
): Promise<boolean> {
  await lockCounty(trx, county);
  const dropped = await trx
    .deleteFrom('list_rule')
    .where('county', '=', county)
    .where('rule', '=', rule)
    .where('updated_at', '=', seen)
    .returning('rule')
    .execute();
  if (dropped.length === 0) return false;
  await audit(trx, now, [{ who: by, what: 'rulesChanged', detail: { county, rule, count: 0 } }]);
  return true;
}

async function keep(trx: Trx, row: ListRuleTable): Promise<void> {
  const { data, updated_at, updated_by } = row;
  await trx
    .insertInto('list_rule')
    .values(row)
    .onConflict((on) => on.columns(['county', 'rule']).doUpdateSet({ data, updated_at, updated_by }))
    .execute();
}
