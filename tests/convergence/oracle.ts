/**
 * Watches over a run: what people were told, what the office committed and answered, what devices hold. It keeps a model
 * of the office for each lineage and compares at every commit, answer and pull; the first broken promise is kept.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { Confirmed, Position } from '#lib/client/store/rows.ts';
import type { Change } from '#lib/client/sync/ports.ts';
import type { SyncStatus } from '#lib/client/sync/status.ts';
import { instantMs } from '#lib/domain/day.ts';
import type { Event } from '#lib/domain/events.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import type { Outcome, SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import type { Device, Watcher } from './device.ts';
import type { Disk } from './disk.ts';
import { Model, type Committed } from './model.ts';
import type { Plan, Site } from './plan.ts';
import type { Timeline } from './timeline.ts';
import { object, Violation } from './violation.ts';

/** A command that a person made. */
export interface Made {
  label: string;
  command: WireCommand;
  device: Device;
  /** What the person was told. */
  told: 'nothing' | 'saved' | 'takenBack';
}

export interface Figures {
  commands: number;
  answers: number;
  deliveries: number;
  crashes: number;
  restores: number;
  photos: number;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
type Row = Record<string, string | number | null>;

export class Oracle implements Watcher {
  readonly made = new Map<string, Made>();
  /** Bodies that went around under the id of another command, by hash. */
  readonly forged = new Map<string, string>();
  readonly models = new Map<string, Model>();
  readonly figures: Figures = { commands: 0, answers: 0, deliveries: 0, crashes: 0, restores: 0, photos: 0 };
  model: Model;
  violation: Violation | null = null;
  readonly #timeline: Timeline;
  readonly #disk: Disk;
  readonly #positions = new Map<Device, Position>();
  /** Days after which an application that was closed may be gone from a device. */
  readonly #keptDays = 6;

  constructor(plan: Plan, timeline: Timeline, disk: Disk, lineage: string) {
    this.#timeline = timeline;
    this.#disk = disk;
    this.model = new Model(lineage, plan);
    this.models.set(lineage, this.model);
    this.model.seen = this.#rows();
  }

  /** Checks; the first violation is kept, because production code catches what is thrown through it. */
  watch(check: () => void): void {
    try {
      check();
    } catch (error) {
      const broken =
        error instanceof Violation ? error : new Violation('model', String((error as Error).stack ?? error));
      this.violation ??= broken;
    }
  }

  /** The office goes on from this model under a new lineage. */
  restored(model: Model, lineage: string): void {
    this.model = model.copy(lineage);
    this.models.set(lineage, this.model);
    this.figures.restores += 1;
  }

  labelOf(id: string): string {
    return this.made.get(id)?.label ?? id.slice(0, 8);
  }

  // what devices say

  stored(device: Device, command: WireCommand): void {
    const label = `k${this.made.size + 1}`;
    this.made.set(command.id, { label, command, device, told: 'nothing' });
    this.figures.commands += 1;
    this.#timeline.tell(
      `${device.name} keeps ${label} = ${command.kind} by ${command.actor}, number ${command.n}`,
    );
  }

  /** The page said so to whoever pressed the button. */
  saved(id: string): void {
    const made = this.made.get(id);
    if (!made) return this.watch(() => object('I2', `${id} was said to be saved and is nowhere`));
    if (made.told === 'nothing') made.told = 'saved';
  }

  status(device: Device, { alarm }: SyncStatus): void {
    // what the loop did not foresee is a bug of ours
    if (alarm?.code === 'fault') this.watch(() => object('I10', `${device.name} failed: ${alarm.detail}`));
  }

  committed(device: Device, change: Change): void {
    this.watch(() => {
      const { position, put } = change;
      this.#told(device, change);
      const before = this.#positions.get(device);
      this.#positions.set(device, position);
      const fell =
        before !== undefined && position.lineage === before.lineage && position.cursor < before.cursor;
      if (fell && position.epoch === before.epoch && position.lineage !== '')
        object(
          'I4',
          `the cursor of ${device.name} fell from ${before.cursor} to ${position.cursor} without a reset`,
        );
      const lineage = position.paging?.lineage ?? position.lineage;
      const model = this.models.get(lineage);
      if (!model) {
        if (lineage !== '') object('I3', `${device.name} follows ${lineage}, which no office had`);
        return;
      }
      for (const confirmed of put) this.#isTrue(device, model, confirmed);
      const moved =
        before === undefined || before.cursor !== position.cursor || before.epoch !== position.epoch;
      if (moved || put.length > 0 || change.outbox.length > 0) this.#hasEverything(device, change.outbox);
    });
  }

  #told(device: Device, { position, outbox }: Change): void {
    for (const { id, status, outcome } of outbox) {
      const said = outcome?.is === 'refused' ? `refused ${outcome.reason}` : status;
      this.#timeline.tell(`${device.name} hears of ${this.labelOf(id)}: ${said}`);
    }
    const { cursor, lineage, paging } = position;
    this.#timeline.tell(
      `${device.name} is at ${paging ? `page of ${paging.at}` : cursor} of ${lineage}`,
      true,
    );
  }

  #isTrue(device: Device, model: Model, { applicationId, rev, state }: Confirmed): void {
    if (!same(state, model.state(applicationId, rev)))
      object('I4', `${device.name} has another revision ${rev} of ${applicationId} than the office`);
  }

  /** I3: whatever the cursor has passed is in the state; I6: what counts as pulled is in it too. */
  #hasEverything(device: Device, changed: Change['outbox']): void {
    const { site } = device.desk;
    const position = this.#positions.get(device);
    const model = position && this.models.get(position.lineage);
    if (!model || position.paging) return;
    const held = new Map(device.storage.confirmed().map((one) => [one.applicationId, one]));
    for (const [id, known] of model.applications) {
      if (!inScope(site, known.site)) continue;
      const passed = known.seqs.filter((seq) => seq <= position.cursor).length;
      const has = held.get(id)?.rev ?? 0;
      if (has >= passed || (has === 0 && this.#mayBeGone(device, known.states[passed - 1]!.closedOn)))
        continue;
      object(
        'I3',
        `${device.name} has passed event ${known.seqs[passed - 1]} and holds ${id} at revision ${has} of ${passed}`,
      );
    }
    for (const id of held.keys()) {
      const known = model.applications.get(id);
      if (known && !inScope(site, known.site))
        object('I3', `${device.name} holds ${id}, which is not its business`);
    }
    for (const { id, pulled, status, outcome } of changed) {
      if (pulled === 0 || status !== 'acked' || outcome?.is !== 'applied') continue;
      const is = model.receipts.get(id)?.outcome;
      const one = held.get(this.made.get(id)!.command.applicationId);
      if (one && is?.is === 'applied' && one.rev < is.rev)
        object('I6', `${this.labelOf(id)} has left the fold of ${device.name} before it was confirmed`);
    }
  }

  #mayBeGone(device: Device, closedOn: string | null): boolean {
    if (closedOn === null) return false;
    const latest = Math.max(this.#timeline.now, device.now());
    const days = (latest - instantMs(`${closedOn}T00:00:00Z`)) / 86_400_000;
    return days >= this.#keptDays || device.skewMs !== 0;
  }

  // what the office says

  #rows(): Model['seen'] {
    const last = (table: string): number =>
      Number(this.#disk.query(`select coalesce(max(rowid), 0) as last from ${table}`).get()!.last);
    return { command: last('command'), event: last('event') };
  }

  /** Reads what was committed since the last time. */
  commit(): void {
    if (this.violation) return;
    this.watch(() => {
      const { model } = this;
      const after = (table: string, seen: number): Row[] =>
        this.#disk
          .query(`select rowid as row_number, * from ${table} where rowid > ? order by rowid`)
          .all(seen) as Row[];
      const receipts = after('command', model.seen.command);
      const events = after('event', model.seen.event).map(eventOf);
      model.seen.command = Number(receipts.at(-1)?.row_number ?? model.seen.command);
      model.seen.event = Math.max(model.seen.event, ...events.map((one) => one.row));
      const of = (id: string): Committed[] => events.filter((event) => event.command === id);
      for (const row of receipts) this.#receipt(row, of(String(row.id)));
      const replays = model.parked.size === 0 ? [] : this.#replayed();
      for (const { id, outcome } of replays) model.replay(id, outcome, of(id));
      const known = new Set([...receipts.map((row) => row.id), ...replays.map(({ id }) => id)]);
      const stray = events.find((event) => !known.has(event.command));
      if (stray) object('I1', `event ${stray.seq} of ${stray.feed} belongs to no new receipt`);
      for (const id of new Set(events.map((event) => event.applicationId))) this.#row(id);
    });
  }

  #receipt(row: Row, events: Committed[]): void {
    const outcome = JSON.parse(String(row.outcome)) as Outcome;
    const id = String(row.id);
    const body = String(row.body);
    const made = this.made.get(id);
    const foreign = made !== undefined && canonicalJson(made.command) !== body;
    if (row.device !== null && !made) object('I14', `${id} was made by nobody`);
    if (foreign && !this.forged.has(hashOf(body)))
      object('I14', `${this.labelOf(id)} was changed on its way`);
    if (row.body_hash !== hashOf(body))
      object('I5', `${this.labelOf(id)} is kept with the hash of another body`);
    if (made?.told === 'takenBack')
      object('I2', `${made.label} was taken back and is at the office all the same`);
    const { device, n, actor, application, kind, received_at: now } = row;
    const receipt = {
      id,
      hash: String(row.body_hash),
      body,
      outcome,
      actor: String(actor),
      now: String(now),
    };
    const place = { device: device as string | null, n: n as number | null };
    this.#timeline.tell(`office commits ${made ? made.label : String(kind)}: ${shortOutcome(outcome)}`);
    this.model.take(
      { ...receipt, ...place, applicationId: String(application), kind: String(kind) },
      events,
      foreign,
    );
    if (outcome.is === 'applied' && outcome.seq !== events.at(-1)?.seq)
      object('I1', `the receipt of ${this.labelOf(id)} names event ${outcome.seq}`);
  }

  #replayed(): { id: string; outcome: Outcome }[] {
    const find = this.#disk.query('select outcome from command where id = ?');
    return [...this.model.parked].flatMap((id) => {
      const outcome = JSON.parse(String(find.get(id)!.outcome)) as Outcome;
      return outcome.is === 'parked' ? [] : [{ id, outcome }];
    });
  }

  /** The row of an application is the fold of its events. */
  #row(id: string): void {
    const row = this.#disk.query('select state_json, rev, seq from application where id = ?').get(id) as Row;
    const known = this.model.applications.get(id)!;
    const right = row.rev === known.states.length && row.seq === known.seqs.at(-1);
    if (!right || !same(JSON.parse(String(row.state_json)), known.states.at(-1)))
      object('I4', `the office's row of ${id} is not the fold of its events`);
  }

  /** An answer leaves: nothing in it may be more than what is committed. */
  answers(device: Device, sent: SyncRequest['commands'], { lineage, outcomes, feed }: SyncResponse): void {
    this.figures.answers += 1;
    this.watch(() => {
      const { model } = this;
      if (lineage !== model.lineage) object('I3', `an answer of lineage ${lineage}`);
      for (const outcome of outcomes) this.#answer(sent, outcome);
      if (feed === null) return;
      if (model.revoked.has(device.desk.id)) object('I14', `${device.name} is revoked and was sent data`);
      if ('page' in feed) {
        for (const { applicationId, rev, state } of feed.page) {
          this.#isTrue(device, model, { applicationId, rev, state, seq: 0, epoch: 0 });
        }
        return;
      }
      for (const { seq, ...event } of feed.events) {
        const logged = model.feeds.get(device.desk.site.township)?.[seq - 1];
        if (!logged || !same(event.event, logged.event) || event.rev !== logged.rev)
          object('I3', `event ${seq} that ${device.name} was sent is not in the log`);
      }
    });
  }

  #answer(commands: SyncRequest['commands'], outcome: Outcome): void {
    const { id } = outcome;
    if (outcome.is === 'retry') return;
    const receipt = this.model.receipts.get(id);
    if (!receipt) return object('I1', `${this.labelOf(id)} was answered ${outcome.is} before its commit`);
    const sent = commands.find((one) => one.id === id);
    const reused = sent !== undefined && hashOf(canonicalJson(sent)) !== receipt.hash;
    const says = outcome.is === 'refused' && outcome.reason === 'idReused';
    if (reused !== says)
      object('I5', `another body under the id of ${this.labelOf(id)} was answered ${outcome.is}`);
    // a replay may have come between
    if (!reused && outcome.is !== 'parked' && !same(outcome, receipt.outcome))
      object(
        'I1',
        `${this.labelOf(id)} was answered ${shortOutcome(outcome)}, its receipt says ${shortOutcome(receipt.outcome)}`,
      );
  }
}

export const inScope = (site: Site, of: Site): boolean =>
  site.level === 'village' ? site.id === of.id : site.township === of.township;

export const shortOutcome = (outcome: Outcome): string =>
  outcome.is === 'applied'
    ? `applied, event ${outcome.seq}`
    : outcome.is === 'refused'
      ? `refused ${outcome.reason}`
      : outcome.is;

function eventOf(row: Row): Committed & { row: number } {
  return {
    row: Number(row.row_number),
    feed: String(row.feed),
    site: String(row.site),
    seq: Number(row.seq),
    applicationId: String(row.application),
    rev: Number(row.rev),
    command: String(row.command),
    actor: JSON.parse(String(row.actor)) as Committed['actor'],
    now: String(row.now),
    event: JSON.parse(String(row.data)) as Event,
  };
}
