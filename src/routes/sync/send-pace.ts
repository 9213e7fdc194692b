/** How long it takes yet (还要约 3 分钟), from how fast bytes have left lately. Pure; the page gives the times. */

interface Sample {
  at: number;
  left: number;
}

/** Speed is the mean over this long: a village line stops and goes. */
const WINDOW_MS = 60_000;
/** Before this no speed is known; after such a silence none is any more. */
const FIRST_MS = 3_000;
const SILENT_MS = 30_000;

export class SendPace {
  #samples: Sample[] = [];

  /** `left`: bytes that have to go yet. Times in milliseconds, rising. */
  note(at: number, left: number): void {
    const last = this.#samples.at(-1);
    // more was queued: what went before says nothing about how far it is now
    if (last && left > last.left) this.#samples = [];
    if (!last || left !== last.left) this.#samples.push({ at, left });
    this.#samples = this.#samples.filter((sample) => at - sample.at <= WINDOW_MS);
  }

  /** Seconds until all is gone; null while nobody can tell. */
  secondsLeft(now: number): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.left === 0) return null;
    const took = last.at - first.at;
    if (took < FIRST_MS || now - last.at > SILENT_MS) return null;
    return (last.left * took) / (first.left - last.left) / 1000;
  }
}

/** 还要约 3 分钟; nothing while it is unknown. */
export function paceText(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 60) return '还要不到 1 分钟';
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `还要约 ${minutes} 分钟`;
  const hours = seconds / 3600;
  return hours > 24 ? '照这样还要一天以上' : `还要约 ${Math.round(hours)} 小时`;
}
