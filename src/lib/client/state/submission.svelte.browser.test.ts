import { afterEach, beforeEach, expect, test } from 'vitest';
import { chineseDay } from '#lib/domain/day.ts';
import { parseReceiptNumber } from '#lib/domain/receipt-number.ts';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import { item, signature, SITE } from '../../../../tests/support/builders.ts';
import { deviceRecord, enrolledStore } from '../../../../tests/support/device-store.ts';
import { AGENT, ITEM_HASH } from '../../../../tests/support/small-office.ts';
import type { DeviceRecord } from '../store/device.ts';
import type { Store } from '../store/open-database.ts';
import { readOutboxItem } from '../store/outbox.ts';
import { beginDraft, DraftEditor } from './draft-editor.svelte.ts';
import { now } from './now.svelte.ts';
import { Submission } from './submission.svelte.ts';

let store: Store;
let device: DeviceRecord;
let editor: DraftEditor;

/** A draft of an allowance, filled in and signed, open as on the page. */
async function signedDraft(): Promise<DraftEditor> {
  const begun = await beginDraft(item(), ITEM_HASH, AGENT.id);
  if ('why' in begun) throw new Error(begun.why);
  const opened = new DraftEditor();
  await opened.open(begun.id, AGENT.id);
  const draft = opened.draft!;
  const { name, idNumber, phone } = samplePerson(0, { birthDate: '1943-03-08' });
  Object.assign(draft.applicant, { name, idNumber, phone, address: '示例镇样本村一组' });
  draft.handledBy = 'self';
  draft.answers = { livingMode: '独居', liaisonName: '王样本' };
  draft.materials = item().materials.map(({ code, kind, required }) => ({
    code,
    kind,
    status: required ? 'received' : 'notNeeded',
    copies: required ? 1 : 0,
  }));
  draft.signature = signature(name);
  opened.changed();
  await opened.flush();
  return opened;
}

beforeEach(async () => {
  // the database that pages use; enrolled as this device
  store = await enrolledStore('jinban');
  device = await deviceRecord();
  await store.db.items.put({ hash: ITEM_HASH, code: item().code, item: item() });
  editor = await signedDraft();
});
afterEach(async () => {
  await editor.close();
  await Promise.all(store.db.tables.map((table) => table.clear()));
  await store.db.meta.put({ key: 'schema', value: 1 });
});

const commands = () => store.db.outbox.toArray();

test('a double click, and Enter beside the button, send one command', async () => {
  const submission = new Submission();
  const presses = await Promise.all([1, 2, 3].map(() => submission.submit(editor, device, AGENT.id)));
  expect(presses.map(({ is }) => is)).toEqual(['kept', 'kept', 'kept']);
  expect(await commands()).toHaveLength(1);
  expect(submission.busy).toBe(false);
});

test('the draft has become the command: same id, nothing left of the draft, a number of this device and day', async () => {
  const { id, commandId } = await submitOnce();
  const [row] = await commands();
  expect(row).toMatchObject({ id: commandId, applicationId: id, kind: 'receive', actor: AGENT.id });
  expect(await store.db.drafts.get(id)).toBeUndefined();
  const command = (await readOutboxItem(store, row!.id))!.command!;
  if (command.kind !== 'receive') throw new Error(command.kind);
  expect(parseReceiptNumber(command.body.receiptNumber)).toEqual({
    site: SITE.code,
    device: SITE.device,
    day: chineseDay(now()),
    serial: 1,
  });
  expect(command.body.queryToken).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(command.body.present).toBe(true);
});

test('the command’s id is on the disk before the command: a crash in between cannot make two', async () => {
  const flush = editor.flush.bind(editor);
  const seen: { sent: number; kept: string | null }[] = [];
  editor.flush = async () => {
    await flush();
    editor.flush = flush;
    const again = new DraftEditor();
    await again.open(editor.draft!.id, AGENT.id);
    seen.push({ sent: (await commands()).length, kept: again.draft!.commandId });
    await again.close();
  };
  const { commandId } = await submitOnce();
  expect(commandId).not.toBeNull();
  expect(seen).toEqual([{ sent: 0, kept: commandId }]);
  expect((await commands()).map(({ id }) => id)).toEqual([commandId]);
});

test('two applications of a day have two numbers and two tokens', async () => {
  await submitOnce();
  await editor.close();
  editor = await signedDraft();
  await submitOnce();
  const opened = await Promise.all((await commands()).map(({ id }) => readOutboxItem(store, id)));
  const bodies = opened.flatMap((one) => (one?.command?.kind === 'receive' ? one.command.body : []));
  expect(new Set(bodies.map((body) => body.receiptNumber)).size).toBe(2);
  expect(new Set(bodies.map((body) => body.queryToken)).size).toBe(2);
});

test('what the rules refuse is told, keeps the draft and sends nothing', async () => {
  editor.draft!.applicant.idNumber = '41052619430308900X';
  const submission = new Submission();
  const acted = await submission.submit(editor, device, AGENT.id);
  expect(acted).toMatchObject({ is: 'refused', refusal: { reason: 'applicant' } });
  expect(await commands()).toHaveLength(0);
  expect(await store.db.drafts.get(editor.draft!.id)).toBeDefined();
});

test('someone who never signed in here sends nothing; the next try takes the same number', async () => {
  const submission = new Submission();
  await store.db.meta.delete(`staff:${AGENT.id}`);
  const first = await submission.submit(editor, device, AGENT.id);
  expect(first.is).not.toBe('kept');
  await submission.submit(editor, device, AGENT.id);
  const serial = await store.db.meta.get(`serial:${device.device}:${chineseDay(now())}`);
  expect(serial?.value).toBe(1);
});

async function submitOnce(): Promise<{ id: string; commandId: string | null }> {
  const { id } = editor.draft!;
  const acted = await new Submission().submit(editor, device, AGENT.id);
  expect(acted.is).toBe('kept');
  return { id, commandId: editor.draft!.commandId };
}
