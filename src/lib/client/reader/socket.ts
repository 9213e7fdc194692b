/**
 * A reader behind a program on this computer (读卡服务), which speaks JSON over ws://127.0.0.1. It is tried for ever, ever
 * more seldom, and never in the way. Which ports may be used stands in the Content-Security-Policy (csp.js).
 */
import type { Day } from '#lib/domain/day.ts';
import { parseSent } from './parse-card.ts';
import { ReaderEvents, type ReaderPort } from './reader-port.ts';

/** The same as in csp.js: a test compares them. */
export const READER_PORTS = [19196, 19197, 19198, 19199] as const;
export type ReaderPortNumber = (typeof READER_PORTS)[number];

export const readerUrl = (port: ReaderPortNumber): string => `ws://127.0.0.1:${port}`;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export class SocketReader extends ReaderEvents implements ReaderPort {
  #port: ReaderPortNumber;
  #today: () => Day;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = FIRST_PAUSE_MS;

  constructor(port: ReaderPortNumber, today: () => Day) {
    super();
    this.#port = port;
    this.#today = today;
  }

  connect(): void {
    if (this.#socket || this.#timer !== undefined) return;
    this.#open();
  }

  /** Some services read only when asked. */
  read(): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify({ do: 'read' }));
    else if (this.#timer !== undefined) this.#open();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.enter('off');
  }

  #open(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // a reader that was there and is away says so until it is back
    if (this.status === 'off') this.enter('connecting');
    let socket: WebSocket;
    try {
      socket = new WebSocket(readerUrl(this.#port));
    } catch {
      return this.#again();
    }
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#pauseMs = FIRST_PAUSE_MS;
      this.enter('ready');
    });
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const card = parseSent(jsonOf(data), this.#today());
      if (card) this.tell(card);
    });
    // also after an error, once
    socket.addEventListener('close', () => {
      if (this.#socket === socket) this.#again();
    });
  }

  #again(): void {
    this.#socket = undefined;
    this.enter('broken');
    this.#timer = setTimeout(() => this.#open(), this.#pauseMs);
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
  }
}

function jsonOf(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : null;
  } catch {
    return null;
  }
}
