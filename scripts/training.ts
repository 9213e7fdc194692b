/**
 * npm run training -- --county 410526 [--passphrase-file F] [--data-dir DIR]   opens a county's training, or brings it up to it
 * npm run training -- --empty CODE [--data-dir DIR]                            empties a training centre with its station
 * Works beside a running office, on the PostgreSQL of DATABASE_URL or the SQLite of a data directory.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isLongEnough, SHORTEST_PASSPHRASE } from '#lib/server/auth/passphrase.ts';
import { officeClock } from '#lib/server/clock.ts';
import { databasePath } from '#lib/server/db/address.ts';
import type { Store } from '#lib/server/db/store.ts';
import { OfficeFiles } from '#lib/server/files/office-files.ts';
import { dataDirectory } from '#lib/server/office.ts';
import { emptyTraining } from '#lib/server/seed/training/empty-training.ts';
import { openTraining } from '#lib/server/seed/training/open-training.ts';
import { ask, canAsk } from './ask.ts';
import { openDatabase, refuse, refuseTwoDatabases } from './open-database.ts';
import { textTable } from './text-table.ts';

const USAGE = [
  '用法：npm run training -- --county 410526 [--passphrase-file 文件] [--data-dir 目录]   开练习站，或者让练习站跟上县里的乡镇和事项',
  '      npm run training -- --empty 12位练习站代码 [--data-dir 目录]                    清空一个练习站',
  '不在终端里运行时，开练习站要给口令文件，或者设 TRAINING_PASSPHRASE。',
];
const LEVEL_NAMES = { township: '乡镇', subdistrict: '街道', village: '村（社区）' } as const;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        county: { type: 'string' },
        empty: { type: 'string' },
        'passphrase-file': { type: 'string' },
        'data-dir': { type: 'string' },
      },
    });
    const { county, empty } = values;
    if ((county === undefined) === (empty === undefined)) return refuse(...USAGE);
    if (!/^\d{6}(?:\d{6})?$/.test(county ?? empty ?? '')) return refuse(...USAGE);
    return values;
  } catch {
    return refuse(...USAGE);
  }
}

/** Shown as it is typed: everybody who practises is told it. */
async function passphraseOf(file: string | undefined): Promise<string> {
  const given = file === undefined ? process.env.TRAINING_PASSPHRASE : readFileSync(file, 'utf8').trimEnd();
  if (given === undefined && !canAsk()) return refuse(...USAGE);
  const passphrase =
    given ?? (await ask(`练习用的口令（所有练习的人都用它，至少 ${SHORTEST_PASSPHRASE} 个字）：`));
  return isLongEnough(passphrase) ? passphrase : refuse(`口令太短，至少要 ${SHORTEST_PASSPHRASE} 个字。`);
}

async function open(store: Store, county: string, file: string | undefined): Promise<void> {
  const passphrase = await passphraseOf(file);
  const now = officeClock().now();
  const outcome = await openTraining(store, { county: county.padEnd(12, '0'), passphrase, now });
  if (outcome.is === 'unknownCounty') return refuse('这个库里没有启用这个县，请先运行 npm run setup。');
  const did = { opened: '已开', updated: '已更新', unchanged: '没有变化' }[outcome.is];
  console.log(`练习站${did}，共 ${outcome.stations.length} 个。口令只对新加的练习人员有效。`);
  for (const line of textTable(
    ['练习站代码', '练习站'],
    outcome.stations.map(({ code, name }) => [code, name]),
  ))
    console.log(line);
  console.log(`开登记码：npm run enrol -- --site 练习站代码，或在 /county 用登录名 ${outcome.login} 登录。`);
  console.log('清空：npm run training -- --empty 练习站代码');
  for (const level of outcome.levelsWithoutItems)
    console.log(`${LEVEL_NAMES[level]}还没有发布事项，发布以后再运行一次。`);
}

async function empty(store: Store, dataDir: string, code: string): Promise<void> {
  const files = new OfficeFiles(join(dataDir, 'files'));
  const done = await emptyTraining(store, files, { code, by: 'office', now: officeClock().now() });
  if (done.is === 'unknown') return refuse(`没有代码是 ${code} 的练习站。`);
  if (done.is === 'real') return refuse(`${code} 不是练习站，里面是真的办件，没有改动。`);
  console.log(`${done.name}已清空：删去 ${done.applications} 件练习件。各台电脑下次联网时自己更新。`);
}

const options = readOptions();
refuseTwoDatabases(options['data-dir']);
const dataDir = options['data-dir'] ?? dataDirectory();
if (!process.env.DATABASE_URL && !existsSync(databasePath(dataDir)))
  refuse(`${databasePath(dataDir)} 还没有建。`, '演示数据在 data/demo，请加 --data-dir data/demo。');
const { store, words } = await openDatabase(dataDir);
console.log(`数据库：${words}。`);
try {
  if (options.empty !== undefined) await empty(store, dataDir, options.empty);
  else await open(store, options.county ?? '', options['passphrase-file']);
} finally {
  await store.destroy();
}
