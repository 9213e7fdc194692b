/** The office of a run: its disk, its processes behind one address, its folder of photos, its backups. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { OfficeFiles } from '#lib/server/files/office-files.ts';
import { sweepPhotos } from '#lib/server/files/sweep-photos.ts';
import { createLog } from '#lib/server/log.ts';
import { replayParked } from '#lib/server/sync/replay-parked.ts';
import { sweepClocks } from '#lib/server/sync/sweeper.ts';
import type { SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import type { Item } from '#lib/domain/item.ts';
import { full, type BriefResponse } from '#lib/protocol/brief.ts';
import { PACK_TYPE } from '#lib/protocol/pack.ts';
import { gunzipSync } from 'node:zlib';
import { readPack } from '../support/packed.ts';
import { brokenBody } from '../support/photo-sender.ts';
import { doors } from '../support/town.ts';
import type { Device } from './device.ts';
import type { Disk } from './disk.ts';
import type { Answer, Door, Heard, Sent } from './line.ts';
import type { Model } from './model.ts';
import { OfficeProcess, type Trap } from './office-process.ts';
import type { Oracle } from './oracle.ts';
import { Life, type Timeline } from './timeline.ts';

interface Backup {
  image: Uint8Array;
  model: Model;
  at: number;
}

/** Devices keep what the office took for 14 days: an older backup may lose work, and nobody promised otherwise. */
const OLDEST_BACKUP_MS = 13 * 86_400_000;
const MEMORY = '/dev/shm';
const silent = createLog(new Writable({ write: (_chunk, _encoding, done) => done() }));
silent.level = 'silent';

export class TownOffice {
  readonly disk: Disk;
  readonly backups: Backup[] = [];
  processes: OfficeProcess[] = [];
  /** The machine that starts processes; it never dies. */
  readonly machine = new Life('machine');
  readonly #timeline: Timeline;
  readonly #oracle: Oracle;
  readonly #count: number;
  readonly #items: ReadonlyMap<string, Item>;
  #files: OfficeFiles | null = null;
  #folder: string | null = null;
  #started = 0;
  #lineages = 0;

  constructor(
    timeline: Timeline,
    oracle: Oracle,
    disk: Disk,
    processes: number,
    items: ReadonlyMap<string, Item>,
  ) {
    this.#timeline = timeline;
    this.#oracle = oracle;
    this.disk = disk;
    this.#count = processes;
    this.#items = items;
  }

  get files(): OfficeFiles {
    this.#folder ??= mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'jinban-simulation-'));
    this.#files ??= new OfficeFiles(this.#folder, { reserve: 0 });
    return this.#files;
  }

  get alive(): OfficeProcess[] {
    return this.processes.filter(({ life }) => !life.dead);
  }

  /** As many processes as there should be. */
  async start(): Promise<void> {
    const { disk, files } = this;
    this.processes = this.alive;
    while (this.processes.length < this.#count) {
      this.#started += 1;
      const process = await OfficeProcess.start(`office${this.#started}`, {
        timeline: this.#timeline,
        disk,
        files,
        log: silent,
        onCommit: () => this.#oracle.commit(),
        onFault: () => (this.#oracle.model.faults += 1),
      });
      process.life.onDeath.push(() => this.#fell());
      this.processes.push(process);
    }
  }

  #fell(): void {
    this.#oracle.figures.crashes += 1;
    const after = this.#timeline.luck.pick([10, 500, 3_000, 20_000]);
    this.#timeline.begin(this.machine, 'starts', () => this.start(), after);
  }

  setTrap(trap: Trap): void {
    const [first] = this.alive;
    if (first) this.#timeline.luck.pick(this.alive).trap = trap;
  }

  /** Something that the office does by itself. */
  work(label: string, job: (process: OfficeProcess) => Promise<unknown>): void {
    if (this.alive.length === 0) return;
    const process = this.#timeline.luck.pick(this.alive);
    this.#timeline.tell(`${process.life.name} ${label}`);
    this.#timeline.begin(process.life, label, async () => {
      try {
        await job(process);
      } catch (error) {
        // as startSweeper does: what failed is done the next time; a killed process does nothing any more
        this.#timeline.tell(`${process.life.name} could not finish: ${(error as Error).message}`);
      }
    });
  }

  sweep(): void {
    this.work('sweeps clocks', ({ office }) => sweepClocks(office));
    if (this.#oracle.figures.photos > 0)
      this.work('sweeps photos', (process) => process.whole(() => sweepPhotos(process.office)));
  }

  replay(): void {
    this.work('replays what was parked', ({ office }) => replayParked(office));
  }

  backup(): void {
    const { model } = this.#oracle;
    this.backups.push({
      image: this.disk.backup(),
      model: model.copy(model.lineage),
      at: this.#timeline.now,
    });
    if (this.backups.length > 2) this.backups.shift();
    this.#timeline.tell(`backup ${this.backups.length}`);
  }

  /** Puts a backup back, as docs/operations.md says: stopped, replaced, given a new lineage, started. */
  async restore(which: number): Promise<void> {
    const backup = this.backups[which % Math.max(1, this.backups.length)];
    if (!backup || this.#timeline.now - backup.at > OLDEST_BACKUP_MS) return;
    for (const process of this.processes) process.kill();
    this.#lineages += 1;
    // a poll says only its first digits (protocol/poll.ts): they tell lineages apart, as those of a UUID do
    const lineage = `${this.#lineages}-lineage`;
    this.disk.restore(backup.image);
    this.disk.raw.prepare('update lineage set id = ?').run(lineage);
    this.#oracle.restored(backup.model, lineage);
    this.#timeline.tell(
      `restored from ${((this.#timeline.now - backup.at) / 1000).toFixed(0)}s ago as ${lineage}`,
    );
    await this.start();
  }

  /** The door of the office for one device. */
  readonly door =
    (device: Device): Door =>
    (sent, answer) => {
      if (this.alive.length === 0) return answer('broken');
      const process = this.#timeline.luck.pick(this.alive);
      let over = false;
      const once = (heard: Heard): void => {
        if (over) return;
        over = true;
        answer(heard);
      };
      process.life.onDeath.push(() => once('broken'));
      this.#timeline.begin(process.life, `takes ${sent.method} ${sent.path}`, async () => {
        const response = await this.#take(process, sent);
        const body = new Uint8Array(await response.arrayBuffer());
        if (process.life.dead) return;
        const packed = response.headers.get('content-encoding') === 'gzip';
        const plain = packed ? new Uint8Array(gunzipSync(body)) : body;
        const heard = { status: response.status, headers: response.headers, body, plain };
        if (sent.path.split('?')[0] === '/api/sync' && heard.status === 200)
          await this.#look(device, sent, heard);
        once(sent.cut === true ? 'broken' : heard);
      });
    };

  #take(process: OfficeProcess, sent: Sent): Promise<Response> {
    const { method, path, headers, body } = sent;
    const length: Record<string, string> = body
      ? { 'content-length': String(sent.length ?? body.length) }
      : {};
    const init = {
      method,
      headers: { ...headers, ...length },
      body: sent.cut && body ? brokenBody(body) : body,
    };
    const request = new Request(`http://localhost:3000${path}`, { ...init, duplex: 'half' } as RequestInit);
    const take = (): Promise<Response> => doors(process.office)(request);
    return path.startsWith('/api/files') ? process.whole(take) : take();
  }

  async #requestOf({ headers, body }: Sent): Promise<SyncRequest> {
    if (headers['content-type'] === PACK_TYPE) return (await readPack(body!, this.#items)) as SyncRequest;
    const zipped = headers['content-encoding'] === 'gzip';
    return JSON.parse(Buffer.from(zipped ? gunzipSync(body!) : body!).toString('utf8')) as SyncRequest;
  }

  async #look(device: Device, sent: Sent, heard: Answer): Promise<void> {
    const said = JSON.parse(Buffer.from(heard.plain ?? heard.body).toString('utf8')) as unknown;
    const packed = sent.headers['content-type'] === PACK_TYPE;
    // who sent nothing is told of nothing: looking is not worth the time
    const looks = packed || (said as SyncResponse).outcomes.length > 0;
    const commands = looks ? (await this.#requestOf(sent)).commands : [];
    const response = packed ? full(said as BriefResponse, commands)! : (said as SyncResponse);
    this.#oracle.figures.deliveries += commands.length;
    this.#oracle.answers(device, commands, response);
    this.#timeline.tell(`office answers ${device.name}: ${this.#inWords(response)}`, isIdle(response));
  }

  #inWords({ outcomes, feed }: SyncResponse): string {
    const said = outcomes.map(({ id, is }) => `${this.#oracle.labelOf(id)} ${is}`);
    if (feed === null) return [...said, 'nothing else'].join(', ');
    const down =
      'page' in feed
        ? `reset ${feed.reset}, ${feed.page.length} applications${feed.next === null ? '' : ' and more'}`
        : `events ${feed.from}–${feed.to}`;
    return [...said, down].join(', ');
  }

  end(): void {
    this.disk.close();
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Nothing that a story needs. */
const isIdle = ({ outcomes, feed }: SyncResponse): boolean =>
  outcomes.length === 0 && (feed === null || ('events' in feed && feed.events.length === 0));
