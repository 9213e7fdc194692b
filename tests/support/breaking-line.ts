/**
 * A line to the office that breaks in the middle of photos: each call that brings bytes of one, a PATCH or a POST that
 * begins with them, is cut after as many bytes as the test says, and everything else passes. It keeps the book on what the office has acknowledged and what a device sends all the same.
 */
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Metadata } from '@tus/server';
import { uploadPath } from '#lib/protocol/photo.ts';

export interface BreakingLine extends AsyncDisposable {
  url: string;
  /** Bytes of the next such call that pass before it breaks; null: all. Asked once for each. */
  onBytes: (length: number) => number | null;
  /** Called when one has been broken, with its number from 1. */
  onBreak: (count: number) => Promise<void>;
  readonly breaks: number;
  /** By path: the highest offset that an answer has told. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Calls that began before an offset which had been acknowledged: there must be none. */
  readonly again: string[];
  /** Bytes of photos that have gone through. */
  readonly bytes: number;
}

/** The address of the upload that a call is about. */
function uploadOf({ method, url = '/', headers }: IncomingMessage): string | null {
  if (url.startsWith('/api/files/')) return url;
  if (url !== '/api/files' || method !== 'POST') return null;
  const said = Metadata.parse(String(headers['upload-metadata'] ?? ''));
  return uploadPath({ site: String(said['site']), sha256: String(said['sha256']) });
}

export async function breakingLine(officePort: number): Promise<BreakingLine> {
  const acknowledged = new Map<string, number>();
  const again: string[] = [];
  const line = {
    onBytes: (_length: number): number | null => null,
    onBreak: async (_count: number): Promise<void> => undefined,
    breaks: 0,
    bytes: 0,
    acknowledged,
    again,
  };

  const told = (path: string, answer: IncomingMessage): void => {
    const offset = Number(answer.headers['upload-offset'] ?? NaN);
    if (Number.isSafeInteger(offset)) acknowledged.set(path, offset);
  };

  const server = createServer((request, response) => {
    const { method, url: path = '/', headers } = request;
    const upload = uploadOf(request);
    const length = Number(headers['content-length'] ?? 0);
    const brings = upload !== null && length > 0;
    const allowed = brings ? line.onBytes(length) : null;
    if (brings && Number(headers['upload-offset'] ?? 0) < (acknowledged.get(upload) ?? 0)) again.push(upload);
    const onward = forward({ host: '127.0.0.1', port: officePort, method, path, headers }, (answer) => {
      if (upload !== null) told(upload, answer);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    let passed = 0;
    let broken = false;
    request.on('data', (chunk: Buffer) => {
      if (broken) return;
      const piece = allowed === null ? chunk : chunk.subarray(0, Math.max(0, allowed - passed));
      passed += piece.length;
      if (brings) line.bytes += piece.length;
      const end = allowed !== null && passed >= allowed;
      const snap = (): void => {
        line.breaks += 1;
        onward.destroy();
        request.socket.destroy();
        void line.onBreak(line.breaks);
      };
      broken = end;
      onward.write(piece, () => end && snap());
    });
    request.on('end', () => {
      if (!broken) onward.end();
    });
    request.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(line, {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  });
}
