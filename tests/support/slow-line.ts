/**
 * A line to the office as a village has it: so many bits a second each way, a round trip that takes its time, bytes
 * counted as they leave, and where asked for it breaks after so many bytes. All connections share it, first come first
 * served; a new one waits a round trip, as TCP does. Nothing but TCP: what is counted is what HTTP costs without TLS.
 *
 *   await using line = await slowLine({ officePort, bitsPerSecond: 128_000, roundTripMs: 600 });
 *   … fetch(line.url) …          line.up, line.down: bytes since the last line.reset()
 *   slowLine({ …, cut: { everyBytes: 200_000, awayMs: 3000 } }): both ways together; line.cuts counts
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface LineOptions {
  officePort: number;
  /** Each way. */
  bitsPerSecond: number;
  roundTripMs: number;
  /** All connections break after that many bytes, and none is taken for `awayMs`. What is under way is lost. */
  cut?: { everyBytes: number; awayMs: number };
}

export interface SlowLine extends AsyncDisposable {
  url: string;
  /** Bytes that have gone to the office since the last `reset`, and from it. */
  readonly up: number;
  readonly down: number;
  readonly connections: number;
  readonly cuts: number;
  reset(): void;
}

/** What a packet of Ethernet carries. */
const SEGMENT = 1460;
/** Bytes that wait at the line before who sends feels it. */
const WAITING = 16 * 1024;

interface Parcel {
  bytes: Buffer;
  from: Socket;
  to: Socket;
  /** When it came to the line. */
  at: number;
}

interface Arrival {
  at: number;
  /** Once only. */
  arrive: () => void;
}

/** One way of the line, by the clock and not by the timers, which are late on a busy machine. `leaving` is told of bytes about to go, and says how many of them still can. */
function oneWay(
  { bitsPerSecond, roundTripMs }: LineOptions,
  leaving: (bytes: number) => { pass: number; then: (at: number) => void },
) {
  const perMs = bitsPerSecond / 8000;
  let queue: Parcel[] = [];
  /** What is on its way, in order; each timer lets the first of them arrive. */
  const arriving: Arrival[] = [];
  let waiting = 0;
  let free = 0;
  let timer: NodeJS.Timeout | undefined;
  /** Grows with every cut: what left before does not arrive. */
  let age = 0;

  function next(): void {
    const parcel = queue[0];
    if (timer !== undefined || parcel === undefined) return;
    const { pass, then } = leaving(Math.min(SEGMENT, parcel.bytes.length));
    // what waits goes as soon as the line is free
    free = Math.max(free, parcel.at) + pass / perMs;
    timer = setTimeout(() => leave(parcel, pass, then), Math.max(0, free - performance.now()));
  }

  function leave(parcel: Parcel, pass: number, then: (at: number) => void): void {
    timer = undefined;
    const segment = parcel.bytes.subarray(0, pass);
    const [left, last] = [age, pass === parcel.bytes.length];
    parcel.bytes = parcel.bytes.subarray(pass);
    if (last) queue.shift();
    waiting -= pass;
    if (waiting < WAITING / 2) parcel.from.resume();
    let arrived = false;
    const arrive = (): void => {
      if (arrived || left !== age || parcel.to.destroyed) return;
      arrived = true;
      if (pass > 0) parcel.to.write(segment);
      else parcel.to.end();
    };
    const at = free + roundTripMs / 2;
    // timers of unequal length overtake each other: bytes must not
    arriving.push({ at, arrive });
    setTimeout(() => arriving.shift()!.arrive(), Math.max(0, at - performance.now()));
    then(free);
    next();
  }

  return {
    /** No bytes: the sender has ended. */
    send(bytes: Buffer, from: Socket, to: Socket): void {
      queue.push({ bytes, from, to, at: performance.now() });
      waiting += bytes.length;
      if (waiting > WAITING) from.pause();
      next();
    },
    /** What had not arrived by then never will. */
    clear(at: number): void {
      for (const one of arriving) if (one.at <= at) one.arrive();
      clearTimeout(timer);
      timer = undefined;
      age += 1;
      [queue, waiting, free] = [[], 0, 0];
    },
  };
}

export async function slowLine(options: LineOptions): Promise<SlowLine> {
  const { officePort, roundTripMs, cut } = options;
  const open = new Set<Socket>();
  let sinceCut = 0;
  let awayUntil = 0;
  const line = {
    up: 0,
    down: 0,
    connections: 0,
    cuts: 0,
    reset: () => void Object.assign(line, { up: 0, down: 0, connections: 0, cuts: 0 }),
  };

  const snap = (at: number): void => {
    for (const way of [up, down]) way.clear(at);
    for (const socket of open) socket.resetAndDestroy();
  };
  const counted = (way: 'up' | 'down') => (bytes: number) => {
    const pass = cut ? Math.min(bytes, cut.everyBytes - sinceCut) : bytes;
    sinceCut += pass;
    const breaks = cut !== undefined && pass > 0 && sinceCut >= cut.everyBytes;
    if (breaks) sinceCut = 0;
    const then = (at: number): void => {
      line[way] += pass;
      if (!breaks) return;
      line.cuts += 1;
      awayUntil = at + cut.awayMs;
      snap(at);
    };
    return { pass, then };
  };
  const up = oneWay(options, counted('up'));
  const down = oneWay(options, counted('down'));

  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (near) => {
    near.on('error', () => undefined);
    if (performance.now() < awayUntil) return void near.resetAndDestroy();
    line.connections += 1;
    const far = connect({ port: officePort, host: '127.0.0.1', allowHalfOpen: true });
    const ways = [
      [near, far, up],
      [far, near, down],
    ] as const;
    for (const [from, to, way] of ways) {
      open.add(from);
      from.setNoDelay(true);
      from.on('data', (bytes: Buffer) => way.send(bytes, from, to));
      from.on('end', () => way.send(Buffer.alloc(0), from, to));
      from.on('error', () => undefined);
      from.on('close', () => {
        open.delete(from);
        if (!from.readableEnded) to.destroy();
      });
    }
    near.pause();
    setTimeout(() => near.resume(), roundTripMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(line, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      snap(performance.now());
      await closed;
    },
  });
}
