/** Somebody else at the office's address: a captive portal, or a line that swallows answers. Real sockets, no browser tricks. */
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Listening extends AsyncDisposable {
  port: number;
  /** Takes the address free again. */
  close(): Promise<void>;
}

function listening(server: Server, port: number): Promise<Listening> {
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({ port: (server.address() as AddressInfo).port, close, [Symbol.asyncDispose]: close }),
    );
  });
}

/** A hotel's sign-in page for every address and method, with status 200. `asked` counts, by path. */
export async function captivePortal(port: number): Promise<Listening & { asked: Map<string, number> }> {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    request.resume();
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      '<!doctype html><title>上网认证</title><h1>请先认证再上网</h1><script>top.portal = 1</script>',
    );
  });
  return Object.assign(await listening(server, port), { asked });
}

/**
 * Passes everything to the office at `officePort`. While `cutting` is true an answer to POST /api/sync is cut off after
 * the office has given it: the office has committed, the device never learns. `cut` counts those.
 */
export interface CuttingLine extends Listening {
  cutting: boolean;
  cut: number;
}

export async function cuttingLine(officePort: number, port = 0): Promise<CuttingLine> {
  const line = { cutting: false, cut: 0 };
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const onward = forward({ host: '127.0.0.1', port: officePort, method, path: url, headers }, (answer) => {
      if (line.cutting && method === 'POST' && url === '/api/sync') {
        answer.resume();
        answer.once('end', () => {
          line.cut += 1;
          response.destroy();
        });
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  return Object.assign(line, await listening(server, port));
}
