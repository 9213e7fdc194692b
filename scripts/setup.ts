/**
 * npm run setup -- [--county 410526] [--admin NAME] [--passphrase-file F] [--example-items] [--data-dir DIR]
 * The real first run: database (DATABASE_URL, else SQLite), county, keys, announced calendar, first administrator. What is not given is asked at a
 * terminal; without one it must be given, here or as SETUP_COUNTY, SETUP_ADMIN and SETUP_PASSPHRASE.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isLongEnough, SHORTEST_PASSPHRASE } from '#lib/server/auth/passphrase.ts';
import { officeClock } from '#lib/server/clock.ts';
import { dataDirectory } from '#lib/server/office.ts';
import { knownCounties, setUpCounty, type SetupOutcome } from '#lib/server/seed/set-up-county.ts';
import { ask, askSecret, canAsk } from './ask.ts';
import { openDatabase, refuse, refuseTwoDatabases } from './open-database.ts';

const USAGE = [
  '用法：npm run setup -- [--county 410526] [--admin 名字] [--passphrase-file 文件] [--example-items] [--data-dir 目录]',
  '不在终端里运行时，县、管理员名字和口令都要给：用选项，或者用 SETUP_COUNTY、SETUP_ADMIN、SETUP_PASSPHRASE。',
];

function readOptions() {
  try {
    return parseArgs({
      options: {
        county: { type: 'string' },
        admin: { type: 'string' },
        'passphrase-file': { type: 'string' },
        'example-items': { type: 'boolean', default: false },
        'data-dir': { type: 'string' },
      },
    }).values;
  } catch {
    return refuse(...USAGE);
  }
}

function readPassphraseFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return refuse(`读不到口令文件 ${path}。`);
  }
}

async function askCounty(): Promise<string> {
  console.log('可以启用的县（市、区）：');
  for (const { code, name } of knownCounties()) console.log(`  ${code.slice(0, 6)}  ${name}`);
  return ask('县代码：');
}

/** Asked twice, because it is not shown. */
async function askPassphrase(): Promise<string> {
  for (;;) {
    const first = await askSecret(`口令（至少 ${SHORTEST_PASSPHRASE} 个字，输入时不显示）：`);
    if (!isLongEnough(first)) console.log(`太短了，至少要 ${SHORTEST_PASSPHRASE} 个字。`);
    else if ((await askSecret('再输一遍：')) !== first) console.log('两遍不一样，请重新输。');
    else return first;
  }
}

const WHY: Record<Exclude<SetupOutcome['is'], 'done'>, string> = {
  unknownCounty: '没有这个县的站点数据。本版本带的是安阳市的 10 个县（市、区），代码见 npm run setup。',
  countyThere: '这个县已经启用过了，没有做任何改动。',
  loginTaken: '这个管理员名字已经有人用了，请换一个。',
  demo: '这里是演示数据，不能当正式数据用。请换一个：SQLite 用 --data-dir 目录，PostgreSQL 另建一个库。',
  shortPassphrase: `口令太短，至少要 ${SHORTEST_PASSPHRASE} 个字。`,
  noName: '管理员要有名字，最多 40 个字。',
};

const options = readOptions();
refuseTwoDatabases(options['data-dir']);
const { SETUP_COUNTY, SETUP_ADMIN, SETUP_PASSPHRASE } = process.env;
const given = {
  county: options.county ?? SETUP_COUNTY,
  admin: options.admin ?? SETUP_ADMIN,
  passphrase: options['passphrase-file'] ? readPassphraseFile(options['passphrase-file']) : SETUP_PASSPHRASE,
};
if (!canAsk() && Object.values(given).some((value) => value === undefined)) refuse(...USAGE);
// before anything is asked: an address that is wrong wastes nobody's typing
const { store, words, onServer } = await openDatabase(options['data-dir'] ?? dataDirectory());
const county = given.county ?? (await askCounty());
const admin = given.admin ?? (await ask('第一位县管理员的名字（也是登录名）：'));
const passphrase = given.passphrase ?? (await askPassphrase());

const outcome = await setUpCounty(store, {
  county,
  admin,
  passphrase,
  exampleItems: options['example-items'],
  now: officeClock().now(),
}).finally(() => store.destroy());
if (outcome.is !== 'done') refuse(WHY[outcome.is]);

console.log(`${outcome.name}已启用：${outcome.sites} 个中心和站点，数据在 ${words}。`);
console.log(
  [
    '接下来：',
    `  1. npm run build，再 ${options['data-dir'] ? `DATA_DIR=${options['data-dir']} ` : ''}npm start，启动办公端（${onServer ? 'DATABASE_URL 不变；' : ''}给站点用要配证书：TLS_CERT、TLS_KEY）`,
    `  2. 打开 /county，用“${admin.trim()}”和口令登录，给站点开登记码`,
    options['example-items']
      ? '  3. 已发布的是示例事项，不是县里公布的清单；正式收件前要换成县里的'
      : '  3. 还没有发布事项，站点登记后暂时不能收件；只想试用可以换个目录，加 --example-items',
    '工作日历到 2026 年底；国务院公布 2027 年安排以后要更新。县发布密钥在数据库里，和数据一起备份（docs/operations.md）。',
  ].join('\n'),
);
