/**
 * A year as a person is changing it: days by hand, or all of them from a notice. When somebody else has changed the calendar
 * meanwhile, theirs is taken over where this person changed nothing; nothing that was set goes away.
 */
import { isWeekday, yearChange, type CalendarChange, type DayChange } from '#lib/catalogue/calendar-edit.ts';
import { isWorkday, type Calendar } from '#lib/domain/calendar.ts';
import { compareDays, type Day } from '#lib/domain/day.ts';

export class YearEditor {
  readonly year: number;
  #calendar = $state.raw<Calendar>()!;
  /** Day → whether it is to be worked, as this person set it. */
  #said = $state.raw<ReadonlyMap<Day, boolean>>(new Map());
  /** All of the year was read from a notice: what it does not name is as the week has it. */
  #entered = $state(false);

  constructor(year: number, calendar: Calendar) {
    this.year = year;
    this.#calendar = calendar;
  }

  /** null where nobody knows: the calendar does not reach that far, and no notice was read. */
  worksOn(day: Day): boolean | null {
    return this.#said.get(day) ?? (this.#entered ? isWeekday(day) : isWorkday(this.#calendar, day));
  }

  get change(): CalendarChange {
    if (this.#entered) return yearChange(this.#calendar, this.year, this.#said);
    const days = [...this.#said].flatMap(([day, to]): DayChange[] => {
      const from = isWorkday(this.#calendar, day);
      return from === to ? [] : [{ day, from, to }];
    });
    return { days: days.sort((a, b) => compareDays(a.day, b.day)) };
  }

  /** What is shown of the change: of a new year what is otherwise than its weeks. */
  get shown(): readonly DayChange[] {
    return this.change.days.filter(({ day, from, to }) => from !== null || to !== isWeekday(day));
  }

  get touched(): boolean {
    return this.#entered || this.change.days.length > 0;
  }

  isChanged(day: Day): boolean {
    const from = isWorkday(this.#calendar, day);
    return from !== null && this.worksOn(day) !== from;
  }

  toggle(day: Day): void {
    const now = this.worksOn(day);
    if (now !== null) this.#said = new Map([...this.#said, [day, !now]]);
  }

  /** The whole year as a notice has it. */
  take(said: ReadonlyMap<Day, boolean>): void {
    this.#said = new Map(said);
    this.#entered = true;
  }

  undo(): void {
    this.#said = new Map();
    this.#entered = false;
  }

  /** Somebody else was first. */
  rebase(calendar: Calendar): void {
    this.#calendar = calendar;
  }
}
