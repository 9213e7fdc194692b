/**
 * The reading threads, as the judging thread sees them: it takes POST /api/sync past the web framework as bytes, hands it to
 * a thread, takes up what the thread found in it, and sends the answer that the thread made. Requests of an unusual kind
 * are left to the framework, which answers the same by the same functions. A thread that dies is replaced, ever more slowly
 * where one after the other dies; what it had in hand is answered 503, and the device asks again: whatever was committed
 * is found by its id (invariant I5).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Worker } from 'node:worker_threads';
import { LIMITS } from '#lib/protocol/limits.ts';
import { PACK_TYPE } from '#lib/protocol/pack.ts';
import { RETRY_SECONDS } from '../call.ts';
import { isUnavailable } from '../db/engine-faults.ts';
import { errorAnswer } from '../http/answers.ts';
import { withSecurityHeaders } from '../http/headers.ts';
import { errorFacts } from '../log.ts';
import type { Office } from '../office.ts';
import { takeUp } from '../sync/take-up.ts';
import { fromWire, type BroughtWire } from './brought-wire.ts';
import type { FromThread, ToThread } from './messages.ts';

const TYPES = ['application/json', PACK_TYPE];
/** Milliseconds until a thread that ended is replaced: doubling where one after the other ends soon. */
const REPLACED_AFTER = { first: 1000, most: 60_000 };
/** One that lived so long did not end because of what it started with. */
const SETTLED_MS = 60_000;

export type Later = (ms: number, then: () => void) => void;
const later: Later = (ms, then) => void setTimeout(then, ms).unref();

interface Thread {
  worker: Worker;
  ready: boolean;
  /** Answers that are awaited. */
  open: Map<number, { response: ServerResponse; url: string }>;
}

export class SyncThreads {
  readonly #office: Office;
  readonly #open: () => Worker;
  readonly #later: Later;
  readonly #threads = new Set<Thread>();
  #closing = false;
  #id = 0;

  /** @param open starts a thread of sync-thread.ts, given its ThreadStart */
  constructor(office: Office, count: number, open: () => Worker, afterwards = later) {
    this.#office = office;
    this.#open = open;
    this.#later = afterwards;
    for (let at = 0; at < count; at++) this.#add(0);
  }

  /** Whether it takes the request; `origin`: as whoever asks knows the office. */
  take(request: IncomingMessage, response: ServerResponse, origin: string): boolean {
    const type = (request.headers['content-type'] ?? '').toLowerCase().split(';')[0]!.trim();
    if (request.method !== 'POST' || request.url !== '/api/sync' || !TYPES.includes(type)) return false;
    const thread = this.#freest();
    if (thread === undefined) return false;
    const chunks: Buffer[] = [];
    let seen = 0;
    request.on('data', (chunk: Buffer) => {
      // a byte more than allowed says that it is too much
      if (seen <= LIMITS.inflated) chunks.push(chunk);
      seen += chunk.length;
    });
    request.once('end', () => this.#hand(thread, { request, response, chunks, url: `${origin}/api/sync` }));
    return true;
  }

  async close(): Promise<void> {
    this.#closing = true;
    const ended = [...this.#threads].map(
      ({ worker }) => new Promise<void>((resolve) => worker.once('exit', () => resolve())),
    );
    for (const { worker } of this.#threads) worker.postMessage({ is: 'close' } satisfies ToThread);
    await Promise.all(ended);
  }

  #freest(): Thread | undefined {
    const ready = [...this.#threads].filter((thread) => thread.ready);
    return ready.sort((a, b) => a.open.size - b.open.size)[0];
  }

  #hand(
    thread: Thread,
    one: { request: IncomingMessage; response: ServerResponse; chunks: Buffer[]; url: string },
  ): void {
    const { request, response, chunks, url } = one;
    if (!thread.ready) return comeAgain(response, url);
    const id = ++this.#id;
    thread.open.set(id, { response, url });
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    const body = new Uint8Array(Buffer.concat(chunks));
    const asked = { id, url, headers, body };
    thread.worker.postMessage({ is: 'request', asked } satisfies ToThread, [body.buffer]);
  }

  /** @param ended so many of its forerunners, one after the other, soon after they were started */
  #add(ended: number): void {
    const worker = this.#open();
    const since = this.#now();
    const thread: Thread = { worker, ready: false, open: new Map() };
    this.#threads.add(thread);
    worker.on('message', (message: FromThread) => {
      switch (message.is) {
        case 'ready':
          thread.ready = true;
          return;
        case 'brought':
          void this.#takeUp(thread, message.id, message.brought);
          return;
        case 'answer': {
          const { id, status, headers, body } = message;
          const { response } = thread.open.get(id)!;
          thread.open.delete(id);
          response.writeHead(status, { ...headers, 'content-length': body.length });
          response.end(body);
        }
      }
    });
    worker.once('error', (error) => {
      this.#office.log.error({ what: 'thread', ...errorFacts(error) }, 'a reading thread failed');
    });
    worker.once('exit', () => {
      this.#threads.delete(thread);
      thread.ready = false;
      for (const { response, url } of thread.open.values()) comeAgain(response, url);
      if (this.#closing) return;
      const soon = this.#now() - since < SETTLED_MS ? ended : 0;
      const wait = Math.min(REPLACED_AFTER.most, REPLACED_AFTER.first * 2 ** soon);
      this.#later(wait, () => this.#closing || this.#add(soon + 1));
    });
  }

  #now(): number {
    return Date.parse(this.#office.clock.now());
  }

  async #takeUp({ worker }: Thread, id: number, wire: BroughtWire): Promise<void> {
    const say = (message: ToThread): void => worker.postMessage(message);
    try {
      const brought = fromWire(wire);
      const outcomes = await this.#office.turns.take(brought.device.id, () => takeUp(this.#office, brought));
      say({ is: 'outcomes', id, outcomes });
    } catch (error) {
      const { words = '' } = errorFacts(error);
      say({ is: 'notTaken', id, away: isUnavailable(error), words });
    }
  }
}

function comeAgain(response: ServerResponse, url: string): void {
  if (response.headersSent || response.destroyed) return;
  const answer = withSecurityHeaders(errorAnswer('notReady', RETRY_SECONDS), new URL(url));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  void answer.text().then((text) => response.end(text));
}
