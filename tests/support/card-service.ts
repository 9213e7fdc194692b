/** A reader's program on this computer (读卡服务), as small as one can be: ws on a port, one text frame a card. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export interface CardService extends AsyncDisposable {
  /** To everybody who listens. */
  send(message: unknown): void;
  /** Resolves once so many listen. */
  listening(count: number): Promise<void>;
}

function frame(text: string): Buffer {
  const data = Buffer.from(text);
  const head = data.length < 126 ? [0x81, data.length] : [0x81, 126, data.length >> 8, data.length & 0xff];
  return Buffer.concat([Buffer.from(head), data]);
}

export async function cardService(port: number): Promise<CardService> {
  const sockets = new Set<Duplex>();
  let changed = (): void => undefined;
  const server: Server = createServer((_, answer) => answer.writeHead(426).end());
  server.on('upgrade', (request, socket) => {
    const key = request.headers['sec-websocket-key'] ?? '';
    const accept = createHash('sha1')
      .update(key + GUID)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
    const gone = (): void => void sockets.delete(socket);
    socket.on('close', gone).on('error', gone).resume();
    changed();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    send(message) {
      for (const socket of sockets)
        socket.write(frame(typeof message === 'string' ? message : JSON.stringify(message)));
    },
    listening: (count) =>
      new Promise((resolve) => {
        changed = () => {
          if (sockets.size >= count) resolve();
        };
        changed();
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
