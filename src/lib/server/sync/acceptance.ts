/**
 * One device's commands in one transaction. They are judged together in memory and written at once; where anything but the
 * engine fails, the transaction is let go, and in the next each is judged under a savepoint of its own, so that only the one
 * at fault is parked. Receipts, events and the end of the device's chain are committed together (invariants I1, I5, I7, I14).
 */
import type { Selectable } from 'kysely';
import type { Outcome, SyncRequest } from '#lib/protocol/sync.ts';
import { lockRows, savepoint, type Trx } from '../db/dialect.ts';
import { isEngineFault, isUniqueClash } from '../db/engine-faults.ts';
import { isIn, listOf, prepared } from '../db/prepared.ts';
import type { DeviceTable } from '../db/schema.ts';
import { errorFacts } from '../log.ts';
import type { Office } from '../office.ts';
import { gatherBasis } from './basis.ts';
import type { Casebook } from './casebook.ts';
import { walkChain, type Step, type Walk } from './chain-walk.ts';
import { commandHash, commandText } from './command-text.ts';
import { changesOf, reachOf } from './contact.ts';
import { Docket, lockFeed, type Judged } from './docket.ts';
import { judge, type Judgement, type Sender } from './judge.ts';
import { judgeAlone } from './judge-alone.ts';
import type { Judging } from './judging.ts';
import { keysFrom, keysOfDevice } from './run-signature.ts';
import { fateAfter, meetSenders, type Senders } from './senders.ts';

/** The commands of one device's chain. */
export interface Part extends Pick<SyncRequest, 'commands' | 'runs' | 'keeps'> {
  /** The device whose chain it is. */
  device: string;
  /** Release that it works with; undefined when another device carries its commands. */
  release?: string | null;
}

export interface Taken {
  outcomes: Outcome[];
  /** Applications that were written and wait for photos, which may be here already. */
  waiting: string[];
}

/** A receipt as a later delivery or command meets it. */
interface Known {
  hash: string;
  outcome: Outcome | Judged;
  device: string | null;
  application: string;
}

/** Attempts after which a key that is taken is no coincidence any more: a fault of our rules, and the command is parked. */
const CLASHES = 3;

/** What one go through the commands has decided. */
interface Sitting {
  docket: Docket;
  known: Map<string, Known>;
  judgeOne: JudgeOne;
}

/** Something failed that is no fault of the engine: which command's it is shows where each is judged alone. */
export class NotTogether extends Error {
  override name = 'NotTogether';
}

/** Which go through the commands it is. */
export interface Go {
  /** 1, and more where the engine gave it up before. */
  attempt: number;
  /** Each under a savepoint of its own. */
  alone: boolean;
}

type JudgeOne = (sender: Sender, command: Step['command']) => Judgement | Promise<Judgement>;

const deviceById = prepared((trx, id: string) =>
  lockRows(trx, trx.selectFrom('device').selectAll().where('id', '=', id)),
);
const endChain = prepared(
  (trx, id: string, n: number, head: string | null, called: string | null, scope: string | null) =>
    trx
      .updateTable('device')
      .set({ chain_n: n, chain_head: head, last_contact: called, scope })
      .where('id', '=', id),
);
const siteById = prepared((trx, id: string) => trx.selectFrom('site').selectAll().where('id', '=', id));
const receiptsByIds = prepared((trx, ids: string) =>
  trx
    .selectFrom('command')
    .select(['id', 'body_hash', 'outcome', 'device', 'application'])
    .where(isIn(trx, 'id', ids)),
);

export class Acceptance {
  readonly #office: Office;
  readonly #part: Part;
  readonly #judging: Judging;
  readonly #go: Go;
  #receipts: ReadonlyMap<string, Known> = new Map();
  #senders: Senders = new Map();
  #revoked = false;
  #waiting: string[] = [];

  constructor(office: Office, trx: Trx, part: Part, go: Go) {
    this.#office = office;
    this.#part = part;
    this.#go = go;
    this.#judging = { trx, now: office.clock.now(), rulebook: office.rulebook };
  }

  /** @throws NotTogether where it must go alone */
  async take(): Promise<Taken> {
    const { trx, now } = this.#judging;
    const { device: id, release } = this.#part;
    const [device] = await deviceById(trx, id);
    const walk = device ? await this.#walkFrom(device) : strangers(this.#part);
    this.#revoked = device?.status === 'revoked';
    await this.#meetReceipts();
    const reach = device ? await this.#meetSenders(device) : '';
    const outcomes = await (this.#go.alone ? this.#eachAlone(walk) : this.#together(walk));
    if (device) {
      const { n, head } = walk.end;
      const told = release === undefined ? null : changesOf(device, { now, drained: false, release, reach });
      const { last_contact, scope } = { ...device, ...told };
      await endChain(trx, id, n, head, last_contact, scope);
    }
    return { outcomes, waiting: this.#waiting };
  }

  async #walkFrom({ id, chain_n: n, chain_head: head }: Selectable<DeviceTable>): Promise<Walk> {
    const keys = await keysOfDevice(this.#judging.trx, id);
    return walkChain(id, { n, head }, this.#part, keysFrom(keys));
  }

  /** Returns the reach of the device's site. */
  async #meetSenders(device: Selectable<DeviceTable>): Promise<string> {
    const { trx } = this.#judging;
    const [place] = await siteById(trx, device.site);
    const site = { ...place!, county: place!.county ?? '', township: place!.township ?? '' };
    await lockFeed(trx, site.township);
    const actors = this.#part.commands.map(({ actor }) => actor);
    this.#senders = await meetSenders(trx, { device, site }, actors);
    return reachOf(site);
  }

  /** Receipts of these commands and of the ones they come after. */
  async #meetReceipts(): Promise<void> {
    const ids = this.#part.commands.flatMap(({ id, after }) => (after === null ? [id] : [id, after]));
    const rows = await receiptsByIds(this.#judging.trx, listOf(new Set(ids)));
    this.#receipts = new Map(
      rows.map(({ id, body_hash: hash, outcome, device, application }) => [
        id,
        { hash, outcome: JSON.parse(outcome) as Outcome, device, application },
      ]),
    );
  }

  /** The engine's fault, or so it may be: somebody else may have written the same key just now, which the next look sees. */
  #isOfEngine(error: unknown): boolean {
    return isEngineFault(error) || (isUniqueClash(error) && this.#go.attempt < CLASHES);
  }

  #together(walk: Walk): Promise<Outcome[]> {
    return this.#judgeTogether(walk).catch((cause: unknown) => {
      throw this.#isOfEngine(cause) ? cause : new NotTogether('each alone', { cause });
    });
  }

  async #judgeTogether(walk: Walk): Promise<Outcome[]> {
    const [sender] = this.#senders.values();
    const fresh = walk.steps.filter((step) => this.#isFresh(step)).map(({ command }) => command);
    if (sender === undefined || fresh.length === 0) return this.#pass(walk, unforeseen);
    const basis = await gatherBasis(this.#judging, sender, fresh);
    const outcomes = await this.#pass(walk, (by, command) => judge(basis, by, command), basis.casebook);
    this.#waiting = basis.casebook.waiting();
    return outcomes;
  }

  #eachAlone(walk: Walk): Promise<Outcome[]> {
    const { trx } = this.#judging;
    return this.#pass(walk, async (sender, command) => {
      try {
        const alone = await savepoint(trx, () => judgeAlone(this.#judging, sender, command));
        this.#waiting.push(...alone.waiting);
        return alone;
      } catch (error) {
        if (this.#isOfEngine(error)) throw error;
        const { id, kind } = command;
        this.#office.log.error(
          { what: 'parked', command: id, kind, ...errorFacts(error) },
          'a command was parked',
        );
        return { judged: { id, is: 'parked' }, events: [], receipts: [], audit: [] };
      }
    });
  }

  async #pass(walk: Walk, judgeOne: JudgeOne, casebook?: Casebook): Promise<Outcome[]> {
    const { trx, now } = this.#judging;
    const sitting: Sitting = { docket: new Docket(), known: new Map(this.#receipts), judgeOne };
    const answers: (Outcome | Judged)[] = [];
    for (const step of walk.steps) answers.push(await this.#take(sitting, step));
    const numbered = await sitting.docket.close(trx, now, casebook);
    return answers.map((answer) => numbered.get(answer.id) ?? (answer as Outcome));
  }

  async #take(sitting: Sitting, step: Step): Promise<Outcome | Judged> {
    const { command, place } = step;
    const { id } = command;
    const [body, hash] = [commandText(command), commandHash(command)];
    const known = sitting.known.get(id);
    if (known) return known.hash === hash ? known.outcome : this.#reused(sitting, step);
    if (place === 'hole') return { id, is: 'retry' };

    const judged = await this.#judgeStep(sitting, step);
    if (judged.is === 'quarantined') {
      const detail = { command: id, device: this.#part.device, why: judged.why, n: command.n };
      sitting.docket.audit.push({ who: command.actor, what: 'quarantined', detail });
    }
    sitting.docket.receipts.push({
      id,
      body_hash: hash,
      device: this.#part.device,
      n: place === 'taken' ? null : command.n,
      actor: command.actor,
      application: command.applicationId,
      kind: command.kind,
      body,
      received_at: this.#judging.now,
      head: place === 'next' ? step.head : null,
      judged,
    });
    const { device } = this.#part;
    sitting.known.set(id, { hash, outcome: judged, device, application: command.applicationId });
    return judged;
  }

  /** Same id, another body (invariant I5): nothing changes, and people are told. */
  #reused({ docket }: Sitting, { command }: Step): Judged {
    const detail = { command: command.id, device: this.#part.device, n: command.n };
    docket.audit.push({ who: command.actor, what: 'idReused', detail });
    this.#office.log.warn({ what: 'idReused', ...detail }, 'a command id came back with another body');
    return { id: command.id, is: 'refused', code: 'idReused', reason: 'idReused' };
  }

  /** Whether it may come to be judged at all. */
  #isFresh({ command, place, vouched }: Step): boolean {
    return !this.#revoked && place === 'next' && vouched && !this.#receipts.has(command.id);
  }

  async #judgeStep(sitting: Sitting, { command, place, vouched }: Step): Promise<Judged> {
    const { id, after, actor, applicationId } = command;
    if (this.#revoked) return { id, is: 'quarantined', why: 'deviceRevoked' };
    if (place !== 'next' || !vouched) return { id, is: 'quarantined', why: 'brokenChain' };
    const sender = this.#senders.get(actor);
    if (!sender || sender.disabled) return { id, is: 'quarantined', why: 'staffDisabled' };
    if (after !== null) {
      const before = sitting.known.get(after);
      // everything earlier of this device is here or lost: what this one follows can never come
      if (before?.device !== this.#part.device || before.application !== applicationId) {
        return { id, is: 'quarantined', why: 'brokenChain' };
      }
      const fate = fateAfter(id, before.outcome);
      if (fate !== null) return fate;
    }
    const { judged, events, receipts, audit } = await sitting.judgeOne(sender, command);
    sitting.docket.events.push(...events);
    sitting.docket.receipts.push(...receipts);
    sitting.docket.audit.push(...audit);
    return judged;
  }
}

function unforeseen(): never {
  throw new Error('a command is judged that was not foreseen');
}

/** A device that this office does not know (it was restored from before the enrolment): all is kept for people. */
function strangers({ commands }: Part): Walk {
  const steps = [...commands]
    .sort((a, b) => a.n - b.n)
    .map((command): Step => ({ command, place: 'taken', vouched: false, head: null }));
  return { steps, end: { n: 0, head: null } };
}
