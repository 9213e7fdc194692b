/**
 * 疑似重复: what this device holds of the same applicant for the same item within 30 days. The office looks again over the
 * whole county; nobody is refused for it, but a reason goes along.
 */
import { addDays, chineseDay, formatMonthDay, type Day } from '#lib/domain/day.ts';
import type { Draft } from '#lib/domain/draft.ts';
import { DUPLICATE_DAYS, FRUITLESS } from '#lib/domain/facts.ts';
import { STATE_NAMES } from '#lib/domain/state.ts';
import { holderOf, sameAs, type Told } from './told-before.ts';

export interface Similar {
  /** When, and how it stands. */
  text: string;
  href: string;
  /** It was submitted: going on needs a reason. A draft is only pointed out. */
  submitted: boolean;
}

/** The latest one; null when there is none. */
export function similarHere(draft: Draft, told: Told, today: Day): Similar | null {
  const isTheirs = sameAs(holderOf(draft.applicant), today);
  const since = addDays(today, -DUPLICATE_DAYS);
  const application = told.applications.find(
    ({ id, item, applicant, receivedOn, state }) =>
      id !== draft.id &&
      item.code === draft.item.code &&
      receivedOn >= since &&
      !FRUITLESS.includes(state) &&
      isTheirs(applicant),
  );
  if (application) {
    const { id, receivedOn, state } = application;
    return {
      text: `${formatMonthDay(receivedOn)}收过，现在${STATE_NAMES[state]}`,
      href: `/desk/applications/${id}`,
      submitted: true,
    };
  }
  const other = told.drafts.find(
    ({ id, item, applicant, updatedAt }) =>
      id !== draft.id &&
      item.code === draft.item.code &&
      chineseDay(updatedAt) >= since &&
      isTheirs(holderOf(applicant)),
  );
  if (!other) return null;
  const text = `${formatMonthDay(chineseDay(other.updatedAt))}填过一份草稿，还没提交`;
  return { text, href: `/desk/draft/${other.id}`, submitted: false };
}
