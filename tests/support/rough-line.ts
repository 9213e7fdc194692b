/**
 * A line to the office as villages have it, of real sockets: 64 kbit/s and 800 ms for a way and back, every tenth connection
 * broken at some byte; or one-way, where what is asked arrives and no answer ever comes back.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { chance } from '#lib/server/seed/chance.ts';

export interface RoughLine extends AsyncDisposable {
  url: string;
  is: 'good' | 'rough' | 'oneWay';
  /** Connections that it has broken. */
  readonly broken: number;
  /** POST /api/sync that have come, while it was as it is. */
  asked: number;
}

const BYTES_A_MS = 8;
const ONE_WAY_MS = 400;
const LOST = 0.1;

/** Hands bytes on as slowly as the line is, in their order. */
function carrier(line: Pick<RoughLine, 'is'>): (bytes: Buffer, to: Socket) => void {
  let free = 0;
  return (bytes, to) => {
    const now = performance.now();
    const slow = line.is === 'rough';
    free = Math.max(now, free) + (slow ? bytes.length / BYTES_A_MS : 0);
    const wait = free - now + (slow ? ONE_WAY_MS : 0);
    if (wait <= 0) to.write(bytes);
    else setTimeout(() => to.writable && to.write(bytes), wait);
  };
}

export async function roughLine(officePort: () => number): Promise<RoughLine> {
  const luck = chance(64);
  const open = new Set<Socket>();
  const line = { url: '', is: 'good' as RoughLine['is'], broken: 0, asked: 0 };
  const [up, down] = [carrier(line), carrier(line)];

  const server = createServer((near) => {
    const far = connect(officePort(), '127.0.0.1');
    let left = luck.happens(LOST) ? luck.whole(1, 3000) : Infinity;
    const end = (): void => {
      for (const socket of [near, far]) {
        socket.destroy();
        open.delete(socket);
      }
    };
    const pass = (bytes: Buffer): boolean => {
      if (line.is !== 'rough') return true;
      left -= bytes.length;
      if (left > 0) return true;
      line.broken += 1;
      end();
      return false;
    };
    near.on('data', (bytes) => {
      if (bytes.includes('POST /api/sync')) line.asked += 1;
      if (pass(bytes)) up(bytes, far);
    });
    far.on('data', (bytes) => {
      if (line.is !== 'oneWay' && pass(bytes)) down(bytes, near);
    });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', end).on('close', end);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  line.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(line, {
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
