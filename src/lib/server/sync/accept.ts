/**
 * Takes a device's commands: each is judged under its own savepoint and leaves a receipt, and receipts, events and the
 * end of the device's chain are committed together (protocol.md, Office; invariants I1, I5, I7, I14).
 */
import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { Outcome, SyncRequest } from '#lib/protocol/sync.ts';
import { lockRows, savepoint, type Trx } from '../db/dialect.ts';
import { isEngineFault, isUniqueClash } from '../db/engine-faults.ts';
import type { DeviceTable } from '../db/schema.ts';
import { errorFacts } from '../log.ts';
import type { Office } from '../office.ts';
import { walkChain, type ChainEnd, type Step, type Walk } from './chain-walk.ts';
import { noteCall } from './contact.ts';
import { Docket, lockFeed, type Judged } from './docket.ts';
import { judge, type Sender } from './judge.ts';
import type { Judging } from './judging.ts';
import { fateAfter, meetSenders, type Senders } from './senders.ts';

/** The commands of one device's chain. */
interface Part extends Pick<SyncRequest, 'commands' | 'runs' | 'keeps'> {
  /** The device whose chain it is. */
  device: string;
  /** Release that it works with; undefined when another device carries its commands. */
  release?: string | null;
}

/** A receipt as a later delivery or command meets it. */
interface Known {
  hash: string;
  outcome: Outcome | Judged;
  device: string | null;
  application: string;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Times that another call of the same device may come between, at another process: the turns of one process prevent it
 * there. Whoever comes between has taken commands, so as many processes as answer one device at once are enough.
 */
const TRIES = 10;
/** Attempts after which a key that is taken is no coincidence any more: a fault of our rules, and the command is parked. */
const CLASHES = 3;

/**
 * Takes the commands of a request. A device that was enrolled anew, or a courier, also carries the chain of another
 * device: each chain is judged as its own device's, by the keys that people registered there (I14).
 */
export async function acceptCommands(
  office: Office,
  own: string,
  { commands, runs, keeps, release }: SyncRequest,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const device of new Set(commands.map((command) => command.device))) {
    const its = commands.filter((command) => command.device === device);
    const part: Part =
      device === own
        ? { device, commands: its, runs, keeps, release }
        : // who carries for another sends what there is: nothing earlier will come
          { device, commands: its, runs, keeps: Math.min(...its.map((command) => command.n)) };
    outcomes.push(...(await acceptPart(office, part)));
  }
  return outcomes;
}

async function acceptPart(office: Office, part: Part): Promise<Outcome[]> {
  const { device } = part;
  for (let tries = 0; tries < TRIES; tries++) {
    const basis = await office.store.read(async (trx) => ({
      ...(await whereItStands(trx, device)),
      keys: await trx
        .selectFrom('staff_key')
        .select(['staff', 'public_key'])
        .where('device', '=', device)
        .execute(),
    }));
    const keysOf = (actor: string): string[] =>
      basis.keys.filter((key) => key.staff === actor).map((key) => key.public_key);
    const walk = basis.end === null ? strangers(part) : await walkChain(device, basis.end, part, keysOf);
    let attempt = 0;
    const outcomes = await office.store.write(
      (trx) => new Acceptance(office, trx, part, ++attempt).take(basis.end, walk),
      basis.township,
    );
    if (outcomes !== 'moved') return outcomes;
  }
  throw new Error('the chain of a device did not come to rest');
}

/** The end of a device's chain, null for an unknown device; and the township whose feed it writes into. */
async function whereItStands(trx: Trx, id: string): Promise<{ end: ChainEnd | null; township: string }> {
  const row = await trx
    .selectFrom('device')
    .innerJoin('site', 'site.id', 'device.site')
    .select(['chain_n', 'chain_head', 'site.township'])
    .where('device.id', '=', id)
    .executeTakeFirst();
  return {
    end: row ? { n: row.chain_n, head: row.chain_head } : null,
    township: row?.township ?? '',
  };
}

/** A device that this office does not know (it was restored from before the enrolment): all is kept for people. */
function strangers({ commands }: Part): Walk {
  const steps = [...commands]
    .sort((a, b) => a.n - b.n)
    .map((command): Step => ({ command, place: 'taken', vouched: false, head: null }));
  return { steps, end: { n: 0, head: null } };
}

class Acceptance {
  readonly #office: Office;
  readonly #part: Part;
  readonly #judging: Judging;
  readonly #attempt: number;
  readonly #docket = new Docket();
  readonly #known = new Map<string, Known>();
  #senders: Senders = new Map();

  /** `attempt`: 1, and more where the engine gave it up before. */
  constructor(office: Office, trx: Trx, part: Part, attempt: number) {
    this.#office = office;
    this.#part = part;
    this.#attempt = attempt;
    this.#judging = { trx, now: office.clock.now(), rulebook: office.rulebook };
  }

  async take(expected: ChainEnd | null, walk: Walk): Promise<Outcome[] | 'moved'> {
    const { trx, now } = this.#judging;
    const query = trx.selectFrom('device').selectAll().where('id', '=', this.#part.device);
    const device = await lockRows(trx, query).executeTakeFirst();
    if (device?.chain_n !== expected?.n || device?.chain_head !== expected?.head) return 'moved';

    await this.#meetReceipts();
    if (device) await this.#meetSenders(device);
    const answers: (Outcome | Judged)[] = [];
    for (const step of walk.steps) answers.push(await this.#take(step, device?.status === 'revoked'));
    const numbered = await this.#docket.close(trx, now);
    if (device) {
      const end = { chain_n: walk.end.n, chain_head: walk.end.head };
      await trx.updateTable('device').set(end).where('id', '=', device.id).execute();
    }
    return answers.map((answer) => numbered.get(answer.id) ?? (answer as Outcome));
  }

  async #meetSenders(device: Selectable<DeviceTable>): Promise<void> {
    const { trx, now } = this.#judging;
    const place = await trx
      .selectFrom('site')
      .selectAll()
      .where('id', '=', device.site)
      .executeTakeFirstOrThrow();
    const site = { ...place, county: place.county ?? '', township: place.township ?? '' };
    await lockFeed(trx, site.township);
    const actors = this.#part.commands.map(({ actor }) => actor);
    this.#senders = await meetSenders(trx, { device, site }, actors);
    const { release } = this.#part;
    if (release !== undefined) await noteCall(trx, device, { now, drained: false, release, path: site.path });
  }

  /** Receipts of these commands and of the ones they come after. */
  async #meetReceipts(): Promise<void> {
    const ids = [
      ...new Set(this.#part.commands.flatMap(({ id, after }) => (after === null ? [id] : [id, after]))),
    ];
    const rows = await this.#judging.trx
      .selectFrom('command')
      .select(['id', 'body_hash', 'outcome', 'device', 'application'])
      .where('id', 'in', ids)
      .execute();
    for (const { id, body_hash: hash, outcome, device, application } of rows) {
      this.#known.set(id, { hash, outcome: JSON.parse(outcome) as Outcome, device, application });
    }
  }

  async #take(step: Step, revoked: boolean): Promise<Outcome | Judged> {
    const { command, place } = step;
    const { id } = command;
    const body = canonicalJson(command);
    const hash = hashOf(body);
    const known = this.#known.get(id);
    if (known) return known.hash === hash ? known.outcome : this.#reused(step);
    if (place === 'hole') return { id, is: 'retry' };

    const judged = await this.#judgeStep(step, revoked);
    if (judged.is === 'quarantined') {
      const detail = { command: id, device: this.#part.device, why: judged.why, n: command.n };
      this.#docket.audit.push({ who: command.actor, what: 'quarantined', detail });
    }
    this.#docket.receipts.push({
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
    this.#known.set(id, { hash, outcome: judged, device, application: command.applicationId });
    return judged;
  }

  /** Same id, another body (invariant I5): nothing changes, and people are told. */
  #reused({ command }: Step): Judged {
    const detail = { command: command.id, device: this.#part.device, n: command.n };
    this.#docket.audit.push({ who: command.actor, what: 'idReused', detail });
    this.#office.log.warn({ what: 'idReused', ...detail }, 'a command id came back with another body');
    return { id: command.id, is: 'refused', code: 'idReused', reason: 'idReused' };
  }

  async #judgeStep({ command, place, vouched }: Step, revoked: boolean): Promise<Judged> {
    const { id, after, actor, applicationId } = command;
    if (revoked) return { id, is: 'quarantined', why: 'deviceRevoked' };
    if (place !== 'next' || !vouched) return { id, is: 'quarantined', why: 'brokenChain' };
    const sender = this.#senders.get(actor);
    if (!sender || sender.disabled) return { id, is: 'quarantined', why: 'staffDisabled' };
    if (after !== null) {
      const before = this.#known.get(after);
      // everything earlier of this device is here or lost: what this one follows can never come
      if (before?.device !== this.#part.device || before.application !== applicationId) {
        return { id, is: 'quarantined', why: 'brokenChain' };
      }
      const fate = fateAfter(id, before.outcome);
      if (fate !== null) return fate;
    }
    return this.#judge(sender, command);
  }

  async #judge(sender: Sender, command: Step['command']): Promise<Judged> {
    const { trx } = this.#judging;
    try {
      const { judged, events, receipts, audit } = await savepoint(trx, () =>
        judge(this.#judging, sender, command),
      );
      this.#docket.events.push(...events);
      this.#docket.receipts.push(...receipts);
      this.#docket.audit.push(...audit);
      return judged;
    } catch (error) {
      if (isEngineFault(error)) throw error;
      // somebody else may have written the same key just now, which the next look sees
      if (isUniqueClash(error) && this.#attempt < CLASHES) throw error;
      const { id, kind } = command;
      this.#office.log.error(
        { what: 'parked', command: id, kind, ...errorFacts(error) },
        'a command was parked',
      );
      return { id, is: 'parked' };
    }
  }
}
