/**
 * npm run enrol -- --site CODE [--data-dir DIR]
 * Prints a fresh one-time enrolment code (登记码) for the site of a 12-digit code. It works beside a running office, on the
 * PostgreSQL of DATABASE_URL or the SQLite of a data directory.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatTime } from '#lib/domain/day.ts';
import { makeEnrolCode } from '#lib/server/auth/enrol.ts';
import { officeClock } from '#lib/server/clock.ts';
import { databasePath } from '#lib/server/db/address.ts';
import { dataDirectory } from '#lib/server/office.ts';
import { findSite } from '#lib/server/seed/find-site.ts';
import { openDatabase, refuse, refuseTwoDatabases } from './open-database.ts';

function readOptions(): { site: string; dataDir: string } {
  try {
    const { values } = parseArgs({ options: { site: { type: 'string' }, 'data-dir': { type: 'string' } } });
    const site = values.site?.trim() ?? '';
    refuseTwoDatabases(values['data-dir']);
    if (/^\d{12}$/.test(site)) return { site, dataDir: values['data-dir'] ?? dataDirectory() };
  } catch {
    // an option that is none: the same help
  }
  return refuse(
    '用法：npm run enrol -- --site 12位站点代码 [--data-dir 数据目录]',
    '例如：npm run enrol -- --site 410526102213 --data-dir data/demo',
  );
}

const { site: code, dataDir } = readOptions();
if (!process.env.DATABASE_URL && !existsSync(databasePath(dataDir)))
  refuse(
    `${databasePath(dataDir)} 还没有建。`,
    '正式启用先运行 npm run setup；演示数据在 data/demo，请加 --data-dir data/demo；用 PostgreSQL 请设 DATABASE_URL。',
  );

const { store, words } = await openDatabase(dataDir);
try {
  console.log(`数据库：${words}。`);
  const found = await store.read((trx) => findSite(trx, code));
  if (!found.site) {
    console.error(`没有代码是 ${code} 的站点。`);
    if (found.near.length > 0) console.error('是不是这几个：');
    for (const near of found.near) console.error(`  ${near.code}  ${near.fullName}`);
    process.exitCode = 1;
  } else {
    const made = await makeEnrolCode(store, { site: found.site.id, by: 'office', now: officeClock().now() });
    console.log(`${found.site.fullName}（${code}）的登记码：${made.code}`);
    console.log(`${formatTime(made.expiresAt)} 以前有效，只能用一次。在站里的电脑上打开近办，输入登记码。`);
  }
} finally {
  await store.destroy();
}
