import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bytes } from '#lib/catalogue/hash.ts';
import { createPhotoCarrier, type PhotoCarrier } from './photo-carrier.ts';
import type { PhotoQueue, PhotoTransport, Standing, Upload } from './photo-ports.ts';
import type { PhotoStatus } from './status.ts';

const SITE = 'S410526102201';
const bytesOf = (size: number, seed: number): Bytes =>
  Uint8Array.from({ length: size }, (_, at) => (at * 31 + seed * 7 + (at >> 8)) % 256);
const photo = (seed: number, size: number): Upload => ({
  site: SITE,
  sha256: seed.toString(16).padStart(64, '0'),
  size,
  type: 'jpeg',
});

/** The office's side of tus, with a line that fails as the test says. */
class FalseOffice {
  readonly held = new Map<string, number[]>();
  readonly begun = new Set<string>();
  /** Highest offset that it has acknowledged, by photo. */
  readonly acknowledged = new Map<string, number>();
  sent = 0;
  again = 0;
  refuse = new Map<string, string>();
  spoil = 0;

  readonly photos: Upload[];
  readonly fate: () => { takes: number; answers: boolean };

  /** `fate`: what becomes of the next call: taken in part, and whether the answer comes back. */
  constructor(photos: Upload[], fate: () => { takes: number; answers: boolean }) {
    this.photos = photos;
    this.fate = fate;
  }

  standing(upload: Upload): Standing {
    const why = this.refuse.get(upload.sha256);
    if (!this.begun.has(upload.sha256)) return { is: 'unknown' };
    const offset = this.held.get(upload.sha256)!.length;
    if (why !== undefined && offset === upload.size) return { is: 'refused', why };
    if (offset === upload.size && this.spoil > 0) {
      this.spoil -= 1;
      this.held.set(upload.sha256, []);
      this.acknowledged.delete(upload.sha256);
      return { is: 'refused', why: 'wrongHash' };
    }
    this.acknowledged.set(upload.sha256, offset);
    return offset === upload.size ? { is: 'held' } : { is: 'at', offset };
  }

  transport: PhotoTransport = {
    ask: async (upload) => (this.fate().answers ? this.standing(upload) : { is: 'offline' }),
    begin: async (upload) => {
      this.begun.add(upload.sha256);
      if (!this.held.has(upload.sha256)) this.held.set(upload.sha256, []);
      return this.fate().answers ? this.standing(upload) : { is: 'offline' };
    },
    beginWith: async (upload, bytes, options) => {
      this.begun.add(upload.sha256);
      if (!this.held.has(upload.sha256)) this.held.set(upload.sha256, []);
      else if (this.held.get(upload.sha256)!.length > 0) this.again += 1;
      return this.transport.send(upload, 0, bytes, options);
    },
    send: async (upload, offset, bytes, { signal, onProgress }) => {
      const held = this.held.get(upload.sha256)!;
      if (offset < (this.acknowledged.get(upload.sha256) ?? 0)) this.again += 1;
      if (offset !== held.length) return { is: 'busy', afterMs: null };
      const { takes, answers } = this.fate();
      const count = signal.aborted ? 0 : Math.floor(bytes.length * takes);
      for (const byte of bytes.subarray(0, count)) held.push(byte);
      this.sent += count;
      if (count > 0) onProgress?.(count);
      return answers && takes === 1 ? this.standing(upload) : { is: 'timeout' };
    },
    openSession: async () => true,
  };
}

interface Rig {
  carrier: PhotoCarrier;
  ends: Map<string, string | null>;
  statuses: PhotoStatus[];
  /** How long it has waited between tries, in milliseconds. */
  waits: number[];
  /** Photos that were noted as begun. */
  begun: Set<string>;
  /** Runs until every photo is settled. */
  settled(): Promise<void>;
}

function rig(office: FalseOffice, contents: Map<string, Bytes>, deposed = false): Rig {
  const ends = new Map<string, string | null>();
  const begun = new Set<string>();
  const statuses: PhotoStatus[] = [];
  const over = new AbortController();
  const open = () => office.photos.filter((one) => !ends.has(one.sha256));
  const queue: PhotoQueue = {
    next: async (inHand) => {
      const one = open().find(({ sha256 }) => !inHand.some((other) => other.sha256 === sha256));
      return one ? { ...one, fresh: one.fresh === true && !begun.has(one.sha256) } : null;
    },
    async begins({ sha256 }) {
      if (deposed) return 'deposed';
      begun.add(sha256);
      return 'done';
    },
    read: async (sha256) => contents.get(sha256) ?? null,
    async settle(upload, why) {
      if (deposed) return 'deposed';
      ends.set(upload.sha256, why);
      if (open().length === 0) over.abort();
      return 'done';
    },
    sums: async () => ({ waiting: open().length, bytesLeft: 0, refused: 0 }),
  };
  const waits: number[] = [];
  const clock = {
    now: () => 0,
    sleep: async (ms: number) => {
      waits.push(ms);
      // a test that goes in circles ends, and says so
      if (waits.length > 10_000) over.abort();
    },
  };
  const carrier = createPhotoCarrier({
    queue,
    transport: office.transport,
    clock,
    random: { next: () => 0.5 },
    onStatus: (status) => statuses.push(status),
  });
  return {
    carrier,
    ends,
    statuses,
    waits,
    begun,
    async settled() {
      carrier.resume();
      await carrier.run(over.signal);
    },
  };
}

const contentsOf = (photos: Upload[]): Map<string, Bytes> =>
  new Map(photos.map((one, seed) => [one.sha256, bytesOf(one.size, seed)]));

test('I13: whatever the line does, photos arrive intact, and nothing acknowledged is sent again', async () => {
  const cut = fc.record({ takes: fc.constantFrom(0, 0.1, 0.5, 1, 1), answers: fc.boolean() });
  const line = fc.array(cut, { maxLength: 60 });
  const one = fc.record({ size: fc.integer({ min: 1, max: 700_000 }), fresh: fc.boolean() });
  const taken = fc.array(one, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(taken, line, async (pictures, cuts) => {
      const photos = pictures.map(({ size, fresh }, seed) => ({ ...photo(seed + 1, size), fresh }));
      const contents = contentsOf(photos);
      const office = new FalseOffice(photos, () => cuts.shift() ?? { takes: 1, answers: true });
      const { settled, ends } = rig(office, contents);
      await settled();
      for (const { sha256 } of photos) {
        expect(ends.get(sha256)).toBeNull();
        expect(Uint8Array.from(office.held.get(sha256)!)).toEqual(contents.get(sha256));
      }
      expect(office.again).toBe(0);
      expect(office.sent).toBe(photos.reduce((sum, { size }) => sum + size, 0));
    }),
    { numRuns: 25 },
  );
});

const good = () => ({ takes: 1, answers: true });

test('a photo that the office cannot take, or that is lost here, holds up no other', async () => {
  const photos = [photo(1, 10), photo(2, 20), photo(3, 30)];
  const contents = contentsOf(photos);
  contents.delete(photos[1]!.sha256);
  const office = new FalseOffice(photos, good);
  office.refuse.set(photos[0]!.sha256, 'truncated');
  const { settled, ends } = rig(office, contents);
  await settled();
  expect(photos.map(({ sha256 }) => ends.get(sha256))).toEqual(['truncated', 'lost', null]);
});

test('bytes spoilt on the way are sent anew, and after the third time a person is asked', async () => {
  const once = [photo(1, 10)];
  const office = new FalseOffice(once, good);
  office.spoil = 1;
  const first = rig(office, contentsOf(once));
  await first.settled();
  expect([...first.ends.values()]).toEqual([null]);

  const always = new FalseOffice(once, good);
  always.spoil = 10;
  const second = rig(always, contentsOf(once));
  await second.settled();
  expect([...second.ends.values()]).toEqual(['wrongHash']);
});

test('text first: a pause stops the photo, and it goes on where the office stands', async () => {
  const photos = [photo(1, 900_000)];
  const contents = contentsOf(photos);
  let sends = 0;
  const office = new FalseOffice(photos, good);
  const { carrier, settled, ends } = rig(office, contents);
  const { send } = office.transport;
  office.transport.send = async (...args) => {
    sends += 1;
    if (sends === 2) {
      carrier.pause();
      queueMicrotask(() => carrier.resume());
    }
    return send(...args);
  };
  await settled();
  expect(ends.get(photos[0]!.sha256)).toBeNull();
  expect(office.sent).toBe(900_000);
  expect(office.again).toBe(0);
});

test('a leader that has been deposed settles nothing and ends', async () => {
  const photos = [photo(1, 10)];
  const { settled, ends } = rig(new FalseOffice(photos, good), contentsOf(photos), true);
  await settled();
  expect(ends.size).toBe(0);
});

test('progress in bytes never goes back within a photo', async () => {
  const photos = [photo(1, 900_000)];
  const { settled, statuses } = rig(new FalseOffice(photos, good), contentsOf(photos));
  await settled();
  const sent = statuses.flatMap(({ sending }) => (sending ? [sending.sent] : []));
  expect(sent.length).toBeGreaterThan(1);
  expect(sent).toEqual([...sent].sort((a, b) => a - b));
});

test('a line that has carried anything is tried again at once, also when the first photo breaks; a dead one ever more seldom', async () => {
  const photos = [photo(1, 300_000)];
  const away = { takes: 0, answers: false };
  const line = [good(), { takes: 0.5, answers: false }, ...Array.from({ length: 17 }, () => away)];
  const office = new FalseOffice(photos, () => line.shift() ?? good());
  const { settled, ends, waits } = rig(office, contentsOf(photos));
  await settled();
  expect(ends.get(photos[0]!.sha256)).toBeNull();
  const short = waits.filter((ms) => ms < 1000);
  expect(waits.slice(0, short.length)).toEqual(short);
  expect(short.length).toBe(14);
  const long = waits.slice(short.length);
  expect(long.length).toBe(4);
  expect(long.every((ms) => ms > 60_000)).toBe(true);
});

/** A call that the test answers itself. */
interface Held {
  what: string;
  seed: number;
  answer: (standing: Standing) => void;
}

/** A carrier on a line where each call waits for the test. */
function heldLine(photos: Upload[]): { rig: Rig; calls: Held[]; until: (count: number) => Promise<void> } {
  const office = new FalseOffice(photos, good);
  const calls: Held[] = [];
  const hold =
    (what: string) =>
    (upload: Upload, ...rest: unknown[]) =>
      new Promise<Standing>((answer) => {
        const options = rest.at(-1) as { onProgress?: (bytes: number) => void };
        options.onProgress?.(1000);
        calls.push({ what, seed: parseInt(upload.sha256, 16), answer });
      });
  Object.assign(office.transport, {
    ask: hold('ask'),
    begin: hold('begin'),
    beginWith: hold('beginWith'),
    send: hold('send'),
  });
  const until = async (count: number): Promise<void> => {
    await expect.poll(() => calls.length, { interval: 1 }).toBeGreaterThanOrEqual(count);
  };
  return { rig: rig(office, contentsOf(photos)), calls, until };
}
const names = (calls: Held[]): string[] => calls.map(({ what, seed }) => `${what} ${seed}`);

test("one photo's bytes go at a time, and while the office is asked about it those of the other do", async () => {
  const [one, other] = [
    { ...photo(1, 90_000), fresh: true },
    { ...photo(2, 90_000), fresh: true },
  ] as const;
  const { rig: carrying, calls, until } = heldLine([one, other]);
  const settled = carrying.settled();
  await until(1);
  expect(names(calls)).toEqual(['beginWith 1']);
  expect([...carrying.begun]).toEqual([one.sha256, other.sha256]);
  calls[0]!.answer({ is: 'at', offset: 50_000 });
  await until(2);
  // the other has waited longer for the line
  expect(names(calls).slice(1)).toEqual(['beginWith 2']);
  calls[1]!.answer({ is: 'held' });
  await until(3);
  expect(names(calls).slice(2)).toEqual(['send 1']);
  calls[2]!.answer({ is: 'held' });
  await settled;
  expect([...carrying.ends.values()]).toEqual([null, null]);
});

test('after a break the office is asked about what was on the way, while the bytes of the other go', async () => {
  const photos = [photo(1, 90_000), { ...photo(2, 90_000), fresh: true }];
  const { rig: carrying, calls, until } = heldLine(photos);
  const settled = carrying.settled();
  await until(2);
  // the first may be there already, so the office is told of it before its bytes go
  expect(names(calls).toSorted()).toEqual(['begin 1', 'beginWith 2']);
  const [first, second] = calls.toSorted((a, b) => a.seed - b.seed);
  first!.answer({ is: 'at', offset: 30_000 });
  await expect.poll(() => carrying.statuses.at(-1)?.sending?.sent, { interval: 1 }).toBe(1000);
  second!.answer({ is: 'offline' });
  await until(4);
  expect(names(calls).slice(2).toSorted()).toEqual(['ask 2', 'send 1']);
  calls.find(({ what }) => what === 'ask')!.answer({ is: 'at', offset: 40_000 });
  calls.find(({ what }) => what === 'send')!.answer({ is: 'held' });
  await until(5);
  expect(names(calls).slice(4)).toEqual(['send 2']);
  calls[4]!.answer({ is: 'held' });
  await settled;
  expect([...carrying.ends.values()]).toEqual([null, null]);
});
