/**
 * npm run demo [-- --no-start] [--json]
 * The demo city in a folder of its own (./data/demo, or DATA_DIR), or in the PostgreSQL of DATABASE_URL: seeded when new,
 * then the office is started on PORT and HOST. Prints the accounts, fresh enrolment codes and last, once, READY and the address. --no-start only seeds; --json
 * prints accounts and codes as one JSON line instead of the table.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { makeEnrolCode } from '#lib/server/auth/enrol.ts';
import { officeClock } from '#lib/server/clock.ts';
import { demoAccounts } from '#lib/server/seed/demo-accounts.ts';
import { DEMO_PASSPHRASE, seedCity } from '#lib/server/seed/seed-city.ts';
import { demoWords, DEMO_SITES, type DemoSheet } from './demo-words.ts';
import { openDatabase } from './open-database.ts';

const { values: options } = parseArgs({
  options: { 'no-start': { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const dataDir = process.env.DATA_DIR || './data/demo';

/** Seeds when new; what there is to know of the city, with codes that were made just now. */
async function prepare(): Promise<DemoSheet | null> {
  const { store, words: database, onServer } = await openDatabase(dataDir);
  try {
    const now = officeClock().now();
    if (!options.json) console.log(`数据库：${database}。正在准备演示城市…`);
    const outcome = await seedCity(store, { now });
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
    const accounts = await store.read(demoAccounts);
    const codes = [];
    for (const code of DEMO_SITES) {
      const account = accounts.find((one) => one.site.code === code);
      if (!account) throw new Error(`nobody works at ${code}`);
      const { site } = account;
      codes.push({ site, ...(await makeEnrolCode(store, { site: site.id, by: 'office', now })) });
    }
    return { dataDir, database, onServer, passphrase: DEMO_PASSPHRASE, accounts, codes };
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

const sheet = await prepare();
if (sheet === null) process.exitCode = 1;
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
