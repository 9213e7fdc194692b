/**
 * What the device's program finds in a browser: `fetch` with a cookie jar, and XMLHttpRequest for photos. Both only carry
 * to the line and wait; all that is decided is decided by production code.
 */
import { asResponse, type Heard, type Sent } from './line.ts';
import type { Life, Timeline } from './timeline.ts';

/** A device as its browser knows it. */
export interface Browser {
  timeline: Timeline;
  cookie: string;
  carry(sent: Sent, hear: (heard: Heard, ms: number) => void): void;
}

/** Carries, and waits for the first thing that is heard, or for the abort. */
async function exchange(
  browser: Browser,
  life: Life,
  sent: Sent,
  signal: AbortSignal | null,
): Promise<Heard> {
  const { timeline } = browser;
  const { method, path } = sent;
  const waiting = timeline.wait(life, `${method} ${path} heard`);
  let heard: Heard | null = null;
  const hear = (what: Heard, ms: number): void => {
    timeline.after(life, 'hears', ms, () => {
      heard ??= what;
      waiting.wake();
    });
  };
  signal?.addEventListener('abort', () => waiting.wake(), { once: true });
  const cookie = `jinban-device=${browser.cookie}`;
  browser.carry({ ...sent, headers: { ...sent.headers, cookie, 'accept-encoding': 'gzip' } }, hear);
  await waiting.promise;
  return heard ?? 'broken';
}

function keepCookie(browser: Browser, heard: Heard): void {
  if (heard === 'broken') return;
  const [pair = ''] = (heard.headers.get('set-cookie') ?? '').split(';');
  if (pair.startsWith('jinban-device=')) browser.cookie = pair.slice('jinban-device='.length);
}

/** `fetch` of one tab. */
export const fetchOf =
  (browser: Browser, life: Life): typeof fetch =>
  async (path, init) => {
    const { method = 'GET', body, signal = null, headers } = init ?? {};
    const bytes = (body as Uint8Array<ArrayBuffer> | undefined) ?? null;
    const sent = { method, path: String(path), headers: headers as Record<string, string>, body: bytes };
    const heard = await exchange(browser, life, sent, signal);
    keepCookie(browser, heard);
    return asResponse(heard);
  };

/** As much of XMLHttpRequest as photo-http.ts uses, for whichever tab is running. */
export const lineRequests = (timeline: Timeline, browserOf: (life: Life) => Browser) =>
  class {
    readonly upload: { onprogress: ((event: { loaded: number }) => void) | null } = { onprogress: null };
    onload: (() => void) | null = null;
    onerror: (() => void) | null = null;
    onabort: (() => void) | null = null;
    status = 0;
    readonly life = timeline.current!;
    readonly stop = new AbortController();
    readonly headers: Record<string, string> = {};
    method = '';
    path = '';
    got = new Headers();

    open(method: string, path: string): void {
      Object.assign(this, { method, path });
    }

    setRequestHeader(name: string, value: string): void {
      this.headers[name] = value;
    }

    getResponseHeader(name: string): string | null {
      return this.got.get(name);
    }

    abort(): void {
      this.stop.abort();
    }

    send(body: Uint8Array<ArrayBuffer> | null): void {
      const { life, method, path, headers, stop } = this;
      // a line that is away takes bytes as well: what has left need not arrive
      if (body !== null) this.upload.onprogress?.({ loaded: body.length });
      void exchange(browserOf(life), life, { method, path, headers, body }, stop.signal).then((heard) => {
        if (stop.signal.aborted) return this.onabort?.();
        if (heard === 'broken' || heard.cut === true) return this.onerror?.();
        this.status = heard.status;
        this.got = heard.headers;
        this.onload?.();
      });
    }
  };
