/** One run: devices, lines, an office, people, and an oracle that watches. Its steps are in steps.ts. */
import { NOW } from '../support/builders.ts';
import { lineRequests } from './browser.ts';
import { Device } from './device.ts';
import { Disk } from './disk.ts';
import type { Sent } from './line.ts';
import { Oracle } from './oracle.ts';
import { People } from './people.ts';
import type { Person, Plan } from './plan.ts';
import { Timeline, type Life } from './timeline.ts';
import { TownOffice } from './town-office.ts';

const LINEAGE = '0-lineage';
/** Requests that the line remembers, and may bring again. */
const REMEMBERED = 12;

export class World {
  readonly plan: Plan;
  readonly timeline: Timeline;
  readonly oracle: Oracle;
  readonly office: TownOffice;
  readonly devices: Device[];
  readonly people: People;
  readonly remembered: { device: Device; sent: Sent }[] = [];

  constructor(plan: Plan, seed: number, processes: number) {
    this.plan = plan;
    this.timeline = new Timeline(Date.parse(NOW), seed);
    const disk = new Disk(plan.image);
    disk.raw.prepare('update lineage set id = ?').run(LINEAGE);
    this.oracle = new Oracle(plan, this.timeline, disk, LINEAGE);
    this.office = new TownOffice(this.timeline, this.oracle, disk, processes, plan.items);
    this.people = new People(plan);
    this.devices = plan.desks.map((desk) => {
      const door = (device: Device) => {
        const taken = this.office.door(device);
        return (sent: Sent, answer: Parameters<typeof taken>[1]): void => {
          if (sent.path === '/api/sync') this.#remember(device, sent);
          taken(sent, answer);
        };
      };
      return new Device(desk, { timeline: this.timeline, watcher: this.oracle, items: plan.items }, door);
    });
    const browserOf = (life: Life): Device =>
      this.devices.find((device) => device.tabs.some((tab) => tab.life === life))!;
    Object.assign(globalThis, { XMLHttpRequest: lineRequests(this.timeline, browserOf) });
  }

  #remember(device: Device, sent: Sent): void {
    this.remembered.push({ device, sent });
    if (this.remembered.length > REMEMBERED) this.remembered.shift();
  }

  async begin(): Promise<void> {
    await this.office.start();
    this.office.backup();
    for (const device of this.devices) device.open();
  }

  /** So many events, but no more than that much time. */
  async go(events: number, ms: number): Promise<void> {
    const until = this.timeline.now + ms;
    for (let count = 0; count < events; count++) {
      if (!(await this.timeline.step(until))) return;
      this.check();
    }
  }

  check(): void {
    if (this.oracle.violation) throw this.oracle.violation;
  }

  press(device: Device, person: Person): void {
    const { timeline, oracle } = this;
    const deed = this.people.choose(device, person, timeline.luck);
    if (!deed) return;
    const tab = device.shown ?? device.open();
    const { press, photos } = deed;
    oracle.figures.photos += photos.length;
    const clicks = timeline.luck.happens(0.1) ? 2 : 1;
    for (let click = 0; click < clicks; click++) {
      timeline.begin(tab.life, `${person.id} presses ${press.kind}`, async () => {
        const enqueued = await tab.press(press, photos);
        if (enqueued.ok) oracle.saved(press.id);
        else timeline.tell(`${device.name} could not keep ${press.kind}: ${enqueued.why}`);
      });
    }
  }
}
