import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SyncResponse } from '#lib/protocol/sync.ts';
import { appId, commandId, DEVICE, press, signAlways } from '../../../../tests/support/device-fixture.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { AGENT, SmallOffice } from '../../../../tests/support/small-office.ts';
import { FIRST_POSITION, type OutboxColumns } from '../store/rows.ts';
import { requestOf } from './batch.ts';
import { merge, touchedBy } from './merge.ts';
import type { Local } from './ports.ts';
import { memoryStorage, type MemoryStorage } from './storage-memory.ts';

const row = (n: number, change: Partial<OutboxColumns> = {}): OutboxColumns => ({
  id: commandId(n),
  device: DEVICE,
  n,
  applicationId: appId(n),
  actor: AGENT.id,
  kind: 'receive',
  at: NOW,
  after: null,
  supersedes: null,
  bytes: 100,
  itemHash: null,
  head: '',
  sig: '',
  status: 'sent',
  held: null,
  outcome: null,
  settledAt: null,
  pulled: 0,
  aside: 0,
  ...change,
});

const local = (change: Partial<Local> = {}): Local => ({
  device: DEVICE,
  position: { ...FIRST_POSITION, lineage: 'L1', cursor: 5, mark: 'm5' },
  applications: new Map(),
  damaged: new Set(),
  outbox: [],
  ...change,
});

const response = (change: Partial<SyncResponse> = {}): SyncResponse => ({
  lineage: 'L1',
  now: NOW,
  outcomes: [],
  release: '',
  chain: 99,
  feed: { from: 5, to: 5, mark: 'm5', more: false, events: [] },
  ...change,
});

const applied = (n: number, rev: number, seq: number) => ({
  id: commandId(n),
  is: 'applied' as const,
  rev,
  seq,
});

describe('outcomes', () => {
  test.each([
    [
      { id: commandId(1), is: 'parked' as const },
      { status: 'parked', outcome: { is: 'parked' }, pulled: 0 },
    ],
    [
      { id: commandId(1), is: 'quarantined' as const, why: 'deviceRevoked' as const },
      { status: 'quarantined', outcome: { is: 'quarantined', why: 'deviceRevoked' }, pulled: 0 },
    ],
    [
      {
        id: commandId(1),
        is: 'refused' as const,
        code: 'state' as const,
        reason: 'closed' as const,
        at: ['x'],
      },
      {
        status: 'refused',
        outcome: { is: 'refused', code: 'state', reason: 'closed' },
        told: { at: ['x'] },
        pulled: 0,
      },
    ],
    [applied(1, 1, 9), { status: 'acked', outcome: { is: 'applied', rev: 1, seq: 9 }, pulled: 0 }],
  ])('%j is kept with its reason', (outcome, expected) => {
    const { change } = merge(local({ outbox: [row(1)] }), response({ outcomes: [outcome] }), NOW);
    expect(change.outbox).toHaveLength(1);
    expect(change.outbox[0]).toMatchObject(expected);
  });

  test('`retry` leaves a command where it is', () => {
    const outcomes = [{ id: commandId(1), is: 'retry' as const }];
    expect(merge(local({ outbox: [row(1)] }), response({ outcomes }), NOW).change.outbox).toEqual([]);
  });

  test('I6: an applied command stays in the fold until the cursor has passed its event', () => {
    const acked = row(1, { status: 'acked', outcome: { is: 'applied', rev: 1, seq: 7 }, settledAt: NOW });
    const feed = (to: number) => response({ feed: { from: 5, to, mark: 'm', more: true, events: [] } });
    expect(merge(local({ outbox: [acked] }), feed(6), NOW).change.outbox).toEqual([]);
    expect(merge(local({ outbox: [acked] }), feed(7), NOW).change.outbox[0]).toMatchObject({ pulled: 1 });
  });

  test('I8: the values of a conflict reach the row', () => {
    const fields = { applicant: { from: 1, mine: 2, theirs: 3 } };
    const outcomes = [
      {
        id: commandId(1),
        is: 'refused' as const,
        code: 'conflict' as const,
        reason: 'fieldConflict' as const,
        fields,
      },
    ];
    const { change } = merge(local({ outbox: [row(1)] }), response({ outcomes }), NOW);
    expect(change.outbox[0]!.told).toEqual({ fields });
  });

  test('an outcome counts even when the feed does not fit', () => {
    const odd = { from: 8, to: 9, mark: 'm9', more: false, events: [] };
    const result = merge(
      local({ outbox: [row(1)] }),
      response({ outcomes: [applied(1, 1, 9)], feed: odd }),
      NOW,
    );
    expect(result.fault).toBe('foreign');
    expect(result.change.position.cursor).toBe(5);
    expect(result.change.outbox[0]).toMatchObject({ status: 'acked' });
  });
});

test('I2: how long a command is kept begins with the later of both clocks: none that is wrong ends it early', () => {
  const outcomes = [{ id: commandId(1), is: 'applied' as const, rev: 1, seq: 6 }];
  const settled = (device: string) =>
    merge(local({ outbox: [row(1)] }), response({ outcomes }), device).change.outbox[0]!.settledAt;
  expect(settled('2025-09-18T02:00:00.000Z')).toBe(NOW);
  expect(settled('2026-10-18T02:00:00.000Z')).toBe('2026-10-18T02:00:00.000Z');
});

describe('a restored office', () => {
  const kept = [
    row(1, { status: 'acked', outcome: { is: 'applied', rev: 1, seq: 3 }, settledAt: NOW, pulled: 1 }),
    row(2, {
      status: 'refused',
      outcome: { is: 'refused', code: 'state', reason: 'closed' },
      settledAt: NOW,
    }),
    row(3, { status: 'acked', outcome: { is: 'applied', rev: 1, seq: 4 }, settledAt: NOW }),
    row(4),
  ];
  const reset = { reset: 'lineage' as const, at: 1, mark: 'm1', page: [], next: null };

  test('I2 I8: everything that is kept waits again, refusals included: what it holds may have come by others', () => {
    // chain 4: a courier was there before us, with what we had not sent
    for (const chain of [0, 1, 4]) {
      const { change } = merge(local({ outbox: kept }), response({ lineage: 'L2', chain, feed: reset }), NOW);
      expect(change.outbox.map(({ n, status, pulled }) => [n, status, pulled])).toEqual([
        [1, 'queued', 0],
        [2, 'queued', 0],
        [3, 'queued', 0],
      ]);
      expect(change.position).toEqual({ lineage: 'L2', cursor: 1, mark: 'm1', epoch: 1, paging: null });
    }
  });

  test('a device asks its storage for all of its commands then, and else for those beyond the chain', () => {
    expect(touchedBy(response({ lineage: 'L2', chain: 4, feed: reset })).chain).toBe(0);
    expect(touchedBy(response({ chain: 4, feed: { ...reset, reset: 'first' } })).chain).toBe(4);
  });

  test('without a reset what lies beyond its chain waits again, and nothing else', () => {
    const { change } = merge(local({ outbox: kept }), response({ chain: 1 }), NOW);
    expect(change.outbox.map(({ n, status }) => [n, status])).toEqual([
      [2, 'queued'],
      [3, 'queued'],
    ]);
  });

  test('commands of another device of this profile are left alone', () => {
    const foreign = row(9, {
      device: 'd-old',
      status: 'acked',
      outcome: { is: 'applied', rev: 1, seq: 4 },
      pulled: 1,
    });
    const { change } = merge(
      local({ outbox: [foreign] }),
      response({ lineage: 'L2', chain: 0, feed: reset }),
      NOW,
    );
    expect(change.outbox).toEqual([]);
  });
});

describe('a feed that does not continue', () => {
  const event = (seq: number, rev: number) => ({
    seq,
    applicationId: appId(1),
    rev,
    command: commandId(7),
    actor: { id: 'p', name: '赵示范' },
    now: NOW,
    event: { is: 'amended' as const, fields: {} },
  });

  test('I3: a missing revision asks for everything anew instead of being stepped over', () => {
    const office = new SmallOffice();
    office.act(appId(1), { kind: 'receive', body: press(1, appId(1), 'receive').body as never }, AGENT);
    const state = office.state(appId(1))!;
    const applications = new Map([[appId(1), { applicationId: appId(1), rev: 1, seq: 1, epoch: 3, state }]]);
    const feed = { from: 5, to: 6, mark: 'm6', more: false, events: [event(6, 3)] };
    const position = { ...local().position, epoch: 3 };
    const result = merge(local({ applications, position }), response({ feed }), NOW);
    expect(result.fault).toBe('gap');
    expect(result.change.put).toEqual([]);
    expect(result.change.position).toEqual({ ...FIRST_POSITION, epoch: 3 });
  });

  test('an event out of order is a gap', () => {
    const feed = { from: 5, to: 7, mark: 'm', more: false, events: [event(7, 9), event(6, 8)] };
    expect(merge(local(), response({ feed }), NOW).fault).toBe('gap');
  });

  test('an application that is no longer kept here is passed over', () => {
    const feed = { from: 5, to: 6, mark: 'm6', more: false, events: [event(6, 9)] };
    const result = merge(local(), response({ feed }), NOW);
    expect(result.fault).toBe(null);
    expect(result.change.position.cursor).toBe(6);
  });

  test('a push-only session changes no application and no cursor', () => {
    const outcomes = [{ id: commandId(1), is: 'quarantined' as const, why: 'deviceRevoked' as const }];
    const result = merge(local({ outbox: [row(1)] }), response({ feed: null, outcomes }), NOW);
    expect(result.change.position).toEqual(local().position);
    expect(result.change.outbox[0]!.status).toBe('quarantined');
  });

  test('I2: a revoked device whose office was restored says all that it keeps once more, and once only', () => {
    const acked = row(1, { status: 'acked', outcome: { is: 'applied', rev: 1, seq: 1 }, pulled: 1 });
    const answer = response({ feed: null, lineage: 'L2', chain: 1 });
    const { change } = merge(local({ outbox: [acked] }), answer, NOW);
    expect(change.outbox).toMatchObject([{ status: 'queued', outcome: null, pulled: 0 }]);
    expect(change.position).toMatchObject({ lineage: 'L2', cursor: 0, paging: null });
    const again = merge(local({ outbox: [acked], position: change.position }), answer, NOW);
    expect(again.change.outbox).toEqual([]);
  });
});

/** A device over memory that can be made to lose answers, repeat them and be cut before it writes. */
async function deliver(
  storage: MemoryStorage,
  office: SmallOffice,
  fault: 'none' | 'lost' | 'twice',
): Promise<void> {
  await storage.lead('t');
  const position = await storage.position();
  const rows = await storage.sendable(true);
  const commands = await storage.commands(rows.map((it) => it.id));
  const request = requestOf(position, rows, commands, { release: null, keeps: await storage.keeps() });
  const answers = [structuredClone(office.answer(request))];
  if (fault === 'lost') return;
  if (fault === 'twice') answers.push(structuredClone(office.answer(request)));
  for (const answer of answers) {
    const { change } = merge(await storage.local(touchedBy(answer)), answer, NOW);
    // as a round does: an answer to a request made elsewhere is not written
    await storage.commit(change, { expected: position, token: 't' });
  }
}

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('receive' as const), app: fc.integer({ min: 1, max: 5 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('withdraw' as const), app: fc.integer({ min: 1, max: 5 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('accept' as const), app: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const), app: fc.constant(0) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lost' as const), app: fc.constant(0) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('twice' as const), app: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('backup' as const), app: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), app: fc.constant(0) }) },
);

test('I1 I3 I15: whatever is lost, repeated or restored, a quiet device equals the office and each effect is once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 30 }),
      fc.integer({ min: 1, max: 4 }),
      async (steps, sliceSize) => {
        const office = new SmallOffice();
        office.sliceSize = sliceSize;
        const storage = memoryStorage(DEVICE, signAlways);
        let restore = office.backup();
        let n = 0;
        for (const { do: what, app } of steps) {
          if (what === 'receive' || what === 'withdraw') await storage.enqueue(press(++n, appId(app), what));
          else if (what === 'accept') office.act(appId(app), { kind: 'accept', body: {} });
          else if (what === 'backup') restore = office.backup();
          else if (what === 'restore') restore();
          else await deliver(storage, office, what === 'sync' ? 'none' : what);
        }
        for (let i = 0; i < 60; i++) await deliver(storage, office, 'none');

        const mine = storage.confirmed().sort((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
        const theirs = office.states().sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(mine.map((it) => it.state)).toEqual(theirs);
        const ids = office.events.map((it) => it.command);
        expect(new Set(ids).size).toBe(ids.length);
        for (const command of storage.outbox()) {
          expect(['acked', 'refused']).toContain(command.status);
          expect(command.pulled).toBe(command.status === 'acked' ? 1 : 0);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('I4: killed before any write, the replay from the cursor gives the same state', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 5, maxLength: 20 }), async (kills) => {
      const office = new SmallOffice();
      office.sliceSize = 1;
      for (const n of [1, 2, 3, 4]) {
        office.act(appId(n), { kind: 'receive', body: press(n, appId(n), 'receive').body as never }, AGENT);
        office.act(appId(n), { kind: 'accept', body: {} });
      }
      const storage = memoryStorage(DEVICE, signAlways);
      let cursor = 0;
      for (const kill of kills) {
        await deliver(storage, office, kill ? 'lost' : 'none');
        const position = await storage.position();
        expect(position.cursor).toBeGreaterThanOrEqual(cursor);
        cursor = position.cursor;
      }
      for (let i = 0; i < 20; i++) await deliver(storage, office, 'none');
      expect(storage.confirmed().map((it) => it.state)).toEqual(office.states());
    }),
    { numRuns: 50 },
  );
});
