/**
 * What a person sees of an application: the confirmed state with this device's own commands played on it (I6). Pure. A
 * command that the rules refuse by now is left out of the state and told as doubtful; it is never dropped: only the
 * office's outcome ends it.
 */
import { decide } from '#lib/domain/decide.ts';
import { evolve } from '#lib/domain/evolve.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Application } from '#lib/domain/state.ts';
import type { WireCommand } from '#lib/protocol/command.ts';

export interface Folded {
  /** null: not received yet, or its receive is refused. */
  state: Application | null;
  /** Commands that are in `state`, in order. */
  played: string[];
  /** Commands that the rules refuse on this state. */
  doubtful: { command: string; refusal: Refusal }[];
}

/** What the judge knows about a command on that state; `now` is the device's clock at the press. */
export type FactsFor = (command: WireCommand, state: Application | null) => Facts;

/** `pending` in order of n. */
export function foldPending(
  confirmed: Application | null,
  pending: readonly WireCommand[],
  factsFor: FactsFor,
): Folded {
  let state = confirmed;
  const played: string[] = [];
  const doubtful: Folded['doubtful'] = [];
  for (const command of pending) {
    const facts = factsFor(command, state);
    const verdict = decide(state, command, facts);
    if (isRefusal(verdict)) {
      doubtful.push({ command: command.id, refusal: verdict });
      continue;
    }
    for (const event of verdict) {
      state = evolve(state, {
        applicationId: command.applicationId,
        rev: (state?.rev ?? 0) + 1,
        actor: { id: facts.actor.id, name: facts.actor.name },
        now: facts.now,
        event,
      });
    }
    played.push(command.id);
  }
  return { state, played, doubtful };
}
