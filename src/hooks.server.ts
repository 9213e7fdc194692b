/** The office's front door: opens it with the process and closes it with the process; who may knock; what leaves. */
import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { building } from '$app/environment';
import { RETRY_SECONDS } from '#lib/server/call.ts';
import { isUnavailable } from '#lib/server/db/engine-faults.ts';
import { isPublicGuide, plainPage, publicAnswer } from '#lib/server/guide/public-answer.ts';
import { errorAnswer } from '#lib/server/http/answers.ts';
import { isForeign, withSecurityHeaders } from '#lib/server/http/headers.ts';
import { errorFacts } from '#lib/server/log.ts';
import { startOffice, theOffice } from '#lib/server/office.ts';
import { startSweeper } from '#lib/server/sync/sweeper.ts';
import { startSyncThreads } from '#lib/server/threads/start-threads.ts';
import { startWatch } from '#lib/server/wake/start-watch.ts';

export const init: ServerInit = async () => {
  // prerendering must not open the database
  if (building) return;
  const office = await startOffice();
  const stopThreads = startSyncThreads(office);
  const stopSweeper = startSweeper(office);
  const stopWatch = startWatch(office);
  // held streams would keep the server from closing
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, stopWatch);
  process.once('sveltekit:shutdown' as 'exit', () => {
    void Promise.all([stopThreads(), stopSweeper()]).then(() => office.store.destroy());
  });
};

/** Requests for pages that met no database: Kit calls it a fault of ours, and it is one to come again for. */
const unavailable = new WeakSet<Request>();

export const handle: Handle = async ({ event, resolve }) => {
  const answer = isForeign(event.request, event.url)
    ? errorAnswer('foreignOrigin')
    : isPublicGuide(event.url)
      ? await answerGuide({ event, resolve })
      : await resolve(event);
  return withSecurityHeaders(unavailable.has(event.request) ? comeAgain(answer) : answer, event.url);
};

const answerGuide: Handle = async ({ event, resolve }) =>
  publicAnswer(
    event.request,
    await resolve(event, { transformPageChunk: ({ html }) => plainPage(html, event.url) }),
  );

function comeAgain({ body, headers }: Response): Response {
  const kept = new Headers(headers);
  kept.set('retry-after', String(RETRY_SECONDS));
  return new Response(body, { status: 503, headers: kept });
}

/** People get a number that the log has too, and nothing of the exception. */
export const handleError: HandleServerError = ({ error, event, status }) => {
  if (status === 404) return { message: '没有这一页' };
  if (isUnavailable(error)) {
    unavailable.add(event.request);
    theOffice().log.warn(
      { what: 'unavailable', route: event.route.id, ...errorFacts(error) },
      'the database is away',
    );
    return { message: '数据库暂时连不上，办件都在。请过一会儿再试' };
  }
  const id = randomUUID().slice(0, 8);
  if (!building) {
    theOffice().log.error(
      { what: 'fault', id, route: event.route.id, status, ...errorFacts(error) },
      'a page failed',
    );
  }
  return { message: `出了问题，请稍后再试；找人帮忙时请报编号 ${id}` };
};
