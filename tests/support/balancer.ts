/**
 * A balancer as it stands before several offices: requests go to them in turn, one that is not there is passed over, and
 * an answer that breaks off is a 502, as nginx gives it. It says who called, as TRUST_PROXY=1 wants it.
 */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Balancer extends AsyncDisposable {
  url: string;
  /** Requests that each port has answered. */
  answered: Map<number, number>;
}

export async function balancer(ports: readonly number[]): Promise<Balancer> {
  const answered = new Map(ports.map((port) => [port, 0]));
  let turn = 0;

  function pass(request: IncomingMessage, response: ServerResponse, left: number): void {
    const fail = (): void => {
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<h1>502 Bad Gateway</h1>');
    };
    if (left === 0) return fail();
    const port = ports[turn++ % ports.length]!;
    const { method, url, headers } = request;
    const onward = forward({
      host: '127.0.0.1',
      port,
      method,
      path: url,
      headers: {
        ...headers,
        'x-forwarded-proto': 'http',
        'x-forwarded-for': request.socket.remoteAddress ?? '',
      },
    });
    onward.once('error', (error) => {
      // nobody listens there: nothing of the request has gone, and the next one can have it
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') pass(request, response, left - 1);
      else fail();
    });
    onward.once('response', (answer) => {
      answered.set(port, (answered.get(port) ?? 0) + 1);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    });
    // a body is passed on only once somebody is there to take it
    onward.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => request.pipe(onward));
      else request.pipe(onward);
    });
    response.once('close', () => onward.destroy());
  }

  const server = createServer((request, response) => pass(request, response, ports.length));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
