/**
 * Limits guessing of enrolment codes and of administrators' passphrases, by address and for the whole office. In memory:
 * a restart forgives, and 40 random bits that live 15 minutes are not guessed in what it forgives.
 */
import { instantMs, type Instant } from '#lib/domain/day.ts';

const WINDOW_MS = 15 * 60_000;
const PER_ADDRESS = 5;
const ALTOGETHER = 60;

export class GuessLimit {
  #wrong: { ip: string; at: number }[] = [];

  /** Seconds to wait before the next try; 0: go ahead. */
  wait(ip: string, now: Instant): number {
    const ms = instantMs(now);
    this.#wrong = this.#wrong.filter(({ at }) => ms - at < WINDOW_MS && at <= ms);
    const mine = this.#wrong.filter((one) => one.ip === ip);
    const oldest =
      mine.length >= PER_ADDRESS ? mine[0] : this.#wrong.length >= ALTOGETHER ? this.#wrong[0] : null;
    return oldest ? Math.ceil((oldest.at + WINDOW_MS - ms) / 1000) : 0;
  }

  wrong(ip: string, now: Instant): void {
    this.#wrong.push({ ip, at: instantMs(now) });
  }

  /** A try that was counted before it was looked at (so that many at once are many) turned out right. */
  right(ip: string): void {
    const last = this.#wrong.findLastIndex((one) => one.ip === ip);
    if (last >= 0) this.#wrong.splice(last, 1);
  }
}
