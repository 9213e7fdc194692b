/**
 * A line to the office that halts where a test wants something to die: what is meant goes so far and no further, and
 * whoever waits is told. Real sockets; what is held is held until `go`, which breaks it.
 */
import { PACK_TYPE } from '#lib/protocol/pack.ts';
import { createServer, request as forward, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * `asked`: the office has not heard of it. `answered`: the office has done it and said so, and the device has not heard.
 * A number: that share of the answer has come. `passed`: all of it has. `sent`: so many bytes have reached the office.
 */
export type Stage = 'asked' | 'answered' | 'passed' | number | { sent: number };

interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

export interface HaltingLine extends AsyncDisposable {
  url: string;
  port: number;
  /** No request that is `meant` gets further than this until `go`. Resolves when one has got so far. */
  haltAt(stage: Stage, meant: (asked: Asked) => boolean): Promise<void>;
  /** Breaks what is held; from now on everything passes. */
  go(): void;
  /** Requests of this method and path that have come, so far. */
  count(method: string, path: string): number;
}

interface Halt {
  stage: Stage;
  meant: (asked: Asked) => boolean;
  reached: () => void;
}

export async function haltingLine(officePort: () => number): Promise<HaltingLine> {
  let halt: Halt | null = null;
  const held = new Set<ServerResponse>();
  const counts = new Map<string, number>();

  const server = createServer((request, response) => {
    const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers };
    const key = `${asked.method} ${asked.path}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const mine = halt?.meant(asked) ? halt : null;
    if (mine) {
      held.add(response);
      response.on('close', () => held.delete(response));
      if (mine.stage === 'asked') {
        request.resume();
        request.on('end', mine.reached);
        return;
      }
    }
    const to = { host: '127.0.0.1', port: officePort(), method: asked.method, path: asked.path };
    const onward = forward({ ...to, headers: asked.headers }, (answer) => {
      if (!mine) {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        // an office that dies in the middle takes the line with it
        answer.on('close', () => void (answer.complete || response.destroy()));
        return;
      }
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        if (mine.stage === 'answered') return mine.reached();
        const bytes = Buffer.concat(chunks);
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': bytes.length });
        if (mine.stage === 'passed') return response.end(bytes, mine.reached);
        response.write(bytes.subarray(0, Math.ceil(bytes.length * Number(mine.stage))), mine.reached);
      });
    });
    onward.on('error', () => response.destroy());
    request.on('error', () => onward.destroy());
    if (!mine || typeof mine.stage !== 'object') return void request.pipe(onward);
    let left = mine.stage.sent;
    request.on('data', (chunk: Buffer) => {
      if (left <= 0) return;
      const piece = chunk.subarray(0, left);
      left -= piece.length;
      onward.write(piece, () => {
        if (left === 0) mine.reached();
      });
    });
    response.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    haltAt: (stage, meant) =>
      new Promise((resolve) => {
        halt = { stage, meant, reached: resolve };
      }),
    go() {
      halt = null;
      for (const response of held) response.destroy();
    },
    count: (method, path) => counts.get(`${method} ${path}`) ?? 0,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A sync that carries commands: the device packs it. */
export const carriesCommands = ({ method, path, headers }: Asked): boolean =>
  method === 'POST' && path === '/api/sync' && headers['content-type'] === PACK_TYPE;

export const sendsPhoto = ({ method, path }: Asked): boolean =>
  method === 'PATCH' && path.startsWith('/api/files/');
