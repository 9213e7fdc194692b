/**
 * The held stream (docs/decisions/0027): every station of the city, 1,688 of them, on a stream at one process of the built
 * office (BUILD_DIR, else build/). How long until all are held and what memory that takes, what they cost the office
 * while nothing happens, how soon one hears of what another has sent, and what a stream costs its line. On SQLite.
 */
import { request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { WAKE_SECONDS } from '#lib/protocol/wake.ts';
import type { Row } from '../../scripts/bench-row.ts';
import { countingLine } from '../support/counting-line.ts';
import { holdStreams, type HeldStreams } from '../support/held-streams.ts';
import { startOffice, type Office } from '../support/office-process.ts';
import { cpuOf, peakMemory } from '../support/process-cost.ts';
import { RUSH_NOW, rushCity } from '../support/rush-city.ts';
import type { Packed } from '../support/rush-station.ts';

const AT_ONCE = 32;
const SENDINGS = 20;
const HOUR = 3600;

/** Sends a station's applications; when the answer was here. */
const send = (office: Office, { cookie, gzip: body }: Packed): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': body.length,
      cookie,
    };
    const call = request(`${office.url}/api/sync`, { method: 'POST', headers }, (answer) => {
      answer.resume().once('end', () => {
        if (answer.statusCode === 200) resolve(performance.now());
        else reject(new Error(`the office answered ${answer.statusCode}`));
      });
    });
    call.once('error', reject);
    call.end(body);
  });

/**
 * Milliseconds from the sender's answer to the word to its site's other computer, whose stream is as many places before the
 * end as the sender's request is; below 0 where the word was there first.
 */
async function latencies(office: Office, held: HeldStreams, sendings: readonly Packed[]): Promise<number[]> {
  const all: number[] = [];
  for (const [i, one] of sendings.slice(0, SENDINGS).entries()) {
    const at = held.open - sendings.length + i;
    const before = held.wakesOf(at);
    const heard = held.until(() => held.wakesOf(at) > before).then(() => performance.now());
    const answered = await send(office, one);
    all.push((await heard) - answered);
  }
  return all.sort((a, b) => a - b);
}

/** Bytes both ways to open a stream, and of each comment. */
async function onTheLine(office: Office, cookie: string): Promise<{ opening: number; comment: number }> {
  await using line = await countingLine(office.port);
  await using held = await holdStreams(line.url, [cookie], 1);
  const opening = line.up + line.down;
  line.reset();
  await held.until(() => held.comments >= 1);
  return { opening, comment: line.up + line.down };
}

export async function run(): Promise<Row[]> {
  await using city = await rushCity();
  const { requests, warmUp } = city.rush;
  const office = await startOffice({ dataDir: city.dataDir, now: RUSH_NOW });
  try {
    const { opening, comment } = await onTheLine(office, requests[0]!.cookie);
    const empty = peakMemory(office.pid);
    const began = performance.now();
    await using held = await holdStreams(
      office.url,
      requests.map(({ cookie }) => cookie),
      AT_ONCE,
    );
    const opened = performance.now() - began;
    const memory = peakMemory(office.pid) - empty;
    // from one comment to the next
    const quiet = async (rounds: number): Promise<void> =>
      held.until(() => held.comments >= rounds * held.open);
    await quiet(1);
    const before = cpuOf(office.pid);
    await quiet(2);
    const idle = cpuOf(office.pid) - before;
    const after = await latencies(office, held, warmUp);
    const quantile = (share: number): number => after[Math.floor((after.length - 1) * share)]!;
    return [
      { measure: 'streams held by one process', value: held.open, unit: '', atLeast: 1688 },
      { measure: 'until all are held', value: opened / 1000, unit: 's' },
      { measure: 'memory of a thousand streams', value: (memory * 1000) / held.open, unit: 'MB' },
      {
        measure: 'CPU of the office for all of them, a minute in which nothing happens',
        value: (idle * 60) / WAKE_SECONDS,
        unit: 'ms',
      },
      {
        measure: 'from the answer to a station to the word to its colleague, p50',
        value: quantile(0.5),
        unit: 'ms',
      },
      { measure: 'the same, slowest of twenty', value: quantile(1), unit: 'ms', atMost: 2000 },
      { measure: 'bytes both ways to open a stream', value: opening, unit: 'B' },
      {
        measure: 'bytes an hour of a stream on which nothing happens',
        value: (comment * HOUR) / WAKE_SECONDS,
        unit: 'B',
        atMost: 2400,
      },
    ];
  } finally {
    await office.stop();
  }
}
