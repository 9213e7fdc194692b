/**
 * The line between devices and the office, and everything that lines do: lose, delay, double and reorder what is sent,
 * carry one way only, answer in the office's place, cut bytes off, change them. The office is the production doors with
 * real requests; what a device gets is a real response.
 */
import type { Luck } from './luck.ts';
import { Life, type Timeline } from './timeline.ts';

export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | null;
  /** The connection breaks after these bytes, of `length`. */
  cut?: boolean;
  length?: number;
}
export interface Answer {
  status: number;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
  /** Unpacked, where the office has packed it. */
  plain?: Uint8Array<ArrayBuffer>;
  /** The connection broke after these bytes. */
  cut?: boolean;
}
/** What a device hears in the end; `broken` also where nothing could be reached. */
export type Heard = Answer | 'broken';

/** How a line is. Losses are probabilities, delays milliseconds. */
export interface Quality {
  name: string;
  lostUp: number;
  lostDown: number;
  delay: readonly [number, number];
  /** Arrives twice. */
  twice: number;
  /** Somebody between speaks for the office. */
  speaks?: 'portal' | 'redirect' | 'tooLarge' | 'tooMany' | 'away' | 'proxyError' | 'refuses';
  /** Bytes are lost: of what goes up, or of the answer. */
  cuts?: 'up' | 'down';
  /** Bytes of uploads are changed on the way. */
  spoils?: boolean;
}

const quality = (name: string, change: Partial<Quality> = {}): Quality => ({
  name,
  lostUp: 0,
  lostDown: 0,
  delay: [20, 200],
  twice: 0,
  ...change,
});

export const GOOD = quality('good');
export const QUALITIES: readonly Quality[] = [
  GOOD,
  quality('poor', { lostUp: 0.1, lostDown: 0.1, delay: [200, 3_000], twice: 0.1, spoils: true }),
  quality('doubling', { twice: 0.7, delay: [10, 2_000] }),
  quality('slow', { delay: [5_000, 60_000], twice: 0.2, spoils: true }),
  quality('up only', { lostDown: 1 }),
  quality('answers lost', { lostDown: 0.5 }),
  quality('down only', { lostUp: 1 }),
  quality('portal', { speaks: 'portal' }),
  quality('redirect', { speaks: 'redirect' }),
  quality('413', { speaks: 'tooLarge' }),
  quality('429', { speaks: 'tooMany' }),
  quality('503', { speaks: 'away' }),
  quality('502', { speaks: 'proxyError' }),
  quality('off', { speaks: 'refuses' }),
  quality('cut up', { cuts: 'up' }),
  quality('cut down', { cuts: 'down' }),
  quality('spoiling', { spoils: true }),
];

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const html: Answer = {
  status: 200,
  headers: new Headers({ 'content-type': 'text/html' }),
  body: bytes('<html><title>欢迎上网，请先登录</title></html>'),
};
const SPOKEN: Record<NonNullable<Quality['speaks']>, Heard> = {
  portal: html,
  // a redirect is an error to whoever does not follow it
  redirect: 'broken',
  tooLarge: { ...html, status: 413 },
  tooMany: { ...html, status: 429, headers: new Headers({ 'retry-after': '30' }) },
  away: { ...html, status: 503, headers: new Headers({ 'retry-after': '20' }) },
  proxyError: { ...html, status: 502 },
  refuses: 'broken',
};

/** What is on its way dies with nobody. */
const ROAD = new Life('line');

/** Takes a request at the office's door and calls back with the answer, or with `broken` when the office dies of it. */
export type Door = (sent: Sent, answer: (heard: Heard) => void) => void;

/** Sends; `hear` is called with whatever comes back, once or twice, or never. */
export function send(
  timeline: Timeline,
  line: Quality,
  door: Door,
  sent: Sent,
  hear: (heard: Heard, ms: number) => void,
): void {
  const { luck } = timeline;
  const delay = (): number => line.delay[0] + luck.below(line.delay[1] - line.delay[0] + 1);
  const spoken = line.speaks && SPOKEN[line.speaks];
  if (spoken) return hear(spoken, delay());
  const upload = bringsPhoto(sent);
  const arrives = (): void =>
    door(damaged(timeline, line, sent), (heard) => {
      if (luck.happens(line.lostDown)) return;
      hear(line.cuts === 'down' ? cut(timeline, heard) : heard, delay());
    });
  const times = luck.happens(line.twice) ? 2 : 1;
  for (let time = 0; time < times; time++) {
    if (luck.happens(line.lostUp)) continue;
    timeline.after(ROAD, `${upload ? 'bytes' : sent.path} arrive`, delay(), arrives);
  }
}

/** A PATCH, or a POST that begins with bytes. */
export const bringsPhoto = ({ path, body }: Sent): boolean =>
  path.startsWith('/api/files') && body !== null && body.length > 0;

function damaged({ luck }: Timeline, line: Quality, sent: Sent): Sent {
  const { body } = sent;
  if (body === null || body.length < 2) return sent;
  if (line.cuts === 'up' && luck.happens(0.7)) {
    // a proxy that passes on what it has, or a connection that is gone
    const part = { ...sent, body: body.slice(0, luck.below(body.length)) };
    const passed = !bringsPhoto(sent) && luck.happens(0.5);
    return passed ? part : { ...part, cut: true, length: body.length };
  }
  if (line.spoils !== true || !bringsPhoto(sent) || luck.happens(0.4)) return sent;
  return spoilt(luck, sent, body);
}

/** One bit of it is another. */
export function spoilt(luck: Luck, sent: Sent, body: Uint8Array): Sent {
  const changed = new Uint8Array(body);
  changed[luck.below(changed.length)]! ^= 1 << luck.below(8);
  return { ...sent, body: changed };
}

function cut({ luck }: Timeline, heard: Heard): Heard {
  if (heard === 'broken' || heard.body.length < 2 || luck.happens(0.3)) return heard;
  return { ...heard, body: heard.body.slice(0, luck.below(heard.body.length)), cut: true };
}

/** As a browser hands it to the program: unpacked, or breaking off in the middle. @throws as fetch does */
export function asResponse(heard: Heard): Response {
  if (heard === 'broken') throw new TypeError('the line is broken');
  const headers = new Headers(heard.headers);
  const packed = headers.get('content-encoding') === 'gzip';
  headers.delete('content-encoding');
  headers.delete('content-length');
  if (!heard.cut) {
    const body = heard.plain ?? heard.body;
    return new Response(heard.status === 204 ? null : body, { status: heard.status, headers });
  }
  let given = false;
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (given || packed) return controller.error(new TypeError('the line broke'));
      given = true;
      controller.enqueue(heard.body);
    },
  });
  return new Response(broken, { status: heard.status, headers });
}
