import { gunzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { toHex } from '#lib/catalogue/hash.ts';
import { browserHttp, type HttpRequest } from './http.ts';
import { httpTransport } from './transport-http.ts';
import type { SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';

const request: SyncRequest = {
  protocol: 1,
  lineage: '',
  cursor: 0,
  mark: '',
  release: null,
  keeps: 1,
  commands: [],
  runs: [],
};
const response: SyncResponse = {
  lineage: 'L1',
  now: '2026-09-18T02:00:00.000Z',
  outcomes: [],
  release: '',
  chain: 0,
  feed: { from: 0, to: 0, mark: '', more: false, events: [] },
};
const json = (value: unknown, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(value), {
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });

const replyTo = (answer: () => Response | Promise<Response>) =>
  httpTransport(
    browserHttp(async () => answer()),
    async () => null,
    null,
  ).sync(request, {
    timeoutMs: 1000,
    signal: new AbortController().signal,
  });

describe('what counts as the office speaking', () => {
  test('its own JSON', async () => {
    expect(await replyTo(() => json(response))).toMatchObject({ is: 'answer', response });
  });

  test.each([
    [
      'a captive portal’s page with 200',
      () => new Response('<html>login</html>', { headers: { 'content-type': 'text/html' } }),
    ],
    [
      'a portal’s page that calls itself JSON',
      () => new Response('<html>', { headers: { 'content-type': 'application/json' } }),
    ],
    [
      'JSON cut short',
      () =>
        new Response(JSON.stringify(response).slice(0, 40), {
          headers: { 'content-type': 'application/json' },
        }),
    ],
    ['JSON of another shape', () => json({ ok: true })],
    ['a proxy’s own 403', () => new Response('<html>', { status: 403 })],
    ['a broken line', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('fault: captive portal → %s is offline', async (_, answer) => {
    expect(await replyTo(answer)).toEqual({ is: 'offline' });
  });

  test.each([
    [401, 'noSession', { is: 'noSession' }],
    [413, 'tooLarge', { is: 'tooLarge' }],
    [426, 'oldProtocol', { is: 'oldProgram' }],
    [400, 'malformed', { is: 'rejected', status: 400, error: 'malformed' }],
    [500, 'fault', { is: 'busy', afterMs: null }],
  ])('fault: 401; 413; 500 → %i %s has a branch of its own', async (status, error, expected) => {
    expect(await replyTo(() => json({ error, text: '…' }, { status }))).toEqual(expected);
  });

  test('fault: 429 → Retry-After is read from the header, also of a proxy', async () => {
    const busy = () => new Response('busy', { status: 503, headers: { 'retry-after': '7' } });
    expect(await replyTo(busy)).toEqual({ is: 'busy', afterMs: 7000 });
    const told = () => json({ error: 'tooMany', text: '…', retryAfterSeconds: 3 }, { status: 429 });
    expect(await replyTo(told)).toEqual({ is: 'busy', afterMs: 3000 });
  });
});

describe('sending', () => {
  const sendWith = async (body: unknown): Promise<RequestInit> => {
    let sent: RequestInit = {};
    const http = browserHttp(async (_, init) => {
      sent = init!;
      return json({});
    });
    await http({ method: 'POST', path: '/x', body, gzip: true, timeoutMs: 1000 });
    return sent;
  };

  test('a larger body is gzipped and whole', async () => {
    const body = { text: '办'.repeat(2000) };
    const init = await sendWith(body);
    expect(init.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' });
    expect(JSON.parse(gunzipSync(init.body as Uint8Array).toString())).toEqual(body);
  });

  test('without CompressionStream it goes plain', async () => {
    vi.stubGlobal('CompressionStream', undefined);
    const init = await sendWith({ text: '办'.repeat(2000) });
    vi.unstubAllGlobals();
    expect(init.headers).not.toHaveProperty('content-encoding');
    expect(JSON.parse(new TextDecoder().decode(init.body as Uint8Array))).toEqual({
      text: '办'.repeat(2000),
    });
  });

  test('only a small body may outlive its page', async () => {
    const noise = toHex(crypto.getRandomValues(new Uint8Array(60_000)));
    expect((await sendWith({ text: 'x' })).keepalive).toBe(true);
    expect((await sendWith({ text: noise })).keepalive).toBe(false);
  });
});

describe('patience', () => {
  const get = (fetcher: typeof fetch, change: Partial<HttpRequest> = {}) =>
    browserHttp(fetcher)({ method: 'GET', path: '/x', timeoutMs: 50, ...change });
  const hang: typeof fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      const stop = (): void => reject(new Error('aborted'));
      if (init!.signal!.aborted) stop();
      else init!.signal!.addEventListener('abort', stop);
    });

  test('silence is a time-out', async () => {
    vi.useFakeTimers();
    const reply = get(hang, { timeoutMs: 20_000 });
    await vi.advanceTimersByTimeAsync(20_001);
    expect(await reply).toEqual({ is: 'timeout' });
    vi.useRealTimers();
  });

  test('progress starts the time-out anew', async () => {
    vi.useFakeTimers();
    let push: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (push = controller) });
    const seen: number[] = [];
    const reply = get(async () => new Response(body), {
      timeoutMs: 1000,
      onProgress: (bytes) => seen.push(bytes),
    });
    for (let i = 0; i < 5; i++) {
      await vi.advanceTimersByTimeAsync(900);
      push!.enqueue(new Uint8Array([i]));
    }
    await vi.advanceTimersByTimeAsync(1);
    push!.close();
    expect(await reply).toMatchObject({ is: 'ok', bytes: new Uint8Array([0, 1, 2, 3, 4]) });
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    vi.useRealTimers();
  });

  test('a caller that stops waiting is not a time-out', async () => {
    const stop = new AbortController();
    const reply = get(hang, { timeoutMs: 60_000, signal: stop.signal });
    stop.abort();
    expect(await reply).toEqual({ is: 'offline' });
  });
});
