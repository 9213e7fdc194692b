/** The reading threads, real ones, behind a real HTTP server: they answer as the door without them does, and may die. */
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import { PACK_TYPE, pack } from '#lib/protocol/pack.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { ALLOWANCE, foundTown, receive, type Town } from '../../../../tests/support/town.ts';
import { temporaryDatabase, testServer } from '../../../../tests/support/temporary-database.ts';
import type { WireClient } from '../../../../tests/support/wire-client.ts';
import type { Address } from '../db/address.ts';
import { openStore } from '../db/store.ts';
import { withSecurityHeaders } from '../http/headers.ts';
import type { ThreadStart } from './messages.ts';
import { SyncThreads } from './sync-threads.ts';

const FILE = resolve(import.meta.dirname, 'sync-thread.ts');
const JSON_TYPE = { 'content-type': 'application/json' };
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

async function addressOf(engine: 'sqlite' | 'postgres'): Promise<Address> {
  if (engine === 'postgres') {
    const database = await temporaryDatabase();
    undo.push(() => database[Symbol.asyncDispose]());
    return { databaseUrl: database.url };
  }
  const folder = mkdtempSync(join(tmpdir(), 'jinban-threads-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return { path: join(folder, 'jinban.db') };
}

interface Rig {
  town: Town;
  client: WireClient;
  /** Those that were started. */
  workers: readonly Worker[];
  /** The same request to the threads, over HTTP. */
  ask(body: BodyInit, headers: Record<string, string>): Promise<Response>;
  /** And to the door without them. */
  askDirectly(body: BodyInit, headers: Record<string, string>): Promise<Response>;
}

async function start(engine: 'sqlite' | 'postgres'): Promise<Rig> {
  const address = await addressOf(engine);
  const store = await openStore(address);
  undo.push(() => store.destroy());
  const town = await foundTown(store);
  const client = await town.device('A1', 'agent-a1');
  const ahead = Date.parse(town.office.clock.now()) - Date.now();
  const workers: Worker[] = [];
  const threads = new SyncThreads(town.office, 1, () => {
    const worker = new Worker(FILE, {
      workerData: { address, files: tmpdir(), ahead } satisfies ThreadStart,
    });
    workers.push(worker);
    return worker;
  });
  undo.push(() => threads.close());
  const server: Server = createServer((request, response) => {
    if (threads.take(request, response, 'http://localhost:3000')) return;
    response.writeHead(501).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  undo.push(() => new Promise((done) => server.close(done)));
  const { port } = server.address() as { port: number };
  const init = (body: BodyInit, headers: Record<string, string>): RequestInit => ({
    method: 'POST',
    body,
    headers: { cookie: client.cookie, ...headers },
  });
  const ask: Rig['ask'] = (body, headers) => fetch(`http://127.0.0.1:${port}/api/sync`, init(body, headers));
  // until the thread has opened its database
  await expect.poll(async () => (await ask('{}', JSON_TYPE)).status).toBe(400);
  return {
    town,
    client,
    workers,
    ask,
    askDirectly: async (body, headers) => {
      const request = new Request('http://localhost:3000/api/sync', init(body, headers));
      return withSecurityHeaders(await town.reach(request), new URL(request.url));
    },
  };
}

/** What must not differ; the office's clock runs on. */
async function said(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  const headers = Object.fromEntries(response.headers);
  for (const own of ['connection', 'content-length', 'date', 'keep-alive', 'content-encoding'])
    delete headers[own];
  return { status: response.status, headers, body: { ...(body as object), now: '' } };
}

eachDatabase('threads that cannot live', ({ open }) => {
  test('are replaced ever more slowly, for ever; one that had lived for long is replaced at once', async () => {
    const town = await foundTown(await open());
    const waits: number[] = [];
    const enough = Promise.withResolvers<void>();
    const dead = (): Worker => new Worker('throw new Error("示例故障")', { eval: true });
    const threads: SyncThreads = new SyncThreads(town.office, 1, dead, (ms, then) => {
      waits.push(ms);
      if (waits.length === 9) enough.resolve();
      // the eighth lives for an hour, as far as the office's clock can tell
      else then();
      if (waits.length === 7) town.setClock('2026-09-18T03:00:00.000Z');
    });
    await enough.promise;
    await threads.close();
    const seconds = [1, 2, 4, 8, 16, 32, 60, 1, 2];
    expect(waits).toEqual(seconds.map((one) => one * 1000));
  });
});

describe.each(testServer ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const))(
  'reading threads [%s]',
  (engine) => {
    test('a command is judged once, and the answer is the one of the door without threads', async () => {
      const { client, town, ask, askDirectly } = await start(engine);
      for (let i = 0; i < 3; i++) await receive(town, client, 'agent-a1');
      const text = JSON.stringify(client.request(client.kept));
      const first = (await (await ask(text, JSON_TYPE)).json()) as { outcomes: { is: string }[] };
      expect(first.outcomes.map(({ is }) => is)).toEqual(['applied', 'applied', 'applied']);
      const packed = new Uint8Array(gzipSync(text));
      const zipped = { ...JSON_TYPE, 'content-encoding': 'gzip', 'accept-encoding': 'gzip' };
      expect(await said(await ask(packed, zipped))).toEqual(await said(await askDirectly(text, JSON_TYPE)));
      const commands = await town.store.read((trx) =>
        trx.selectFrom('command').select(['n', 'head', 'status']).orderBy('n').execute(),
      );
      expect(commands.map(({ n, head, status }) => [n, head, status])).toEqual(
        client.kept.map(({ command, head }) => [command.n, head, 'applied']),
      );
    });

    test('a packed request is unpacked by the items that the thread looks up itself', async () => {
      const { client, town, ask, askDirectly } = await start(engine);
      const item = await town.refOf(ALLOWANCE);
      await receive(town, client, 'agent-a1', { item: ALLOWANCE });
      const bytes = await pack(client.request(client.kept), new Map([[item.hash, ALLOWANCE]]));
      const answer = await said(await ask(bytes, { 'content-type': PACK_TYPE }));
      expect(answer).toMatchObject({ status: 200, body: { applied: [[0, 1, 1, 1]] } });
      expect(answer).toEqual(await said(await askDirectly(bytes, { 'content-type': PACK_TYPE })));
    });

    test('what is wrong is answered alike: signature, body, session, origin, size, and what is no JSON', async () => {
      const { client, town, ask, askDirectly } = await start(engine);
      await receive(town, client, 'agent-a1');
      const request = client.request(client.kept);
      const [command] = request.commands;
      const sig = `A${request.runs[0]!.sig.slice(1)}`;
      const misshapen = { ...command!, body: { constructor: 1 } };
      const cases: [number, BodyInit, Record<string, string>][] = [
        [400, '{"protocol":1', JSON_TYPE],
        [400, JSON.stringify({ ...request, more: 1 }), JSON_TYPE],
        [401, JSON.stringify(request), { ...JSON_TYPE, cookie: 'jinban-device=made-up' }],
        [403, JSON.stringify(request), { ...JSON_TYPE, origin: 'https://evil.example' }],
        [413, ' '.repeat(LIMITS.compressed + 1), JSON_TYPE],
        [415, JSON.stringify(request), { ...JSON_TYPE, 'content-encoding': 'br' }],
        [200, JSON.stringify({ ...request, commands: [misshapen] }), JSON_TYPE],
        [
          200,
          JSON.stringify({ ...request, commands: [{ ...command!, id: v7(), n: 9, kind: 'none' }] }),
          JSON_TYPE,
        ],
        [200, JSON.stringify({ ...request, runs: request.runs.map((run) => ({ ...run, sig })) }), JSON_TYPE],
      ];
      for (const [status, body, headers] of cases) {
        const answer = await said(await ask(body, headers));
        expect(answer).toMatchObject({ status });
        if (status !== 403) expect(answer).toEqual(await said(await askDirectly(body, headers)));
      }
      const states = await town.store.read((trx) => trx.selectFrom('command').select(['status']).execute());
      // the first of the two came first, and its id is taken
      expect(states).toEqual([{ status: 'quarantined' }]);
    });

    test('a thread that dies is replaced: whoever waited is told to come again, and nothing happens twice', async () => {
      const { client, town, workers, ask } = await start(engine);
      await receive(town, client, 'agent-a1');
      const text = JSON.stringify(client.request(client.kept));
      const waiting = Array.from({ length: 8 }, () => ask(text, JSON_TYPE));
      await workers[0]!.terminate();
      const answers = await Promise.all(waiting);
      expect(answers.filter(({ status }) => ![200, 503, 501].includes(status))).toEqual([]);
      await expect.poll(async () => (await ask(text, JSON_TYPE)).status).toBe(200);
      const found = await town.store.read((trx) => trx.selectFrom('event').select(['rev']).execute());
      expect(found).toEqual([{ rev: 1 }]);
    });
  },
);
