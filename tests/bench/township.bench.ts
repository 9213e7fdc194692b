/**
 * The first morning of a clerk whose township has 35 stations: a computer that has just been enrolled fetches program,
 * items and 700 cases (20 a station). Bytes are counted on the wire and exact; the times are of this machine, with the
 * page four times slower (CDP), and what a village's line of 128 kbit/s adds is the bytes over 16,000 a second.
 */
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '#lib/server/db/address.ts';
import type { Row } from '../../scripts/bench-row.ts';
import { browserDevice } from '../support/browser-device.ts';
import { countingLine } from '../support/counting-line.ts';
import { demoCity } from '../support/demo-city.ts';
import { enrol, signIn } from '../support/desk-steps.ts';
import { fillTownship, peopleOf } from '../support/full-township.ts';
import { runningOffice } from '../support/office-process.ts';
import { told, watched } from '../support/standstill.ts';

/** The one of the demo county with most stations: 29, and six more here. */
const TOWNSHIP = '410526105000';
const STATIONS = 35;
const CLERK = '示例窗口员';
const CASES = STATIONS * 20;
const SLOWER = 4;
const LINE_BYTES = 16_000;

/** Gives the township its missing stations, and a clerk with the passphrase of the demo's people. */
function staffAndStations(dataDir: string): void {
  const db = new DatabaseSync(databasePath(dataDir));
  try {
    const rows = (sql: string): Record<string, string>[] => db.prepare(sql).all() as Record<string, string>[];
    const put = (table: string, row: Record<string, string>): void => {
      const keys = Object.keys(row);
      db.prepare(`insert into ${table} (${keys.join()}) values (${keys.map(() => '?').join()})`).run(
        ...Object.values(row),
      );
    };
    const id = `S${TOWNSHIP}`;
    const villages = rows(`select * from site where township = '${id}' and level = 'village'`);
    const model = villages[0]!;
    for (let n = villages.length; n < STATIONS; n++) {
      const code = `${TOWNSHIP.slice(0, 9)}${900 + n}`;
      const path = model['path']!.replace(model['id']!, `S${code}`);
      put('site', { ...model, id: `S${code}`, code, path });
    }
    const [township] = rows(`select path from site where id = '${id}'`);
    const [clerk] = rows(`select * from staff where roles = '["clerk"]' limit 1`);
    put('staff', { ...clerk!, id: `P${TOWNSHIP}-9`, site: id, path: township!['path']!, name: CLERK });
  } finally {
    db.close();
  }
}

export async function run(): Promise<Row[]> {
  await using city = await demoCity();
  staffAndStations(city.dataDir);
  const now = new Date().toISOString();
  await fillTownship(city.dataDir, { township: TOWNSHIP, count: CASES, now, people: peopleOf(city) });
  await using office = await runningOffice({ dataDir: city.dataDir });
  await using line = await countingLine(Number(new URL(office.url).port));
  await using device = browserDevice();
  const page = await device.open();
  await enrol(page, line.url, (await city.issueCode(TOWNSHIP)).code);
  const program = line.down;
  line.reset();

  const remote = await page.context().newCDPSession(page);
  await remote.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await signIn(page, CLERK, city.passphrase);
  const first = await watched(page, async () => {
    await page.goto(`${line.url}/review?q=all`, { waitUntil: 'commit' });
    await page.waitForFunction(() => document.querySelector('tbody tr'), null, {
      polling: 100,
      timeout: 240_000,
    });
  });
  const all = await watched(page, async () => {
    await told(page, '.tab[aria-current] .count', `${CASES}`);
  });
  const { down, up } = line;
  const row = (measure: string, value: number, unit: string): Row => ({
    measure: `township of ${STATIONS} stations, first load: ${measure}`,
    value: Math.round(value),
    unit,
  });
  return [
    row('program, down', program / 1024, 'KB'),
    row(`items and ${CASES} cases, down`, down / 1024, 'KB'),
    row('the same, up', up / 1024, 'KB'),
    row('bytes of one case, down', down / CASES, 'B'),
    row(`first rows after opening the queue, CPU ÷${SLOWER}`, first.took, 'ms'),
    row(`all ${CASES} after them, CPU ÷${SLOWER}`, all.took, 'ms'),
    row('longest standstill', Math.max(first.still, all.still), 'ms'),
    row('what 128 kbit/s adds for items and cases', (down / LINE_BYTES) * 1000, 'ms'),
  ];
}
