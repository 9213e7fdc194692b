/**
 * A button that acts: one command id from the first press until the act is over, so that a double click or an impatient
 * Enter sends one command; busy meanwhile; what came of it stays beside the button.
 */
import type { SentCommand } from '#lib/protocol/command.ts';
import { act, type Acted } from './act.ts';
import { newCommandId } from './ids.ts';
import { session } from './session.svelte.ts';

export class ActButton {
  busy = $state(false);
  result = $state.raw<Acted>();
  #id: string | undefined;

  /** Presses the button for an existing application; does nothing while an earlier press is under way. */
  async press(applicationId: string, command: SentCommand, supersedes?: string): Promise<Acted | undefined> {
    if (this.busy || session.staff === null) return undefined;
    this.busy = true;
    this.#id ??= newCommandId();
    const order = { applicationId, command, id: this.#id, actor: session.staff.id };
    this.result = await act(supersedes === undefined ? order : { ...order, supersedes });
    // a refused or failed press may be corrected and pressed again: that is another command
    this.#id = undefined;
    this.busy = false;
    return this.result;
  }
}
