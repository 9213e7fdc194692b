/**
 * The contract of Storage and its outbox: run over memory in Node and over IndexedDB in real Chromium, so that what a
 * simulation proves over one holds for the other.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Enqueued, Press } from '#lib/client/store/enqueue.ts';
import type { TakenBack } from '#lib/client/store/undo.ts';
import { HOLD_MS } from '#lib/client/store/hold.ts';
import { FIRST_POSITION, type Confirmed, type OutboxColumns } from '#lib/client/store/rows.ts';
import { merge, touchedBy } from '#lib/client/sync/merge.ts';
import { requestOf } from '#lib/client/sync/batch.ts';
import type { Change, Storage } from '#lib/client/sync/ports.ts';
import { nextHead, FIRST_HEAD } from '#lib/protocol/chain.ts';
import { NOW } from './builders.ts';
import { appId, commandId, DEVICE, press } from './device-fixture.ts';
import { SmallOffice } from './small-office.ts';

export interface Subject {
  storage: Storage;
  enqueue(press: Press): Promise<Enqueued>;
  /** 撤销 */
  undo(id: string): Promise<TakenBack>;
  confirmed(): Promise<Confirmed[]>;
  outbox(): Promise<OutboxColumns[]>;
}

const TOKEN = 'leader-1';

const emptyChange = (change: Partial<Change> = {}): Change => ({
  position: FIRST_POSITION,
  put: [],
  dropBefore: null,
  outbox: [],
  contact: { lastSuccess: NOW, skewMs: 0, release: '' },
  ...change,
});

/** One exchange with the office, by the production steps. */
async function exchange(storage: Storage, office: SmallOffice, now = NOW) {
  const position = await storage.position();
  const rows = await storage.sendable(true);
  const commands = await storage.commands(rows.map((row) => row.id));
  const request = requestOf(position, rows, commands, { release: null, keeps: await storage.keeps() });
  const response = office.answer(request);
  const merged = merge(await storage.local(touchedBy(response)), response, now);
  const written = await storage.commit(merged.change, { expected: position, token: TOKEN });
  return { request, response, merged, written };
}

export function storageContract(make: () => Promise<Subject>): void {
  let subject: Subject;
  let office: SmallOffice;
  beforeEach(async () => {
    subject = await make();
    office = new SmallOffice();
    expect(await subject.storage.lead(TOKEN)).toBe('done');
  });

  describe('the outbox', () => {
    test('numbers are gap-free and heads chain every command', async () => {
      for (const n of [1, 2, 3]) await subject.enqueue(press(n, appId(n), 'receive'));
      const rows = await subject.outbox();
      expect(rows.map((row) => row.n)).toEqual([1, 2, 3]);
      const commands = await subject.storage.commands(rows.map((row) => row.id));
      let head = FIRST_HEAD;
      for (const [i, command] of commands.entries()) {
        head = await nextHead(head, command);
        expect(rows[i]!.head).toBe(head);
      }
    });

    test('I5: a double click is one command, the same id with other contents is refused', async () => {
      const one = press(1, appId(1), 'withdraw');
      const answers = await Promise.all([subject.enqueue(one), subject.enqueue(one)]);
      expect(answers.map((answer) => answer.ok && answer.n)).toEqual([1, 1]);
      expect(await subject.outbox()).toHaveLength(1);
      const other = press(1, appId(1), 'withdraw', { body: { ...one.body, reason: '另一个原因' } as never });
      expect(await subject.enqueue(other)).toEqual({ ok: false, why: 'idReused' });
    });

    test('two tabs pressing at once get two numbers', async () => {
      const presses = Array.from({ length: 8 }, (_, i) => press(i + 1, appId(i + 1), 'receive'));
      await Promise.all(presses.map((it) => subject.enqueue(it)));
      const rows = await subject.outbox();
      expect(rows.map((row) => row.n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(new Set(rows.map((row) => row.id)).size).toBe(8);
    });

    test('I7: `after` names the last standing command on the same application', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      await subject.enqueue(press(2, appId(2), 'receive'));
      await subject.enqueue(press(3, appId(1), 'addMaterial'));
      expect((await subject.outbox()).map((row) => row.after)).toEqual([null, null, commandId(1)]);
    });

    test('a correction of a refused command sets it aside and does not chain to it', async () => {
      await subject.enqueue(press(1, appId(1), 'withdraw'));
      await exchange(subject.storage, office);
      expect((await subject.outbox())[0]).toMatchObject({ status: 'refused', aside: 0 });
      expect((await subject.storage.summary()).troubles).toBe(1);
      await subject.enqueue(press(2, appId(1), 'receive', { supersedes: commandId(1) }));
      const [refused, corrected] = await subject.outbox();
      expect(refused).toMatchObject({ status: 'refused', aside: 1 });
      expect(corrected).toMatchObject({ after: null, supersedes: commandId(1) });
      expect((await subject.storage.summary()).troubles).toBe(0);
    });

    test('the sum of what waits counts steps, their applications and their bytes', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      await subject.enqueue(press(2, appId(1), 'withdraw'));
      await subject.enqueue(press(3, appId(2), 'receive'));
      const bytes = (await subject.outbox()).reduce((sum, row) => sum + row.bytes, 0);
      expect(await subject.storage.summary()).toMatchObject({ waiting: 3, applications: 2, bytes });
      await exchange(subject.storage, office);
      expect(await subject.storage.summary()).toMatchObject({ waiting: 0, applications: 0, bytes: 0 });
    });

    test('sending is noted without undoing an answer', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      expect(await subject.storage.markSent([commandId(1)], TOKEN)).toBe('done');
      expect((await subject.outbox())[0]!.status).toBe('sent');
      await exchange(subject.storage, office);
      await subject.storage.markSent([commandId(1)], TOKEN);
      expect((await subject.outbox())[0]!.status).toBe('acked');
    });
  });

  describe('taking back', () => {
    const held = { holdMs: HOLD_MS };

    test('the last command goes without a trace, and the next one takes its number', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      const [first] = await subject.outbox();
      await subject.enqueue(press(2, appId(1), 'withdraw', held));
      expect(await subject.undo(commandId(2))).toBe('undone');
      expect(await subject.outbox()).toEqual([first]);
      expect(await subject.storage.keeps()).toBe(1);
      await subject.enqueue(press(3, appId(1), 'addMaterial'));
      const [, next] = await subject.outbox();
      expect(next).toMatchObject({ n: 2, after: commandId(1), held: null });
      const [, command] = await subject.storage.commands([commandId(1), commandId(3)]);
      expect(next!.head).toBe(await nextHead(first!.head, command!));
      await exchange(subject.storage, office);
      expect((await subject.outbox()).map((row) => row.status)).toEqual(['acked', 'acked']);
    });

    test('one after the other, latest first', async () => {
      await subject.enqueue(press(1, appId(1), 'receive', held));
      await subject.enqueue(press(2, appId(2), 'receive', held));
      expect(await subject.undo(commandId(1))).toBe('followed');
      expect(await subject.undo(commandId(2))).toBe('undone');
      expect(await subject.undo(commandId(1))).toBe('undone');
      expect(await subject.undo(commandId(1))).toBe('gone');
      expect(await subject.outbox()).toEqual([]);
      expect(await subject.enqueue(press(3, appId(3), 'receive'))).toMatchObject({ ok: true, n: 1 });
    });

    test('I2: what was never to be held, or was on its way once, stays', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      expect(await subject.undo(commandId(1))).toBe('sent');
      await subject.enqueue(press(2, appId(2), 'receive', held));
      await subject.storage.markSent([commandId(1), commandId(2)], TOKEN);
      expect(await subject.undo(commandId(2))).toBe('sent');
      expect(await subject.outbox()).toHaveLength(2);
    });

    test('I2: what a restored office asks for again cannot be taken back', async () => {
      const restore = office.backup();
      await subject.enqueue(press(1, appId(1), 'receive', held));
      await subject.storage.markSent([commandId(1)], TOKEN);
      await exchange(subject.storage, office);
      restore();
      await exchange(subject.storage, office);
      expect((await subject.outbox())[0]).toMatchObject({ status: 'queued', held: null });
      expect(await subject.undo(commandId(1))).toBe('sent');
    });

    test('a batch that holds a command taken back meanwhile does not go', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      await subject.enqueue(press(2, appId(2), 'receive', held));
      expect(await subject.undo(commandId(2))).toBe('undone');
      expect(await subject.storage.markSent([commandId(1), commandId(2)], TOKEN)).toBe('moved');
      expect((await subject.outbox())[0]!.status).toBe('queued');
    });

    test('I8: the refusal that it had put right needs a person again', async () => {
      await subject.enqueue(press(1, appId(1), 'withdraw'));
      await exchange(subject.storage, office);
      await subject.enqueue(press(2, appId(1), 'receive', { supersedes: commandId(1), ...held }));
      expect((await subject.storage.summary()).troubles).toBe(0);
      await subject.undo(commandId(2));
      expect((await subject.storage.summary()).troubles).toBe(1);
    });
  });

  describe('the pull', () => {
    test('I4: applications, cursor and outcomes are written together', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      const { written } = await exchange(subject.storage, office);
      expect(written).toBe('done');
      expect(await subject.storage.position()).toMatchObject({ lineage: 'L1', cursor: 1 });
      expect((await subject.confirmed()).map((it) => it.state)).toEqual(office.states());
      expect((await subject.outbox())[0]).toMatchObject({
        status: 'acked',
        pulled: 1,
        outcome: { rev: 1, seq: 1 },
      });
    });

    test('I4: a change that expects another position writes nothing', async () => {
      await exchange(subject.storage, office);
      const stale = emptyChange({ position: { ...FIRST_POSITION, lineage: 'L1', cursor: 9 } });
      const written = await subject.storage.commit(stale, { expected: FIRST_POSITION, token: TOKEN });
      expect(written).toBe('moved');
      expect((await subject.storage.position()).cursor).toBe(0);
    });

    test('I11: a deposed leader writes nothing', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      await subject.storage.lead('leader-2');
      const { written } = await exchange(subject.storage, office);
      expect(written).toBe('deposed');
      expect(await subject.storage.markSent([commandId(1)], TOKEN)).toBe('deposed');
      expect(await subject.storage.tidy(NOW, TOKEN)).toBe('deposed');
      expect((await subject.outbox())[0]!.status).toBe('queued');
      expect(await subject.confirmed()).toEqual([]);
    });

    test('I3: a reset in pages leaves what the office has, and nothing else', async () => {
      for (const n of [1, 2, 3, 4, 5])
        office.act(
          appId(n),
          { kind: 'receive', body: press(n, appId(n), 'receive').body as never },
          { id: 'p-agent', name: '赵示范', roles: ['agent'] },
        );
      const stranger = appId(99);
      const state = { ...office.state(appId(1))!, id: stranger };
      const first = await subject.storage.position();
      await subject.storage.commit(
        emptyChange({ put: [{ applicationId: stranger, rev: 1, seq: 1, epoch: 0, state }] }),
        { expected: first, token: TOKEN },
      );
      let more = true;
      let pages = 0;
      while (more) {
        const { merged } = await exchange(subject.storage, office);
        more = merged.more;
        pages += 1;
      }
      expect(pages).toBeGreaterThan(2);
      const ids = (await subject.confirmed()).map((it) => it.applicationId).sort();
      expect(ids).toEqual([1, 2, 3, 4, 5].map(appId));
      expect(await subject.storage.position()).toMatchObject({ cursor: 5, paging: null });
    });

    test('I2: a restored office is sent everything again that is kept, and applies it once', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      await exchange(subject.storage, office);
      const restore = office.backup();
      await subject.enqueue(press(2, appId(2), 'receive'));
      await exchange(subject.storage, office);
      expect(office.states()).toHaveLength(2);

      restore();
      await exchange(subject.storage, office);
      expect((await subject.outbox()).map((row) => [row.status, row.pulled])).toEqual([
        ['queued', 0],
        ['queued', 0],
      ]);
      await exchange(subject.storage, office);
      await exchange(subject.storage, office);
      expect(office.states()).toHaveLength(2);
      expect((await subject.outbox()).map((row) => row.pulled)).toEqual([1, 1]);
      const states = (await subject.confirmed()).map((it) => it.state).sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(states).toEqual(office.states());
    });

    test('the columns that an answer can touch are all there', async () => {
      office.pageSize = 100;
      for (const n of [1, 2, 3]) await subject.enqueue(press(n, appId(n), 'receive'));
      await exchange(subject.storage, office);
      await subject.enqueue(press(4, appId(4), 'receive'));
      const ids = async (ask: Parameters<Storage['local']>[0]) =>
        (await subject.storage.local(ask)).outbox.map((row) => row.id);
      expect(await ids({ applications: [], commands: [], chain: 4 })).toEqual([]);
      expect(await ids({ applications: [], commands: [1, 4].map(commandId), chain: 4 })).toEqual(
        [1, 4].map(commandId),
      );
      // what waits is beyond the chain as a matter of course
      expect(await ids({ applications: [], commands: [], chain: 1 })).toEqual([2, 3].map(commandId));
      const local = await subject.storage.local({
        applications: [appId(2), appId(77)],
        commands: [],
        chain: 4,
      });
      expect([...local.applications.keys()]).toEqual([appId(2)]);
      expect(local.device).toBe(DEVICE);
    });
  });

  describe('keeping', () => {
    const later = (days: number): string => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();

    test('I2: a command stays 14 days after the office took it, and always until it is pulled', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      await exchange(subject.storage, office);
      await subject.enqueue(press(2, appId(2), 'receive'));
      await subject.storage.tidy(later(13), TOKEN);
      expect(await subject.outbox()).toHaveLength(2);
      await subject.storage.tidy(later(15), TOKEN);
      expect((await subject.outbox()).map((row) => row.n)).toEqual([2]);
      expect(await subject.storage.keeps()).toBe(2);
    });

    test('`keeps` is the first number from which nothing is missing', async () => {
      expect(await subject.storage.keeps()).toBe(1);
      await subject.enqueue(press(1, appId(1), 'withdraw'));
      await subject.enqueue(press(2, appId(2), 'receive'));
      await subject.enqueue(press(3, appId(3), 'receive'));
      await exchange(subject.storage, office);
      expect(await subject.storage.keeps()).toBe(1);
      // the refused one waits for its person; those after it go
      await subject.storage.tidy(later(15), TOKEN);
      expect((await subject.outbox()).map((row) => row.n)).toEqual([1]);
      expect(await subject.storage.keeps()).toBe(4);
    });

    test('an application closed 7 days ago goes, an open one stays', async () => {
      await subject.enqueue(press(1, appId(1), 'receive'));
      await subject.enqueue(press(2, appId(2), 'receive'));
      await exchange(subject.storage, office);
      await subject.enqueue(press(3, appId(1), 'withdraw'));
      await exchange(subject.storage, office);
      await subject.storage.tidy(later(6), TOKEN);
      expect(await subject.confirmed()).toHaveLength(2);
      await subject.storage.tidy(later(8), TOKEN);
      expect((await subject.confirmed()).map((it) => it.applicationId)).toEqual([appId(2)]);
    });
  });
}
