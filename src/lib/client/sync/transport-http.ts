/**
 * Transport over HTTP: POST /api/sync, with the branches of protocol.md (Refusals travel with HTTP 200). Commands go packed
 * (protocol/pack.ts); an office that cannot read the pack is given the same request as JSON at once.
 */
import { numberOfTight } from '#lib/catalogue/tight-patch.ts';
import type { Item } from '#lib/domain/item.ts';
import { briefResponse, full } from '#lib/protocol/brief.ts';
import { pack, PACK_TYPE } from '#lib/protocol/pack.ts';
import {
  isPoll,
  NEWS_TYPE,
  nextOf,
  POLL_HEADER,
  pollOf,
  quietAnswer,
  standingAfter,
  type Standing,
} from '#lib/protocol/poll.ts';
import { syncResponse, type SyncRequest, type SyncResponse } from '#lib/protocol/sync.ts';
import type { DeviceRecord } from '../store/device.ts';
import { jsonOf, readJson, type Http, type HttpReply, type HttpRequest } from './http.ts';
import type { Reply, Transport } from './ports.ts';
import { openSession } from './session.ts';

/** The versions of items with these hashes, as far as they are here; null where everything is to go as JSON. */
export type ItemsByHash = (hashes: readonly string[]) => Promise<ReadonlyMap<string, Item>>;

/** After an office could not read a pack, so many requests with commands go as JSON before the next is tried. */
const JSON_REQUESTS = 20;

export function httpTransport(
  http: Http,
  device: () => Promise<DeviceRecord | null>,
  items: ItemsByHash | null,
): Transport {
  let asJson = 0;
  let standing: Standing | null = null;

  /** null where the question has to be put in full. */
  async function poll(
    request: SyncRequest,
    options: Pick<HttpRequest, 'timeoutMs' | 'signal'>,
  ): Promise<HttpReply | Extract<Reply, { is: 'answer' }> | null> {
    if (standing === null || !isPoll(request, standing)) return null;
    const reply = await http({ method: 'GET', path: `/api/sync?${pollOf(standing)}`, ...options });
    // an office that does not know the poll any more is asked in full
    if (reply.is === 'error' && reply.error === 'malformed') return null;
    if (reply.is !== 'ok') return reply;
    const now = Date.parse(reply.headers.get('date') ?? '');
    if (Number.isNaN(now)) return reply;
    const response = quietAnswer(standing, new Date(now).toISOString());
    if (reply.headers.get('content-type') === NEWS_TYPE) {
      const number = numberOfTight(reply.bytes);
      if (number === null) return reply;
      const release = nextOf(standing.release, number);
      return { is: 'answer', response: { ...response, release }, sentBytes: 0, patch: reply.bytes };
    }
    const isQuiet = reply.headers.has(POLL_HEADER) && reply.bytes.length === 0;
    return isQuiet ? { is: 'answer', response, sentBytes: 0 } : reply;
  }

  async function packed(request: SyncRequest): Promise<Pick<HttpRequest, 'packed'> | null> {
    if (items === null || request.commands.length === 0 || asJson-- > 0) return null;
    try {
      const hashes = new Set(request.commands.flatMap(({ item }) => (item ? [item.hash] : [])));
      return { packed: { bytes: await pack(request, await items([...hashes])), type: PACK_TYPE } };
    } catch {
      // whatever cannot be packed can be written down
      return null;
    }
  }

  const heard = (
    request: SyncRequest,
    response: SyncResponse,
    { headers, sentBytes }: Extract<HttpReply, { is: 'ok' }>,
  ): Reply => {
    standing = headers.has(POLL_HEADER) ? standingAfter(response, request.choice) : null;
    return { is: 'answer', response, sentBytes };
  };

  return {
    async sync(request, { timeoutMs, signal }) {
      const polled = await poll(request, { timeoutMs, signal });
      if (polled?.is === 'answer') return polled;
      const post = (what: Pick<HttpRequest, 'body' | 'gzip' | 'packed'>): Promise<HttpReply> =>
        http({ method: 'POST', path: '/api/sync', ...what, timeoutMs, signal });
      const json = { body: request, gzip: true };
      const small = await packed(request);
      let reply = polled ?? (await post(small ?? json));
      if (small && reply.is === 'ok') {
        const response = readBrief(reply, request);
        if (response) return heard(request, response, reply);
        if (jsonOf(reply.bytes, reply.headers) === undefined) return { is: 'offline' };
        // what does not fit what was sent is asked for in full
        reply = await post(json);
      } else if (
        small &&
        reply.is === 'error' &&
        (reply.error === 'malformed' || reply.error === 'notJson')
      ) {
        asJson = JSON_REQUESTS;
        reply = await post(json);
      }
      standing = null;
      if (reply.is !== 'ok') return failureOf(reply);
      const response = readJson(syncResponse, reply);
      return response ? heard(request, response, reply) : { is: 'offline' };
    },
    openSession: async (signal) => openSession(http, await device(), signal),
  };
}

/** null where it is no answer to this request. */
function readBrief(reply: Extract<HttpReply, { is: 'ok' }>, { commands }: SyncRequest): SyncResponse | null {
  const said = readJson(briefResponse, reply);
  return said && full(said, commands);
}

function failureOf(reply: Exclude<HttpReply, { is: 'ok' }>): Reply {
  if (reply.is !== 'error') return reply;
  const { status, error, afterMs } = reply;
  if (status === 413) return { is: 'tooLarge' };
  if (status === 429 || status >= 500 || error === null) return { is: 'busy', afterMs };
  if (status === 401) return { is: 'noSession' };
  if (status === 426) return { is: 'oldProgram' };
  return { is: 'rejected', status, error };
}
