/** 经过 as people read it: photos that were verified one after the other are one step, and hide nothing that was done. */
import { EVENT_NAMES, type EventKind } from '#lib/domain/events.ts';
import type { HistoryLine } from '#lib/domain/state.ts';

export interface HistoryStep extends Pick<HistoryLine, 'actor' | 'note'> {
  name: string;
  /** When it was done; of several photos, when the last one was. */
  at: string;
}

export function historySteps(history: readonly HistoryLine[]): HistoryStep[] {
  const steps: HistoryStep[] = [];
  let photos = 0;
  for (const { event, actor, at, note } of history) {
    const name = EVENT_NAMES[event as EventKind] ?? event;
    photos = event === 'photoVerified' ? photos + 1 : 0;
    if (photos > 1) steps.pop();
    steps.push({
      name: photos > 1 ? `${name} ${photos} 张` : name,
      actor,
      at,
      ...(note === undefined ? {} : { note }),
    });
  }
  return steps;
}
