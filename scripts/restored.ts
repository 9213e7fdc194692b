/**
 * npm run restored -- [--data-dir DIR]
 * After a backup was put back: gives the office a new lineage, so that every device sends again what it still keeps and
 * is sent everything anew. Without it a device may take the restored office for the one it knew (docs/operations.md).
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { audit } from '#lib/server/audit.ts';
import { officeClock } from '#lib/server/clock.ts';
import { dataDirectory } from '#lib/server/office.ts';
import { openDatabase, refuse, refuseTwoDatabases } from './open-database.ts';

function readDataDir(): string {
  try {
    const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } } });
    refuseTwoDatabases(values['data-dir']);
    return values['data-dir'] ?? dataDirectory();
  } catch {
    return refuse('用法：npm run restored -- [--data-dir 数据目录]');
  }
}

const { store, words } = await openDatabase(readDataDir());
const id = randomUUID();
await store
  .write(async (trx) => {
    await trx.updateTable('lineage').set({ id }).execute();
    await audit(trx, officeClock().now(), [{ who: 'office', what: 'restored', detail: { lineage: id } }]);
  })
  .finally(() => store.destroy());
console.log(
  `数据库：${words}。已记下这是恢复的数据：各站点下次联系时会把还留着的办件重新送来，并重新取一遍数据。`,
);
