/** The device's clock for pages: the instant of an act, and a day and minute that redraw themselves. */
import { createSubscriber } from 'svelte/reactivity';
import { chineseDay, type Day, type Instant } from '#lib/domain/day.ts';

export const now = (): Instant => new Date().toISOString();

const everyMinute = createSubscriber((update) => {
  const timer = setInterval(update, 60_000);
  return () => clearInterval(timer);
});

/** Today in China by this device's clock; redraws within a minute of midnight. */
export function today(): Day {
  everyMinute();
  return chineseDay(now());
}

/** Now, redrawn each minute. */
export function currentMinute(): Instant {
  everyMinute();
  return now();
}
