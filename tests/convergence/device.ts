/** A device: what is on its disk and in its browser, the tabs that are open, and the line it is on. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Instant } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import type { EnrolResponse } from '#lib/protocol/auth.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import type { DeviceRecord } from '#lib/client/store/device.ts';
import type { Change } from '#lib/client/sync/ports.ts';
import { FIRST_POSITION, type Position } from '#lib/client/store/rows.ts';
import type { SyncStatus } from '#lib/client/sync/status.ts';
import { memoryStorage, type MemoryStorage } from '#lib/client/sync/storage-memory.ts';
import type { ItemsByHash } from '#lib/client/sync/transport-http.ts';
import { signBytes } from '#lib/client/vault/keys.ts';
import { COUNTY } from '../support/town.ts';
import { NOW } from '../support/builders.ts';
import type { SamplePhoto } from '../support/photo-files.ts';
import { bringsPhoto, GOOD, send, spoilt, type Door, type Heard, type Quality, type Sent } from './line.ts';
import type { Browser } from './browser.ts';
import { PhotoShelf } from './photo-shelf.ts';
import type { Desk } from './plan.ts';
import { Tab } from './tab.ts';
import type { Timeline } from './timeline.ts';

/** What the device tells whoever watches over the simulation. */
export interface Watcher {
  /** A command is on the device's disk. */
  stored(device: Device, command: WireCommand): void;
  committed(device: Device, change: Change): void;
  status(device: Device, status: SyncStatus): void;
}

export class Device implements Browser {
  readonly desk: Desk;
  readonly timeline: Timeline;
  readonly storage: MemoryStorage;
  readonly photos = new PhotoShelf();
  readonly record: DeviceRecord;
  readonly watcher: Watcher;
  /** Versions of items that its program packs with; null for the program of before, which sends JSON. */
  readonly versions: ItemsByHash | null;
  readonly tabs: Tab[] = [];
  readonly #door: (device: Device) => Door;
  cookie: string;
  line: Quality = GOOD;
  /** Its clock minus the true time. */
  skewMs = 0;
  /** The next bytes of a photo are spoilt on its own disk, or in a box on the way. */
  spoils = false;
  /** Number of the protocol that its program speaks. */
  protocol = 1;
  leader = '';
  /** How far it has pulled. */
  position: Position = FIRST_POSITION;
  /** Serial of the last receipt. */
  serial = 0;
  status: SyncStatus | null = null;
  #opened = 0;

  constructor(
    desk: Desk,
    { timeline, watcher, items }: { timeline: Timeline; watcher: Watcher; items: ReadonlyMap<string, Item> },
    door: (device: Device) => Door,
  ) {
    const { id, keys, staffKeys, cookie, site, number } = desk;
    this.desk = desk;
    this.timeline = timeline;
    this.watcher = watcher;
    this.versions =
      Number(number) % 2 === 0
        ? null
        : async () => {
            // a program of another protocol packs in its own way, which nobody here knows
            if (this.protocol !== 1) throw new Error('another program');
            return items;
          };
    this.#door = door;
    this.cookie = cookie;
    this.storage = memoryStorage(id, async (actor, bytes) => {
      const pair = staffKeys.get(actor);
      return pair ? signBytes(pair, bytes) : null;
    });
    this.storage.setRelease(`${COUNTY}/${site.level}/1`);
    const given = { device: id, number, releaseKeys: [] } as unknown as EnrolResponse;
    this.record = { ...given, name: desk.name, keys, enrolledAt: NOW };
  }

  get name(): string {
    return this.desk.name;
  }

  now(): number {
    return this.timeline.now + this.skewMs;
  }

  instant(): Instant {
    return new Date(this.now()).toISOString();
  }

  /** One more tab; it takes over from the one that leads. */
  open(): Tab {
    this.#opened += 1;
    const tab = new Tab(this, this.#opened);
    this.tabs.push(tab);
    return tab;
  }

  /** A tab that is still open takes over, as leadership.ts has it: with nothing but what is on the disk. */
  onLeaderGone(): void {
    const { timeline, tabs } = this;
    const heir = tabs.find(({ life, closed }) => !life.dead && !closed);
    if (!heir) return;
    timeline.after(heir.life, 'takes over', timeline.luck.below(35_000), () => {
      if (!tabs.some((tab) => tab.leads)) this.open();
    });
  }

  /** The tab that people work in. */
  get shown(): Tab | null {
    return this.tabs.findLast((tab) => !tab.life.dead && !tab.life.frozen) ?? null;
  }

  carry(sent: Sent, hear: (heard: Heard, ms: number) => void): void {
    send(this.timeline, this.line, this.#door(this), this.#spoken(this.#sound(sent)), hear);
  }

  #sound(sent: Sent): Sent {
    if (!this.spoils || !bringsPhoto(sent)) return sent;
    this.spoils = false;
    this.timeline.tell(`bytes of a photo of ${this.name} are spoilt`);
    return spoilt(this.timeline.luck, sent, sent.body!);
  }

  /** Another version of the program says its own number; what else it would say differently comes in here. */
  #spoken(sent: Sent): Sent {
    if (this.protocol === 1) return sent;
    if (sent.method === 'GET')
      return { ...sent, path: sent.path.replace('/api/sync?1.', `/api/sync?${this.protocol}.`) };
    if (sent.path !== '/api/sync' || sent.body === null) return sent;
    const packed = sent.headers['content-encoding'] === 'gzip';
    const request = JSON.parse(
      (packed ? gunzipSync(sent.body) : Buffer.from(sent.body)).toString(),
    ) as object;
    const text = JSON.stringify({ ...request, protocol: this.protocol });
    return { ...sent, body: new Uint8Array(packed ? gzipSync(text) : Buffer.from(text)) };
  }

  onStored(command: WireCommand, photos: readonly SamplePhoto[]): void {
    this.photos.queue(this.#siteOf(command), photos);
    this.watcher.stored(this, command);
  }

  #siteOf({ applicationId, kind, body }: WireCommand): string {
    if (kind === 'receive') return body.site;
    const held = this.storage.confirmed().find((one) => one.applicationId === applicationId);
    const made = this.storage
      .outbox()
      .find((one) => one.applicationId === applicationId && one.kind === 'receive');
    return (
      held?.state.site ?? (made?.command.kind === 'receive' ? made.command.body.site : this.desk.site.id)
    );
  }

  onCommit(change: Change, before: string): void {
    this.position = change.position;
    if (before !== change.position.lineage) this.photos.queueAnew();
    this.watcher.committed(this, change);
  }

  onStatus(status: SyncStatus): void {
    this.status = status;
    this.watcher.status(this, status);
  }
}
