/** GET /readyz: whether requests can be answered, which is when the database answers. It was migrated when opened. */
import { RETRY_SECONDS, type Call } from './call.ts';
import { errorAnswer } from './http/answers.ts';
import { errorFacts } from './log.ts';

export async function handleReady({ office }: Call): Promise<Response> {
  try {
    await office.store.read((trx) => trx.selectFrom('lineage').select('id').executeTakeFirstOrThrow());
    return new Response('ready', { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    office.log.error({ what: 'notReady', ...errorFacts(error) }, 'the database does not answer');
    return errorAnswer('notReady', RETRY_SECONDS);
  }
}
