/**
 * What can happen, one step after the other: a schedule is a list of them, and fast-check makes and shrinks it. A step
 * means something whatever came before, and brings its own luck, so that leaving others out changes little.
 */
import fc from 'fast-check';
import { runsOf } from '#lib/client/store/runs.ts';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import { createHash } from 'node:crypto';
import { LIMITS } from '#lib/protocol/limits.ts';
import type { Device } from './device.ts';
import { QUALITIES } from './line.ts';
import { luckOf } from './luck.ts';
import type { World } from './world.ts';

/** Steps and how often they come. */
const WEIGHTS = {
  press: 32,
  go: 14,
  pass: 9,
  line: 9,
  open: 3,
  killTab: 4,
  freeze: 2,
  thaw: 2,
  killOffice: 4,
  fault: 2,
  replay: 1,
  backup: 2,
  restore: 2,
  night: 2,
  sweep: 2,
  twin: 2,
  echo: 3,
  takeBack: 3,
  courier: 2,
  clock: 2,
  endSessions: 2,
  protocol: 1,
  spoil: 3,
  revoke: 1,
  disable: 1,
} as const;
export type StepKind = keyof typeof WEIGHTS;

export interface Step {
  do: StepKind;
  /** Which device. */
  at: number;
  luck: number;
}

export const step: fc.Arbitrary<Step> = fc.record({
  do: fc.oneof(
    ...(Object.keys(WEIGHTS) as StepKind[]).map((kind) => ({
      weight: WEIGHTS[kind],
      arbitrary: fc.constant(kind),
    })),
  ),
  at: fc.noBias(fc.nat(999)),
  luck: fc.noBias(fc.nat(2 ** 31 - 1)),
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export async function perform(world: World, { do: kind, at, luck: seed }: Step): Promise<void> {
  const { timeline, devices } = world;
  const luck = luckOf(seed);
  timeline.luck = luck;
  await DEEDS[kind](world, devices[at % devices.length]!);
  world.check();
  await world.go(luck.below(14), 2_000);
}

type Deed = (world: World, device: Device) => Promise<void> | void;

const DEEDS: Record<StepKind, Deed> = {
  press(world, device) {
    world.press(device, world.timeline.luck.pick(device.desk.people));
  },
  go: (world) => world.go(10 + world.timeline.luck.below(40), 30_000),
  pass: (world) => world.go(300, world.timeline.luck.pick([100, 1_000, 5_000, 20_000, 70_000])),
  line({ timeline }, device) {
    device.line = timeline.luck.pick(QUALITIES);
    timeline.tell(`line of ${device.name}: ${device.line.name}`);
  },
  open({ timeline }, device) {
    device.open();
    timeline.tell(`${device.name} opens a tab`);
  },
  killTab({ timeline, oracle }, device) {
    const tab = device.shown;
    if (!tab) return;
    tab.trap = 1 + timeline.luck.below(25);
    tab.life.onDeath.push(() => void (oracle.figures.crashes += 1));
  },
  freeze({ timeline }, device) {
    const tab = device.shown;
    if (!tab) return;
    tab.life.frozen = true;
    device.open();
    timeline.tell(`${tab.life.name} freezes, another tab takes over`);
  },
  thaw(_, device) {
    for (const { life } of device.tabs) life.frozen = false;
  },
  killOffice({ timeline: { luck }, office }) {
    const at = luck.pick(['port', 'statement'] as const);
    office.setTrap({ at, left: 1 + luck.below(at === 'port' ? 12 : 90), then: 'kill' });
  },
  fault({ timeline: { luck }, office }) {
    office.setTrap({ at: 'statement', left: 1 + luck.below(60), then: 'fault' });
  },
  replay: ({ office }) => office.replay(),
  backup: ({ office }) => office.backup(),
  restore: ({ office, timeline }) => office.restore(timeline.luck.below(2)),
  async night(world) {
    const { timeline, devices, office } = world;
    for (const device of devices) for (const tab of device.tabs) tab.close();
    await world.go(20, 1_000);
    for (const device of devices) for (const tab of device.tabs) tab.life.end();
    const days = timeline.luck.pick([0.5, 1, 1, 2, 3]);
    timeline.tell(`${days} days pass`);
    await world.go(Infinity, days * DAY);
    office.sweep();
    for (const device of devices) device.open();
  },
  sweep: ({ office }) => office.sweep(),
  twin,
  echo({ timeline, remembered, office }) {
    if (remembered.length === 0) return;
    const { device, sent } = timeline.luck.pick(remembered);
    timeline.tell(`an old request of ${device.name} comes again`);
    office.door(device)(sent, () => undefined);
  },
  async takeBack({ timeline, oracle }, device) {
    const held = device.storage.outbox().findLast((row) => row.held !== null);
    if (!held || (await device.storage.undo(held.id)) !== 'undone') return;
    const made = oracle.made.get(held.id)!;
    made.told = 'takenBack';
    timeline.tell(`${made.label} is taken back`);
  },
  courier,
  clock({ timeline }, device) {
    device.skewMs = timeline.luck.pick([0, 0, 2 * HOUR, -HOUR, 26 * HOUR, -365 * DAY]);
    timeline.tell(`clock of ${device.name}: ${device.skewMs / HOUR} hours`);
  },
  endSessions({ office, timeline }) {
    office.disk.raw.exec('delete from session');
    timeline.tell('all sessions end');
  },
  protocol({ timeline }, device) {
    device.protocol = timeline.luck.pick([0, 2]);
    timeline.tell(`${device.name} speaks protocol ${device.protocol}`);
  },
  spoil(_, device) {
    device.spoils = true;
  },
  revoke({ office, oracle, timeline }, device) {
    if (!timeline.luck.happens(0.5)) return;
    office.disk.raw.prepare(`update device set status = 'revoked' where id = ?`).run(device.desk.id);
    oracle.model.revoked.add(device.desk.id);
    timeline.tell(`${device.name} is revoked`);
  },
  disable({ office, oracle, timeline }, device) {
    if (!timeline.luck.happens(0.5)) return;
    const { id } = timeline.luck.pick(device.desk.people);
    office.disk.raw.prepare(`update staff set status = 'disabled' where id = ?`).run(id);
    oracle.model.disabled.add(id);
    timeline.tell(`${id} is disabled`);
  },
};

const asRequest = (commands: readonly WireCommand[], runs: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    JSON.stringify({
      protocol: 1,
      lineage: '',
      cursor: 0,
      mark: '',
      release: null,
      keeps: 1,
      commands,
      runs,
    }),
  );

function deliver(world: World, device: Device, commands: readonly WireCommand[], runs: unknown): void {
  const headers = { 'content-type': 'application/json', cookie: `jinban-device=${device.cookie}` };
  const sent = { method: 'POST', path: '/api/sync', headers, body: asRequest(commands, runs) };
  world.office.door(device)(sent, () => undefined);
}

/** A command comes with the id of one that the office has, and says something else (I5). */
function twin(world: World): void {
  const { oracle, timeline } = world;
  const known = [...oracle.made.values()].filter(({ command }) => oracle.model.receipts.has(command.id));
  if (known.length === 0) return;
  const { command, device, label } = timeline.luck.pick(known);
  const other = { ...command, at: new Date(Date.parse(command.at) + 1).toISOString() };
  const text = canonicalJson(other);
  oracle.forged.set(createHash('sha256').update(text).digest('hex'), command.id);
  timeline.tell(`another body comes under the id of ${label}`);
  deliver(world, device, [other], []);
}

/** Somebody carries what a device has not sent to another one, on a stick. */
function courier(world: World, from: Device): void {
  const { devices, timeline } = world;
  const rows = from.storage.outbox().filter(({ status }) => status === 'queued' || status === 'sent');
  const held = rows.findIndex((row) => row.held !== null);
  const carried = (held === -1 ? rows : rows.slice(0, held)).slice(0, LIMITS.commands);
  const others = devices.filter((device) => device !== from);
  if (carried.length === 0 || others.length === 0) return;
  const by = timeline.luck.pick(others);
  timeline.tell(`a courier carries ${carried.length} commands of ${from.name} to ${by.name}`);
  deliver(
    world,
    by,
    carried.map((row) => row.command),
    runsOf(carried, new Set(carried.map(({ id }) => id))),
  );
}
