/**
 * What the worker went through, for the diagnosis: the last 200 turns, each a time, a code of a closed list and a number.
 * Codes only, so that nothing about a person can ever stand in it. Kept on the disk now and then: a station that died
 * still tells.
 */
import type { Instant } from '#lib/domain/day.ts';
import { isInstant } from '#lib/domain/day.ts';
import { ALARM_CODES, PHASES, type SyncStatus } from './status.ts';

export interface LogLine {
  at: Instant;
  /** `phase.sending`, `alarm.stalled`, `alarm.none`, `refused.photos`. */
  code: string;
  /** Commands that wait at that moment; photos for `refused.photos`. */
  n: number;
}

const LINES = 200;
const CODES: ReadonlySet<string> = new Set([
  ...PHASES.map((phase) => `phase.${phase}`),
  ...ALARM_CODES.map((code) => `alarm.${code}`),
  'alarm.none',
  'refused.photos',
]);

/** What is one of ours, whatever lay on the disk. */
export function readLog(value: unknown): LogLine[] {
  if (!Array.isArray(value)) return [];
  const lines = (value as Partial<LogLine>[]).flatMap((line) => {
    const { at, code, n } = line ?? {};
    const ours = isInstant(at) && typeof code === 'string' && CODES.has(code) && Number.isFinite(n);
    return ours ? [{ at, code, n: n as number }] : [];
  });
  return lines.slice(-LINES);
}

export class WorkerLog {
  #lines: LogLine[] = [];
  #last: SyncStatus | null = null;

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** What an earlier worker kept comes before. */
  restore(kept: unknown): void {
    this.#lines = [...readLog(kept), ...this.#lines].slice(-LINES);
  }

  /** True when something was added. */
  note(status: SyncStatus, at: Instant): boolean {
    const last = this.#last;
    this.#last = status;
    const { phase, alarm, waiting, photos } = status;
    const fresh: LogLine[] = [];
    if (last?.phase !== phase) fresh.push({ at, code: `phase.${phase}`, n: waiting });
    if ((last?.alarm?.code ?? null) !== (alarm?.code ?? null)) {
      fresh.push({ at, code: `alarm.${alarm?.code ?? 'none'}`, n: waiting });
    }
    if ((last?.photos.refused ?? 0) !== photos.refused) {
      fresh.push({ at, code: 'refused.photos', n: photos.refused });
    }
    this.#lines = [...this.#lines, ...fresh].slice(-LINES);
    return fresh.length > 0;
  }
}
