/**
 * npm run demo [-- --quiet] [--no-start] [--json]
 * The demo city in a folder of its own (./data/demo, or DATA_DIR), or in the PostgreSQL of DATABASE_URL: made when new,
 * while the application is built beside it, then the office is started on PORT and HOST. The city has lived a year of work;
 * --quiet makes one without. Prints the accounts, fresh enrolment codes and last, once, READY and the address.
 * --no-start only makes it; --json prints accounts and codes as one JSON line instead of the tables.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { makeEnrolCode } from '#lib/server/auth/enrol.ts';
import { officeClock } from '#lib/server/clock.ts';
import type { Store } from '#lib/server/db/store.ts';
import { OfficeFiles } from '#lib/server/files/office-files.ts';
import { demoAccounts } from '#lib/server/seed/demo-accounts.ts';
import { DEMO_COUNTY } from '#lib/server/seed/demo-people.ts';
import { drawPictures } from '#lib/server/seed/pictures/draw.ts';
import { awaitsYear, DEMO_PASSPHRASE, seedCity } from '#lib/server/seed/seed-city.ts';
import { openTraining } from '#lib/server/seed/training/open-training.ts';
import { foundedBefore } from '#lib/server/seed/year/days.ts';
import { liveYear, statesIn } from '#lib/server/seed/year/live-year.ts';
import { demoWords, DEMO_SITES, type DemoSheet } from './demo-words.ts';
import { openDatabase } from './open-database.ts';

const { values: options } = parseArgs({
  options: {
    quiet: { type: 'boolean', default: false },
    'no-start': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const dataDir = process.env.DATA_DIR || './data/demo';

const say = (text: string): void => {
  if (!options.json) console.log(text);
};

/** In a process of its own, while the city is made. What it says is of interest when it fails. */
function build(): Promise<boolean> {
  const child = spawn(process.execPath, ['scripts/build.ts', '--if-stale'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
  return new Promise((resolve) =>
    child.once('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(said));
      resolve(code === 0);
    }),
  );
}

/** A year of work, where the city is to have one and has none yet. */
async function live(store: Store, now: string): Promise<void> {
  if (!(await store.read(awaitsYear))) return;
  say('正在办一年的件：三千多件，按当时的日子一件件收、办、送，约半分钟…');
  const pictures = await drawPictures();
  const wanted = { now, pictures, complain: (line: string) => console.error(line) };
  const { applications, photos } = await liveYear(store, new OfficeFiles(join(dataDir, 'files')), wanted);
  say(`办了 ${applications} 件，照片 ${photos} 张。`);
}

/** Made when new; what there is to know of the city, with codes that were made just now. */
async function prepare(): Promise<DemoSheet | null> {
  const { store, words: database, onServer } = await openDatabase(dataDir);
  try {
    const now = officeClock().now();
    say(`数据库：${database}。正在准备演示城市${options['no-start'] ? '' : '，同时构建程序'}…`);
    const living = !options.quiet;
    const outcome = await seedCity(store, { now: living ? foundedBefore(now) : now, living });
    if (outcome.is === 'other') {
      const [remove, another] = onServer
        ? ['请删掉这个库再建', '换一个库：改 DATABASE_URL']
        : ['请删掉这个目录再运行', '换一个目录：DATA_DIR=目录 npm run demo'];
      console.error(
        outcome.found === null
          ? `${database}里已有别的数据，没有改动它。请${another}。`
          : `${database}里是旧版演示数据，没有改动它。${remove}，或${another}。`,
      );
      return null;
    }
    await live(store, now);
    await openTraining(store, { county: DEMO_COUNTY, passphrase: DEMO_PASSPHRASE, now });
    const [accounts, states] = await Promise.all([store.read(demoAccounts), store.read(statesIn)]);
    const codes = [];
    for (const code of DEMO_SITES) {
      const account = accounts.find((one) => one.site.code === code);
      if (!account) throw new Error(`nobody works at ${code}`);
      const { site } = account;
      codes.push({ site, ...(await makeEnrolCode(store, { site: site.id, by: 'office', now })) });
    }
    return { dataDir, database, onServer, passphrase: DEMO_PASSPHRASE, accounts, codes, states };
  } finally {
    await store.destroy();
  }
}

/** Starts the office; its address once it is ready, null when it ended instead. */
function start(): { child: ChildProcess; ready: Promise<string | null> } {
  const child = spawn(process.execPath, ['server.js'], {
    // it has been said already which database it is
    env: { LOG_LEVEL: 'warn', ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Ctrl+C reaches both by the terminal; a plain signal to this process is passed on
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill('SIGTERM'));
  const ready = new Promise<string | null>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const address = /^READY (\S+)$/.exec(line)?.[1];
      if (address === undefined) console.log(line);
      else resolve(address);
    });
    child.once('exit', (code) => {
      process.exitCode = code ?? 1;
      resolve(null);
    });
  });
  return { child, ready };
}

const built = options['no-start'] ? Promise.resolve(true) : build();
const sheet = await prepare();
if (!(await built) || sheet === null) process.exitCode = 1;
else if (options['no-start']) {
  if (options.json) console.log(JSON.stringify(sheet));
  else for (const line of demoWords(sheet, '（启动后的地址）')) console.log(line);
} else {
  const address = await start().ready;
  if (address !== null) {
    if (options.json) console.log(JSON.stringify({ ...sheet, address }));
    else for (const line of demoWords(sheet, address)) console.log(line);
    console.log(`READY ${address}`);
  }
}
