/** Cases of the same applicant for the same item within the days in which two are looked at (疑似重复), latest first. */
import { readApplicantNumber } from '#lib/domain/applicant.ts';
import { addDays, formatMonthDay, type Day } from '#lib/domain/day.ts';
import { DUPLICATE_DAYS } from '#lib/domain/facts.ts';
import { STATE_NAMES, type Application } from '#lib/domain/state.ts';

export function similarCases(
  app: Application,
  all: readonly Application[],
  today: Day,
): { id: string; text: string }[] {
  const since = addDays(app.receivedOn, -DUPLICATE_DAYS);
  const number = numberOf(app, today);
  return all
    .filter(
      (other) =>
        other.id !== app.id &&
        other.item.code === app.item.code &&
        other.receivedOn >= since &&
        number !== null &&
        numberOf(other, today) === number,
    )
    .sort((a, b) => (a.receivedOn < b.receivedOn ? 1 : -1))
    .map(({ id, receivedOn, state }) => ({
      id,
      text: `${formatMonthDay(receivedOn)}收的那件，现在${STATE_NAMES[state]}`,
    }));
}

function numberOf({ applicant }: Application, today: Day): string | null {
  const read = readApplicantNumber(applicant, today);
  return read.ok ? `${applicant.idKind} ${read.number}` : null;
}
