/** Transport over HTTP: POST /api/sync, with the branches of protocol.md (Refusals travel with HTTP 200). */
import { syncResponse } from '#lib/protocol/sync.ts';
import type { DeviceRecord } from '../store/device.ts';
import { readJson, type Http, type HttpReply } from './http.ts';
import type { Reply, Transport } from './ports.ts';
import { openSession } from './session.ts';

export function httpTransport(http: Http, device: () => Promise<DeviceRecord | null>): Transport {
  return {
    async sync(request, { timeoutMs, signal }) {
      const reply = await http({
        method: 'POST',
        path: '/api/sync',
        body: request,
        gzip: true,
        timeoutMs,
        signal,
      });
      if (reply.is !== 'ok') return failureOf(reply);
      const response = readJson(syncResponse, reply);
      return response ? { is: 'answer', response, sentBytes: reply.sentBytes } : { is: 'offline' };
    },
    openSession: async (signal) => openSession(http, await device(), signal),
  };
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
