/** A line to the office that counts what goes over it, each way, as the wire carries it: headers and all. */
import { connect, createServer, type AddressInfo } from 'node:net';

export interface CountingLine extends AsyncDisposable {
  url: string;
  /** Bytes from the office since the last `reset`, and to it. */
  readonly down: number;
  readonly up: number;
  reset(): void;
}

export async function countingLine(officePort: number): Promise<CountingLine> {
  const line = {
    down: 0,
    up: 0,
    reset(): void {
      line.down = 0;
      line.up = 0;
    },
  };
  const server = createServer((near) => {
    const far = connect(officePort, '127.0.0.1');
    near.on('data', (bytes) => (line.up += bytes.length));
    far.on('data', (bytes) => (line.down += bytes.length));
    near.pipe(far).pipe(near);
    const end = (): void => void (near.destroy(), far.destroy());
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(line, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
