/** A device's session: it signs the office's challenge with its own key; nobody has to sign in for that (I2, 401). */
import { challengeMessage } from '#lib/protocol/chain.ts';
import { challengeResponse, sessionResponse } from '#lib/protocol/auth.ts';
import type { DeviceRecord } from '../store/device.ts';
import { signBytes } from '../vault/keys.ts';
import { readJson, type Http, type HttpReply } from './http.ts';
import type { SessionReply } from './ports.ts';

const TIMEOUT_MS = 20_000;

export async function openSession(
  http: Http,
  device: DeviceRecord | null,
  signal?: AbortSignal,
): Promise<SessionReply> {
  if (!device) return { is: 'notEnrolled' };
  const post = (path: string, body: unknown): Promise<HttpReply> =>
    http({ method: 'POST', path, body, timeoutMs: TIMEOUT_MS, ...(signal ? { signal } : {}) });

  const asked = await post('/api/auth/challenge', { device: device.device });
  if (asked.is !== 'ok') return failureOf(asked);
  const challenge = readJson(challengeResponse, asked)?.challenge;
  if (challenge === undefined) return { is: 'offline' };

  const signature = await signBytes(device.keys, challengeMessage(device.device, challenge));
  const opened = await post('/api/auth/session', { device: device.device, challenge, signature });
  if (opened.is !== 'ok') return failureOf(opened);
  const session = readJson(sessionResponse, opened);
  return session ? { is: 'open', access: session.access } : { is: 'offline' };
}

function failureOf(reply: Exclude<HttpReply, { is: 'ok' }>): SessionReply {
  if (reply.is !== 'error') return reply;
  if (reply.status === 426) return { is: 'oldProgram' };
  if (reply.status === 429 || reply.status >= 500 || reply.error === null) {
    return { is: 'busy', afterMs: reply.afterMs };
  }
  return { is: 'refused', error: reply.error };
}
