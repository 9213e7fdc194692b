/**
 * A question to the office beside the feed, asked by a page: opens the device's session when it is over and asks once more.
 * Nothing of the answer is kept. Outcomes are values; the page has the words.
 */
import type * as v from 'valibot';
import type { DeviceRecord } from '../store/device.ts';
import { readJson, type Http, type HttpRequest } from './http.ts';
import { openSession } from './session.ts';

/** `busy`: later. `refused`: not to this device, or not to this person. */
export type Answered<T> = { ok: true; value: T } | { ok: false; why: 'offline' | 'busy' | 'refused' };

const SILENCE_MS = 20_000;

export async function askOffice<S extends v.GenericSchema>(
  { http, device }: { http: Http; device: () => Promise<DeviceRecord | null> },
  question: Pick<HttpRequest, 'method' | 'path' | 'body' | 'signal'>,
  schema: S,
): Promise<Answered<v.InferOutput<S>>> {
  const ask = () => http({ ...question, fresh: true, timeoutMs: SILENCE_MS });
  let reply = await ask();
  if (reply.is === 'error' && reply.status === 401) {
    const session = await openSession(http, await device(), question.signal);
    if (session.is === 'open') reply = await ask();
  }
  if (reply.is === 'ok') {
    const value = readJson(schema, reply);
    return value === null ? { ok: false, why: 'offline' } : { ok: true, value };
  }
  if (reply.is !== 'error') return { ok: false, why: 'offline' };
  return { ok: false, why: reply.status === 429 || reply.status >= 500 ? 'busy' : 'refused' };
}
