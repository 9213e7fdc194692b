import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromBase64url } from '#lib/catalogue/hash.ts';
import { runMessage, SIGNING } from '#lib/protocol/chain.ts';
import { appId, commandId, DEVICE, press } from '../../../../tests/support/device-fixture.ts';
import { dropStore, enrolledStore, freshName } from '../../../../tests/support/device-store.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { AGENT } from '../../../../tests/support/small-office.ts';
import { SCHEMA } from './database.ts';
import { readStaff } from './device.ts';
import { loadDraft, saveDraft } from './drafts.ts';
import { enqueue } from './ledger.ts';
import { openStore, type Store } from './open-database.ts';
import { write } from './write.ts';

let name: string;
let store: Store;
beforeEach(async () => {
  name = freshName();
  store = await enrolledStore(name);
});
afterEach(() => dropStore(store));

const rows = () => store.db.outbox.orderBy('[device+n]').toArray();
const draft = (id: string) => ({
  id,
  itemCode: '410511005000',
  itemHash: 'a'.repeat(64),
  owner: AGENT.id,
  updatedAt: NOW,
  shape: 1,
});

describe('pressing the button', () => {
  test('I14: the head is signed with the key of whoever pressed', async () => {
    await enqueue(store, press(1, appId(1), 'receive'));
    const [row] = await rows();
    const { keys } = (await readStaff(store, AGENT.id))!;
    const message = runMessage(DEVICE, AGENT.id, 1, row!.head);
    expect(await crypto.subtle.verify(SIGNING, keys.publicKey, fromBase64url(row!.sig)!, message)).toBe(true);
    expect(keys.privateKey.extractable).toBe(false);
  });

  test('nobody can press for a person who never signed in here', async () => {
    expect(await enqueue(store, press(1, appId(1), 'receive', { actor: 'p-nobody' }))).toEqual({
      ok: false,
      why: 'noKey',
    });
    expect(await rows()).toEqual([]);
  });

  test('a device that is not enrolled takes nothing', async () => {
    await store.db.meta.delete('device');
    expect(await enqueue(store, press(1, appId(1), 'receive'))).toEqual({ ok: false, why: 'notEnrolled' });
  });

  test('two tabs, each pressing twenty times at once: forty numbers without a gap', async () => {
    const other = await openStore(name);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        enqueue(i % 2 ? store : other, press(i + 1, appId(i + 1), 'receive')),
      ),
    );
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect((await rows()).map((row) => row.n)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    other.close();
  });

  test('two tabs without Web Locks still agree', async () => {
    const { dexieLedger } = await import('./ledger.ts');
    const { enqueueIn } = await import('./enqueue.ts');
    const other = await openStore(name);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        enqueueIn(dexieLedger(i % 2 ? store : other), press(i + 1, appId(i + 1), 'receive')),
      ),
    );
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect((await rows()).map((row) => row.n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    other.close();
  });

  test('the draft becomes the command in one step, and a late autosave does not bring it back', async () => {
    await saveDraft(store, draft(appId(1)), { answers: {} });
    await enqueue(store, press(1, appId(1), 'receive', { draft: appId(1) }));
    expect(await loadDraft(store, appId(1))).toBe(null);
    expect(await saveDraft(store, draft(appId(1)), { answers: {} })).toEqual({
      ok: true,
      value: 'submitted',
    });
    expect(await loadDraft(store, appId(1))).toBe(null);
  });
});

describe('an old tab and a new program', () => {
  test('fault: old tab across a deploy → it fault: old tab across a deploy → it writes nothing once a newer program has claimed the database', async () => {
    await store.db.meta.put({ key: 'schema', value: SCHEMA + 1 });
    expect(await enqueue(store, press(1, appId(1), 'receive'))).toEqual({ ok: false, why: 'reloadNeeded' });
    expect(store.state).toBe('reloadNeeded');
    const later = await openStore(name);
    expect(later.state).toBe('reloadNeeded');
    const raw = indexedDB.open(name);
    await new Promise((resolve) => (raw.onsuccess = resolve));
    const count = raw.result.transaction('outbox').objectStore('outbox').count();
    await new Promise((resolve) => (count.onsuccess = resolve));
    expect(count.result).toBe(0);
    raw.result.close();
  });

  test('fault: old tab across a deploy → it fault: old tab across a deploy → it lets go when a newer version wants to upgrade, and refuses to write', async () => {
    const states: string[] = [];
    store.onState((state) => states.push(state));
    const upgrade = indexedDB.open(name, 1000);
    await new Promise((resolve) => (upgrade.onsuccess = resolve));
    expect(states).toEqual(['reloadNeeded']);
    expect(await write(store, ['meta'], async () => 1)).toEqual({ ok: false, why: 'reloadNeeded' });
    upgrade.result.close();
  });

  test('fault: backing store lost → a connection that the browser dropped is opened again', async () => {
    store.db.close({ disableAutoOpen: false });
    expect(await enqueue(store, press(1, appId(1), 'receive'))).toMatchObject({ ok: true, n: 1 });
    expect((await rows())[0]!.id).toBe(commandId(1));
    expect(store.state).toBe('open');
  });
});
