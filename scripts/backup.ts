/**
 * npm run backup -- --to FILE [--data-dir DIR]
 * A copy of the SQLite database as it is at one moment, while the office runs; a file that is there is not overwritten.
 * For a PostgreSQL it says the command: its own tools know how (docs/operations.md).
 */
import { existsSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { databasePath, whereIs } from '#lib/server/db/address.ts';
import { dataDirectory } from '#lib/server/office.ts';
import { orExplain, refuse, refuseTwoDatabases } from './open-database.ts';

function readOptions(): { to: string; dataDir: string } {
  try {
    const { values } = parseArgs({ options: { to: { type: 'string' }, 'data-dir': { type: 'string' } } });
    refuseTwoDatabases(values['data-dir']);
    if (values.to) return { to: values.to, dataDir: values['data-dir'] ?? dataDirectory() };
  } catch {
    // an option that is none: the same help
  }
  return refuse('用法：npm run backup -- --to 备份文件 [--data-dir 数据目录]');
}

const { to, dataDir } = readOptions();
const { DATABASE_URL: databaseUrl } = process.env;
if (databaseUrl) {
  const { host, user, database } = await orExplain(() => whereIs(databaseUrl));
  refuse(
    '数据库是 PostgreSQL，请用它自己的工具备份：',
    `  pg_dump --format=custom --host ${host.replace(/:(\d+)$/, ' --port $1')} --username ${user} --file ${to} ${database}`,
  );
}
const path = databasePath(dataDir);
if (!existsSync(path)) refuse(`${path} 还没有建，没有可备份的。`);
if (existsSync(to)) refuse(`${to} 已经有了，没有覆盖它。请换一个文件名。`);

const db = new DatabaseSync(path, { readOnly: true });
try {
  await backup(db, to);
} catch {
  rmSync(to, { force: true });
  refuse(`没有备份成：写不了 ${to}。请看目录在不在、磁盘满没满。`);
} finally {
  db.close();
}
const copy = new DatabaseSync(to, { readOnly: true });
const sound = copy.prepare('pragma integrity_check').get() as { integrity_check: string };
copy.close();
if (sound.integrity_check !== 'ok') refuse(`${to} 没有通过完整性检查，不能当备份用。请检查磁盘后重新备份。`);
console.log(`已备份到 ${to}，通过了完整性检查。照片在 ${dataDir}/files，请接着复制（先数据库，后照片）。`);
