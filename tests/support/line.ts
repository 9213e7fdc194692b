/** A line to PostgreSQL that a test cuts and mends, because the server itself is everybody's. */
import { connect, createServer, type Socket } from 'node:net';

export interface Line extends AsyncDisposable {
  /** The same database through this line. */
  url: string;
  /** All connections break, and nobody is answered any more. */
  cut(): void;
  mend(): void;
  /** Once these were asked over one connection, one after the other: what is asked still arrives, no answer comes back. */
  deafen(...words: string[]): void;
}

export async function lineTo(databaseUrl: string): Promise<Line> {
  const target = new URL(databaseUrl);
  const [host, port] = [target.hostname || '127.0.0.1', Number(target.port || 5432)];
  const open = new Set<Socket>();
  let whole = true;
  let deafAfter: string[] = [];

  const server = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(port, host);
    let [deaf, heard] = [false, 0];
    near.on('data', (bytes) => {
      for (let word = deafAfter[heard]; word !== undefined && bytes.includes(word); word = deafAfter[heard])
        heard += 1;
      deaf ||= heard > 0 && heard === deafAfter.length;
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (!deaf) near.write(bytes);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);

  const cut = (): void => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    mend() {
      whole = true;
      deafAfter = [];
    },
    deafen(...words) {
      deafAfter = words;
    },
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
