/**
 * What a sync costs on a village's line: 128 kbit/s each way, 600 ms round trip, without TLS. W3: 200 applications up and
 * all outcomes back, over a new connection. W6: an idle poll over a connection that stands. Real session, real headers; the
 * client is the production loop, transport and HTTP; the office is the built one. Bytes are counted on the wire, both ways,
 * headers and all, and are exact; beside them what gzip -9 of the same JSON would take.
 */
import { gzipSync } from 'node:zlib';
import { requestOf } from '#lib/client/sync/batch.ts';
import type { Row } from '../../scripts/bench-row.ts';
import { prepareStation, startProgram, type Program, type Shape } from '../support/bytes-station.ts';
import { CITY_DAY, demoCity } from '../support/demo-city.ts';
import { runningOffice } from '../support/office-process.ts';
import { slowLine } from '../support/slow-line.ts';

const LINE = { bitsPerSecond: 128_000, roundTripMs: 600 };
const COUNT = 200;
const BUDGETS = { synthetic: { up: 50, took: 5.6 }, real: { up: 36, took: 5.6 } };
const POLL = 400;

const inSeconds = (bytes: number): number => (bytes * 8) / LINE.bitsPerSecond;

/** What the commands that wait are as JSON. */
async function asJson({ storage }: Program): Promise<Buffer> {
  const rows = await storage.sendable(false);
  const commands = await storage.commands(rows.map((row) => row.id));
  const request = requestOf(await storage.position(), rows, commands, { release: null, keeps: 1 });
  return Buffer.from(JSON.stringify(request));
}

async function measure(shape: Shape): Promise<Row[]> {
  await using city = await demoCity();
  const prepared = await prepareStation(city.dataDir, shape);
  await using office = await runningOffice({ dataDir: city.dataDir, now: CITY_DAY });
  let url = office.url;
  const program = await startProgram(prepared, () => url, shape);
  // the township's feed has begun, as on any day but its first
  await program.take(1);
  await program.untilQuiet();
  await program.take(COUNT);
  const json = await asJson(program);
  const limit = gzipSync(json, { level: 9 }).length;

  await using line = await slowLine({ officePort: Number(new URL(office.url).port), ...LINE });
  url = line.url;
  program.requests.length = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const answered = program.loop.syncNow();
  const running = program.untilQuiet();
  await answered;
  const took = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const [up, down, posts] = [line.up, line.down, program.requests.length];
  await running;
  const applied = program.storage.outbox().filter((row) => row.outcome?.is === 'applied');
  if (applied.length !== COUNT + 1) throw new Error(`only ${applied.length} of ${COUNT} were applied`);

  const polls: number[] = [];
  for (let poll = 0; poll < 3; poll++) {
    line.reset();
    const before = performance.now();
    await program.untilQuiet();
    polls.push(performance.now() - before);
  }
  const what = `W3 ${shape}: ${COUNT} applications of ${Math.round(json.length / 1024)} KB JSON`;
  return [
    { measure: `${what}, up`, value: up / 1024, unit: 'KB', atMost: BUDGETS[shape].up },
    { measure: `${what}, gzip -9 of it`, value: limit / 1024, unit: 'KB' },
    { measure: `${what}, down`, value: down / 1024, unit: 'KB' },
    { measure: `${what}, requests`, value: posts, unit: '', atMost: 1 },
    { measure: `${what}, until all outcomes are back`, value: took, unit: 's', atMost: BUDGETS[shape].took },
    {
      measure: `${what}, gzip -9 on the line and a round trip`,
      value: inSeconds(limit) + LINE.roundTripMs / 1000,
      unit: 's',
    },
    { measure: `${what}, CPU of the device and the line`, value: (user + system) / 1e6, unit: 's' },
    { measure: `W6 ${shape}: idle poll, both ways`, value: line.up + line.down, unit: 'B', atMost: POLL },
    { measure: `W6 ${shape}: idle poll, up`, value: line.up, unit: 'B' },
    { measure: `W6 ${shape}: idle poll`, value: Math.min(...polls), unit: 'ms' },
  ];
}

export const run = async (): Promise<Row[]> => [...(await measure('synthetic')), ...(await measure('real'))];
