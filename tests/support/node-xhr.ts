/**
 * As much of XMLHttpRequest as the photo carrier uses, over node:http, so that its production transport runs outside a
 * browser. A connection is used again as a browser would, six at most, and what has left is told as it leaves.
 */
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';

const STEP = 4096;

/** Makes `XMLHttpRequest` speak to the office at this address, with the device's cookie. Gives how to take it away again. */
export function installXhr(base: string, cookie: string): () => void {
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });

  class NodeXhr {
    status = 0;
    upload: { onprogress: ((event: { loaded: number }) => void) | null } = { onprogress: null };
    onload: (() => void) | null = null;
    onerror: (() => void) | null = null;
    onabort: (() => void) | null = null;
    #request: ClientRequest | null = null;
    #answer: IncomingMessage | null = null;
    #over = false;
    #target = { method: 'GET', path: '/' };
    readonly #headers: Record<string, string> = { cookie };

    open(method: string, path: string): void {
      this.#target = { method, path };
    }
    setRequestHeader(name: string, value: string): void {
      this.#headers[name] = value;
    }
    getResponseHeader(name: string): string | null {
      const value = this.#answer?.headers[name];
      return typeof value === 'string' ? value : null;
    }
    send(body: Uint8Array | null): void {
      const { method, path } = this.#target;
      const length = method === 'HEAD' ? {} : { 'content-length': String(body?.length ?? 0) };
      const headers = { ...this.#headers, ...length };
      const sending = request(`${base}${path}`, { method, headers, agent }, (answer) => {
        this.#answer = answer;
        this.status = answer.statusCode ?? 0;
        answer.on('error', () => this.#end('onerror'));
        answer.on('end', () => this.#end('onload'));
        answer.resume();
      });
      this.#request = sending.on('error', () => this.#end('onerror'));
      void this.#write(sending, body ?? new Uint8Array(0));
    }
    abort(): void {
      this.#end('onabort');
      this.#request?.destroy();
    }

    async #write(sending: ClientRequest, body: Uint8Array): Promise<void> {
      for (let at = 0; at < body.length && !this.#over; at += STEP) {
        await new Promise<void>((resolve) => sending.write(body.subarray(at, at + STEP), () => resolve()));
        this.upload.onprogress?.({ loaded: Math.min(body.length, at + STEP) });
      }
      if (!this.#over) sending.end();
    }
    #end(how: 'onload' | 'onerror' | 'onabort'): void {
      if (this.#over) return;
      this.#over = true;
      this[how]?.();
    }
  }

  Object.assign(globalThis, { XMLHttpRequest: NodeXhr });
  return () => {
    agent.destroy();
    Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
  };
}
