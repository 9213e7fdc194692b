/**
 * The end of a run: every fault stops, and everything must come to rest by itself within the time that is promised (I10).
 * Then whoever was told something was told the truth, and devices and office hold the same (I2, I8, I13, I15).
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import { isClosed } from '#lib/domain/state.ts';
import { nameOf } from '#lib/server/files/office-files.ts';
import type { Kept } from '#lib/client/sync/storage-memory.ts';
import type { Device } from './device.ts';
import { GOOD } from './line.ts';
import { luckOf } from './luck.ts';
import { inScope, type Made } from './oracle.ts';
import type { World } from './world.ts';
import { object } from './violation.ts';

const MINUTE = 60_000;
/** The longest that anything waits without being woken: Retry-After and the hour of an old program. */
const PATIENCE_MS = 75 * MINUTE;
const WAKE_MS = 10_000;

export async function heal(world: World, seed: number): Promise<void> {
  const { timeline, devices, office, oracle } = world;
  timeline.luck = luckOf(seed);
  timeline.tell('everything heals');
  for (const process of office.alive) process.trap = null;
  await office.start();
  for (const device of devices) {
    device.line = GOOD;
    device.skewMs = 0;
  }
  // mostly somebody comes in the morning and starts the computer; now and then nobody does anything
  const patient = timeline.luck.happens(0.1) && devices.every((device) => device.protocol === 1);
  if (patient) wait(world);
  else startAnew(world);
  await settle(world, !patient);
  office.sweep();
  await world.go(400, 2_000);
  if (oracle.model.parked.size > 0) {
    oracle.model.faults = 0;
    office.replay();
    await world.go(400, 2_000);
    if (oracle.model.parked.size > 0) object('I9', 'what was parked is parked again without a fault');
  }
  // a program that starts asks about what waits for people
  startAnew(world);
  await settle(world, true);
  await world.go(60, 2_000);
  await settle(world, true);
}

function wait({ devices }: World): void {
  for (const device of devices) {
    for (const tab of device.tabs) {
      tab.trap = 0;
      tab.life.frozen = false;
    }
    if (!device.tabs.some((tab) => tab.leads)) device.open();
  }
}

function startAnew({ devices }: World): void {
  for (const device of devices) {
    for (const tab of device.tabs) tab.life.end();
    device.protocol = 1;
    device.open();
  }
}

/** Until nobody has anything to say any more. */
async function settle(world: World, waking: boolean): Promise<void> {
  const { timeline, devices } = world;
  const until = timeline.now + PATIENCE_MS;
  for (let woken = timeline.now; ;) {
    await world.go(20, WAKE_MS);
    const restless = devices.flatMap((device) => unrest(world, device) ?? []);
    if (restless.length === 0) return;
    if (timeline.now >= until)
      object('I10', `still restless after ${PATIENCE_MS / MINUTE} minutes: ${restless.join('; ')}`);
    if (!waking || timeline.now - woken < WAKE_MS) continue;
    woken = timeline.now;
    for (const { tabs } of devices) for (const tab of tabs) if (tab.leads) tab.loop.wake();
  }
}

/** What a device still has to do; null when it is at rest. */
function unrest({ oracle: { model } }: World, device: Device): string | null {
  const { storage, name, status, desk } = device;
  const outbox = storage.outbox();
  const waiting = outbox.filter((row) => row.status === 'queued' || row.status === 'sent');
  if (waiting.length > 0)
    return `${name} keeps ${waiting.length} commands, ${status?.phase} ${status?.alarm?.code ?? ''}`;
  const photos = device.photos.waiting();
  if (photos.length > 0) return `${name} keeps ${photos.length} photos`;
  const unheard = outbox.filter((row) => isUnheard(row.status, model.receipts.get(row.id)?.outcome.is));
  if (unheard.length > 0) return `${name} has not heard of ${unheard.length} replays`;
  const { position } = device;
  // also one that is told nothing of its feed: its commands may have come to something else there
  if (position.lineage !== model.lineage) return `${name} has not followed to ${model.lineage}`;
  if (model.revoked.has(desk.id)) return null;
  if (position.paging) return `${name} is still sent everything`;
  const head = model.head(desk.site.township);
  return position.cursor === head ? null : `${name} is at ${position.cursor} of ${head}`;
}

const isUnheard = (status: string, outcome: string | undefined): boolean =>
  status === 'parked' && outcome !== undefined && outcome !== 'parked';

export async function checkEnd(world: World): Promise<void> {
  for (const device of world.devices) {
    if (!world.oracle.model.revoked.has(device.desk.id)) agrees(world, device);
  }
  const outboxes = new Map(world.devices.map((device) => [device, device.storage.outbox()]));
  for (const made of world.oracle.made.values()) {
    const row = outboxes.get(made.device)!.find((one) => one.id === made.command.id);
    keptWord(world, made, row);
  }
  await photosAreTrue(world);
}

/** I15: the device's confirmed state is the office's, for its scope. I6: and so is what people see. */
function agrees({ oracle, people }: World, device: Device): void {
  const { model } = oracle;
  const held = new Map(device.storage.confirmed().map((one) => [one.applicationId, one]));
  for (const [id, { site, states }] of model.applications) {
    if (!inScope(device.desk.site, site)) continue;
    const state = states.at(-1)!;
    const one = held.get(id);
    held.delete(id);
    if (!one && isClosed(state.state)) continue;
    if (!one || canonicalJson(one.state) !== canonicalJson(state))
      object(
        'I15',
        `${device.name} holds ${id} at revision ${one?.rev ?? 0}, the office at ${states.length}`,
      );
  }
  if (held.size > 0)
    object('I15', `${device.name} holds ${[...held.keys()].join(', ')}, which the office has not`);
  const outbox = device.storage.outbox();
  for (const { id, folded } of people.see(device)) {
    const standing = outbox.some(
      (row) => row.applicationId === id && row.pulled === 0 && row.status !== 'refused',
    );
    if (!standing && folded.state !== null && canonicalJson(folded.state) !== canonicalJson(model.state(id)))
      object('I6', `${device.name} shows ${id} otherwise than it is`);
  }
}

/** I2 and I8: what was saved is at the office, and what became of it has reached its device. */
function keptWord({ oracle }: World, { label, command, device, told }: Made, row: Kept | undefined): void {
  const { model } = oracle;
  const receipt = model.receipts.get(command.id);
  if (told === 'takenBack') {
    if (row || receipt) object('I2', `${label} was taken back and is still there`);
    return;
  }
  if (!receipt) return object('I2', `${label}, told ${told}, is neither on its device nor at the office`);
  if (receipt.body !== canonicalJson(command)) {
    if (row && row.outcome?.is === 'refused' && row.outcome.reason === 'idReused') return;
    return object('I5', `another body stands under the id of ${label}, and nobody was told`);
  }
  const { outcome } = receipt;
  const mended = [...oracle.made.values()].some(
    (other) => other.command.supersedes === command.id && other.told !== 'takenBack',
  );
  if (!row) {
    // 14 days after it was done with
    if (outcome.is === 'applied' || (outcome.is === 'refused' && mended)) return;
    return object('I2', `${label} is ${outcome.is} and gone from its device`);
  }
  const said = {
    applied: 'acked',
    refused: 'refused',
    quarantined: 'quarantined',
    parked: 'parked',
    retry: 'queued',
  };
  if (row.status !== said[outcome.is])
    object(
      outcome.is === 'refused' ? 'I8' : 'I1',
      `${label} is ${outcome.is} at the office, and ${row.status} on its device`,
    );
  if (outcome.is === 'refused') {
    const { code, reason } = outcome;
    if (canonicalJson(row.outcome) !== canonicalJson({ is: 'refused', code, reason }))
      object('I8', `${label} was refused for ${reason}, and its person hears something else`);
    if ((row.aside === 1) !== mended)
      object('I8', `${label} was refused, and nobody is asked to look after it`);
  }
  const revoked = model.revoked.has(device.desk.id);
  if (outcome.is === 'applied' && row.pulled === 0 && !revoked)
    object('I6', `${label} stays in the fold for ever`);
}

/** I13: a photo counts when its very bytes are kept; and one that was sent counts in the end. */
async function photosAreTrue({ office, oracle, devices }: World): Promise<void> {
  const { model } = oracle;
  const named = [...model.applications].flatMap(([id, { site, states }]) =>
    Object.values(states.at(-1)!.materials).flatMap(({ photos = [], verified = [] }) =>
      photos.map(({ sha256, size }) => ({
        id,
        site: site.id,
        sha256,
        size,
        counts: verified.includes(sha256),
      })),
    ),
  );
  for (const { id, site, sha256, size, counts } of named) {
    const sent = devices.some(({ photos }) =>
      photos.uploads.some((one) => one.sha256 === sha256 && one.site === site && one.status === 'sent'),
    );
    if (sent && !counts) object('I13', `a photo of ${id} was sent, and does not count`);
    if (!counts) continue;
    const file = await office.files.storage.open(nameOf({ site, sha256 }));
    const bytes = file ? Buffer.concat(await file.bytes.toArray()) : Buffer.alloc(0);
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (bytes.length !== size || hash !== sha256)
      object('I13', `a photo of ${id} counts, and its bytes are others`);
  }
}
