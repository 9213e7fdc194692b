/** 经过: what has happened to a case, who did it and when; then where it stands and which day is next. */
import { runningClocks, type Clock } from '#lib/domain/clocks.ts';
import { formatMonthDay } from '#lib/domain/day.ts';
import type { KnownFacts } from '#lib/domain/facts.ts';
import { isClosed, STATE_NAMES, type Application } from '#lib/domain/state.ts';
import type { TimelineEntry } from '#lib/ui/Timeline.svelte';
import { historySteps } from '../../history-steps.ts';
import { shortInstant } from '../queue.ts';

const CLOCK_WORDS: Record<string, string> = {
  acceptance: '答复期限（受理、补正或不予受理）',
  correction: '补正期限',
  promise: '承诺期限',
  statutory: '法定期限',
  delivery: '送达期限',
};

export function clockWords(clock: Clock, facts: KnownFacts): string {
  const [name = '', material] = clock.name.split(':');
  const what = material
    ? `容缺期限：${facts.item.materials.find((one) => one.code === material)?.name ?? material}`
    : (CLOCK_WORDS[name] ?? name);
  return `${what} ${clock.due === null ? '日历未更新' : formatMonthDay(clock.due)}`;
}

export function course(app: Application, facts: KnownFacts): TimelineEntry[] {
  const past = historySteps(app.history).map(({ name, actor, at, note }): TimelineEntry => ({
    text: note ? `${name}：${note}` : name,
    note: `${shortInstant(at)}，${actor.name}`,
  }));
  if (isClosed(app.state)) return past;
  const ahead = runningClocks(app, facts)
    .sort((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1))
    .map((clock): TimelineEntry => ({ text: clockWords(clock, facts), is: 'ahead' }));
  return [...past, { text: STATE_NAMES[app.state], is: 'now' }, ...ahead];
}
