/**
 * A small office for tests of the device: real rulebook, real numbering, idempotent receipts, resets with pages; no
 * database, signatures or scopes. The production office has its own tests; tests/convergence puts both together.
 */
import type { Command } from '#lib/domain/commands.ts';
import { decide } from '#lib/domain/decide.ts';
import { evolve } from '#lib/domain/evolve.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Actor } from '#lib/domain/roles.ts';
import type { Application } from '#lib/domain/state.ts';
import type { FeedEvent, FeedReset, Outcome, SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import { actor, facts, item, NOW } from './builders.ts';

export const ITEM_HASH = 'a'.repeat(64);
export const AGENT: Actor = { ...actor('agent'), id: 'p-agent' };
export const CLERK: Actor = { ...actor('clerk'), id: 'p-clerk', name: '钱示范' };

interface Receipt {
  n: number;
  outcome: Outcome;
}

export class SmallOffice {
  lineage = 'L1';
  release = '';
  /** Commands that are told to come again, by id. */
  retries = new Set<string>();
  /** Commands whose handler fails, by id. */
  parks = new Set<string>();
  pageSize = 2;
  sliceSize = 100;
  events: FeedEvent[] = [];
  #receipts = new Map<string, Receipt>();
  #states = new Map<string, Application>();
  #seqs = new Map<string, number>();

  /** How often each command was delivered, to see that effects do not follow deliveries. */
  deliveries = new Map<string, number>();

  get chain(): number {
    let n = 0;
    const held = new Set([...this.#receipts.values()].map((receipt) => receipt.n));
    while (held.has(n + 1)) n += 1;
    return n;
  }

  state(id: string): Application | undefined {
    return this.#states.get(id);
  }

  states(): Application[] {
    return [...this.#states.values()];
  }

  /** What a backup holds. */
  backup(): () => void {
    const events = [...this.events];
    const [receipts, states, seqs] = [new Map(this.#receipts), new Map(this.#states), new Map(this.#seqs)];
    return () => {
      this.events = [...events];
      this.#receipts = new Map(receipts);
      this.#states = new Map(states);
      this.#seqs = new Map(seqs);
      this.lineage = `${this.lineage}+`;
    };
  }

  /** Somebody at the township does something. */
  act(applicationId: string, command: Command, by: Actor = CLERK): Outcome {
    return this.#judge(`0000${this.events.length}`.padStart(36, '0'), applicationId, command, by);
  }

  answer(request: SyncRequest): SyncResponse {
    const outcomes = [...request.commands]
      .sort((a, b) => a.n - b.n)
      .map((it): Outcome => {
        this.deliveries.set(it.id, (this.deliveries.get(it.id) ?? 0) + 1);
        const known = this.#receipts.get(it.id);
        if (known) return known.outcome;
        if (it.n > this.chain + 1 || this.retries.has(it.id)) return { id: it.id, is: 'retry' };
        const command = { kind: it.kind, body: it.body } as Command;
        const outcome: Outcome = this.parks.has(it.id)
          ? { id: it.id, is: 'parked' }
          : this.#judge(it.id, it.applicationId, command, it.actor === CLERK.id ? CLERK : AGENT);
        this.#receipts.set(it.id, { n: it.n, outcome });
        return outcome;
      });
    return {
      lineage: this.lineage,
      now: NOW,
      outcomes,
      release: this.release,
      chain: this.chain,
      feed: this.#feed(request),
    };
  }

  #mark(seq: number): string {
    if (seq === 0) return '';
    return (seq * 7919 + this.lineage.length).toString(16).padStart(16, '0');
  }

  #judge(id: string, applicationId: string, command: Command, by: Actor): Outcome {
    let state = this.#states.get(applicationId) ?? null;
    const verdict = decide(state, command, facts({ actor: by, caseNumber: 'C-1', item: item() }));
    if (isRefusal(verdict)) {
      const { refused: code, reason, at, fields } = verdict;
      return {
        id,
        is: 'refused',
        code,
        reason,
        ...(at ? { at } : {}),
        ...(fields ? { fields } : {}),
      } as Outcome;
    }
    for (const event of verdict) {
      const seq = this.events.length + 1;
      const rev = (state?.rev ?? 0) + 1;
      const { id: who, name } = by;
      const logged = { seq, applicationId, rev, command: id, actor: { id: who, name }, now: NOW, event };
      this.events.push(logged);
      state = evolve(state, logged);
      this.#seqs.set(applicationId, seq);
    }
    this.#states.set(applicationId, state!);
    return { id, is: 'applied', rev: state!.rev, seq: this.events.length };
  }

  #feed({ lineage, cursor, mark, page }: SyncRequest): SyncResponse['feed'] {
    const head = this.events.length;
    if (page && lineage === this.lineage && page.at <= head)
      return this.#snapshots('first', page.at, page.next);
    if (lineage === '') return this.#snapshots('first', head, '');
    if (lineage !== this.lineage) return this.#snapshots('lineage', head, '');
    if (cursor > head) return this.#snapshots('ahead', head, '');
    if (mark !== this.#mark(cursor)) return this.#snapshots('mark', head, '');
    const to = Math.min(head, cursor + this.sliceSize);
    return {
      from: cursor,
      to,
      mark: this.#mark(to),
      more: to < head,
      events: structuredClone(this.events.slice(cursor, to)),
    };
  }

  #snapshots(reset: FeedReset['reset'], at: number, after: string): FeedReset {
    const ids = [...this.#states.keys()].filter((id) => id > after).sort();
    const taken = ids.slice(0, this.pageSize);
    return {
      reset,
      at,
      mark: this.#mark(at),
      page: taken.map((id) => {
        const state = structuredClone(this.#states.get(id)!);
        return { applicationId: id, rev: state.rev, seq: this.#seqs.get(id)!, state };
      }),
      next: ids.length > taken.length ? taken.at(-1)! : null,
    };
  }
}
