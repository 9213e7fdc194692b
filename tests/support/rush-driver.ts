/**
 * Sends the rush hour's requests from a process of its own: so many connections that are kept alive, each sending the next
 * request as soon as its last one was answered. Requests go to the offices in turn. Run with fork(); speaks by messages.
 */
import { Agent, request } from 'node:http';
import { argv } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { PACK_TYPE } from '#lib/protocol/pack.ts';
import { RETRY_SECONDS } from '#lib/server/call.ts';
import { readRush, type Rush } from './rush-city.ts';

/** What the office says with 503. */
const BUSY_MS = RETRY_SECONDS * 1000;

export interface Asked {
  which: 'warmUp' | 'requests';
  urls: string[];
  connections: number;
  /** Packs, as devices send them; or gzipped JSON. */
  as: 'pack' | 'gzip';
}

export interface Told {
  /** Milliseconds from the first request to the last answer. */
  took: number;
  /** Milliseconds of each request. */
  times: number[];
  /** Bytes of answers as sent. */
  down: number;
}

const TYPES = {
  pack: { 'content-type': PACK_TYPE },
  gzip: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
};

const [, , folder = ''] = argv;
const rush: Rush = readRush(folder);

async function drive({ which, urls, connections, as }: Asked): Promise<Told> {
  const packed = rush[which];
  const agents = urls.map(() => new Agent({ keepAlive: true, maxSockets: connections }));
  const [times, answers]: [number[], Answer[]] = [[], []];
  let next = 0;
  /** False when it is to come again later. */
  const send = (at: number): Promise<boolean> =>
    new Promise<boolean>((resolve, reject) => {
      const { cookie, [as]: body } = packed[at]!;
      const turn = at % urls.length;
      const headers = {
        ...TYPES[as],
        'content-length': body.length,
        'accept-encoding': 'gzip, deflate, br',
        cookie,
      };
      const options = { method: 'POST', agent: agents[turn]!, headers };
      const call = request(`${urls[turn]}/api/sync`, options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const bytes = Buffer.concat(chunks);
          if (answer.statusCode === 200) {
            const count = packed[at]!.applications.length;
            answers.push({ bytes, encoding: answer.headers['content-encoding'] ?? '', count });
            resolve(true);
          } else if (answer.statusCode === 503) resolve(false);
          else
            reject(new Error(`the office answered ${answer.statusCode}: ${bytes.toString().slice(0, 300)}`));
        });
      });
      call.once('error', reject);
      call.end(body);
    });
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < packed.length) {
        const [at, began] = [next++, performance.now()];
        while (!(await send(at))) await wait(BUSY_MS);
        times.push(performance.now() - began);
      }
    }),
  );
  const took = performance.now() - began;
  for (const agent of agents) agent.destroy();
  // looked at when nothing is measured any more
  for (const answer of answers) checkAnswer(answer);
  return { took, times, down: answers.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

interface Answer {
  bytes: Buffer;
  encoding: string;
  /** Applications that were sent. */
  count: number;
}

function checkAnswer({ bytes, encoding, count }: Answer): void {
  const unpack = { gzip: gunzipSync, br: brotliDecompressSync }[encoding];
  const text = (unpack ? unpack(bytes) : bytes).toString();
  // to a pack `applied` comes as ranges (protocol/brief.ts)
  const { outcomes, applied = [] } = JSON.parse(text) as {
    outcomes: { is: string }[];
    applied?: [number, number, number, number][];
  };
  const many = applied.reduce(
    (sum, [, one]) => sum + one,
    outcomes.filter(({ is }) => is === 'applied').length,
  );
  if (many !== count) throw new Error(`${many} of ${count} applied: ${JSON.stringify(outcomes[0])}`);
}

process.on('message', (asked: Asked) => {
  drive(asked).then(
    (told) => process.send!(told),
    (error: unknown) => process.send!({ error: String(error) }),
  );
});
process.send!('ready');
