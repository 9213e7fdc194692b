/**
 * 提交: a draft becomes one command. The id is made once and is on disk before the command; a second press, or Enter beside
 * the button, joins the first. A try that could not be kept leaves the draft as it is, and the next try takes the same number.
 */
import { receiveBodyOf, type Submission as Paper } from '#lib/domain/draft.ts';
import { chineseDay } from '#lib/domain/day.ts';
import type { DeviceRecord } from '../store/device.ts';
import { act, type Acted } from './act.ts';
import { newCommandId } from './ids.ts';
import type { DraftEditor } from './draft-editor.svelte.ts';
import { now } from './now.svelte.ts';
import { newQueryToken, takeReceiptNumber } from './receipts.ts';

export class Submission {
  /** It runs; pressing again changes nothing. */
  busy = $state(false);
  /** How the last try ended. */
  outcome = $state.raw<Acted>();

  #running: Promise<Acted> | undefined;
  #paper: Omit<Paper, 'signature'> | undefined;

  /** The draft must be signed and its steps done. `actor`: staff id of whoever presses. */
  submit(editor: DraftEditor, device: DeviceRecord, actor: string): Promise<Acted> {
    return (this.#running ??= this.#run(editor, device, actor).finally(() => (this.#running = undefined)));
  }

  async #run(editor: DraftEditor, device: DeviceRecord, actor: string): Promise<Acted> {
    this.busy = true;
    this.outcome = undefined;
    try {
      this.outcome = await this.#send(editor, device, actor);
      return this.outcome;
    } finally {
      this.busy = false;
    }
  }

  async #send(editor: DraftEditor, device: DeviceRecord, actor: string): Promise<Acted> {
    const { draft, item } = editor;
    if (draft === undefined || item === undefined || draft.signature === null) {
      throw new Error('only a signed draft can be submitted');
    }
    const id = (draft.commandId ??= newCommandId());
    editor.changed();
    await editor.flush();
    if (editor.failure !== undefined) return { is: 'failed', why: editor.failure };

    const receivedOn = chineseDay(now());
    if (this.#paper?.receivedOn !== receivedOn) {
      const taken = await takeReceiptNumber(device, receivedOn);
      if ('why' in taken) return { is: 'failed', why: taken.why };
      this.#paper = {
        receiptNumber: taken.number,
        queryToken: newQueryToken(),
        site: device.site.id,
        receivedOn,
      };
    }
    const filled = $state.snapshot(draft);
    const body = receiveBodyOf(filled, item, { ...this.#paper, signature: $state.snapshot(draft.signature) });
    return act({
      command: { kind: 'receive', body },
      applicationId: draft.id,
      actor,
      id,
      item: filled.item,
      draft: draft.id,
      ...(draft.supersedes === null ? {} : { supersedes: draft.supersedes }),
    });
  }
}
