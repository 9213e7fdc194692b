/**
 * POST /api/sync: commands up, outcomes and events down, in one round trip. Refusals of commands travel with HTTP 200;
 * HTTP errors are about transport alone.
 */
import { itemLevelOf } from '#lib/domain/site.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import { PROTOCOL } from '#lib/protocol/limits.ts';
import { brief } from '#lib/protocol/brief.ts';
import { PACK_TYPE } from '#lib/protocol/pack.ts';
import { isQuiet, newsIn, POLL_HEADER, readPoll, requestOfPoll, type Poll } from '#lib/protocol/poll.ts';
import type { SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import { findSession, type DeviceSession } from '../auth/sessions.ts';
import { answering, type Call } from '../call.ts';
import { brotliAnswer, errorAnswer, jsonAnswer, newsAnswer, textAnswer } from '../http/answers.ts';
import {
  addressNumber,
  releaseAddress,
  releaseForSite,
  type ReleasePlace,
} from '../catalogue/current-release.ts';
import { prepared } from '../db/prepared.ts';
import { isOfType } from '../http/read-json.ts';
import type { Office } from '../office.ts';
import { answerText } from './answer-text.ts';
import { checkRequest } from './check-request.ts';
import { reachOf } from './contact.ts';
import { newChoice } from './site-choice.ts';
import { stationOf } from './station.ts';
import { pull } from './feed-down.ts';
import { readRequest } from './read-request.ts';
import { takeUp } from './take-up.ts';

const standingOf = prepared((trx, device: string) =>
  trx
    .selectFrom(['device', 'lineage'])
    .select(['lineage.id as lineage', 'device.chain_n as chain', 'device.status'])
    .where('device.id', '=', device),
);

function notThere(): never {
  throw new Error('the device of a session, or the lineage, is not there');
}

const lineageNow = prepared((trx) => trx.selectFrom('lineage').select('id'));

const addressOf = (place: ReleasePlace | null): string => (place === null ? '' : releaseAddress(place));

const HEADERS = { [POLL_HEADER]: '1' };

/** Brotli at its best costs milliseconds: it is for the one answer that carries a release. */
const spoken = (said: SyncResponse, request: Request): Promise<Response> =>
  said.patch ? brotliAnswer(said, request, HEADERS) : textAnswer(answerText(said), request, HEADERS);

async function sync(
  office: Office,
  session: DeviceSession,
  request: SyncRequest,
  packed = false,
): Promise<SyncResponse> {
  // what the answer to a pack will not repeat takes no place in its page
  const known = new Set(packed ? request.commands.map(({ id }) => id) : []);
  const { site, device } = session;
  const brought = { device, site, request };
  const outcomes = await (office.takeUp?.(brought) ?? takeUp(office, brought));
  const now = office.clock.now();
  return office.store.read(async (trx) => {
    const [{ lineage, chain, status } = notThere()] = await standingOf(trx, device.id);
    const answer = { lineage, now, outcomes, chain };
    if (session.access === 'pushOnly' || status === 'revoked') return { ...answer, release: '', feed: null };

    const has = addressNumber(request.release, site.county, itemLevelOf(site.level));
    const place = await releaseForSite(trx, site, has);
    const patch = place && request.patch ? await office.tightWays.read(trx, place, request.release) : null;
    const moved = device.scope !== null && device.scope !== reachOf(site);
    const choice = await newChoice(trx, site.id, request.choice);
    return {
      ...answer,
      release: addressOf(place),
      ...(patch ? { patch } : {}),
      ...(choice ? { choice } : {}),
      feed: await pull(
        trx,
        { site, lineage, moved, now, known, station: () => stationOf(trx, site.id, device.number) },
        request,
      ),
    };
  });
}

export const handleSync = answering('sync', async ({ office, request }: Call) => {
  const session = await findSession(office, request);
  if (session === null) return errorAnswer('noSession');
  const packed = isOfType(request, PACK_TYPE);
  const read = await readRequest(office, request);
  if (!read.ok) return errorAnswer(read.error);
  const checked = checkRequest(read.value);
  if (!checked.ok) return errorAnswer(checked.error);
  const answer = await office.turns.take(session.device.id, () =>
    sync(office, session, checked.value, packed),
  );
  if (!packed) return spoken(answer, request);
  return (answer.patch ? brotliAnswer : jsonAnswer)(brief(answer, checked.value.commands), request, HEADERS);
});

/** The idle poll (protocol/poll.ts): the same question in an address, and no body where there is nothing to say. */
export const handlePoll = answering('poll', async ({ office, request }: Call) => {
  const session = await findSession(office, request);
  if (session === null) return errorAnswer('noSession');
  const poll = readPoll(new URL(request.url).search.slice(1));
  if (poll === null) return errorAnswer('malformed');
  if (poll.protocol !== PROTOCOL) return errorAnswer('oldProtocol');
  const [{ id: lineage } = notThere()] = await office.store.readOne((trx) => lineageNow(trx));
  const { county, level: siteLevel } = session.site;
  const level = itemLevelOf(siteLevel);
  const asked = requestOfPoll(poll, lineage, level === null ? '' : `${county}/${level}`);
  const answer = await office.turns.take(session.device.id, () => sync(office, session, asked));
  // with the office's clock: the server's own header is the machine's
  const date = new Date(answer.now).toUTCString();
  if (isQuiet(answer, poll))
    return new Response(null, { status: 204, headers: { [POLL_HEADER]: '1', date } });
  const news = level && (await newsOf(office, answer, poll, { county, level }));
  return news ? newsAnswer(news, { date }) : spoken(answer, request);
});

/** The patch in bytes, where that is all there is to say; null where it is not. */
async function newsOf(
  office: Office,
  answer: SyncResponse,
  poll: Poll,
  { county, level }: Omit<ReleasePlace, 'number'>,
): Promise<Bytes | null> {
  const patch = newsIn(answer, poll);
  const number = addressNumber(answer.release, county, level);
  if (!patch || number === null) return null;
  return office.tightWays.find(office.store, { county, level, number }, Number(poll.release), patch);
}
