/** GET /api/wake: a stream that is held open (protocol/wake.ts), for a device that may be told something. */
import { WAKE_TYPE } from '#lib/protocol/wake.ts';
import { findSession } from '../auth/sessions.ts';
import { tokenHash, tokenOf } from '../auth/tokens.ts';
import { answering, type Call } from '../call.ts';
import { errorAnswer } from '../http/answers.ts';

/** Where all places are taken: the device polls on, and asks again. */
const COME_AGAIN_SECONDS = 600;

export const handleWake = answering('wake', async ({ office, request }: Call) => {
  const session = await findSession(office, request);
  const token = tokenOf(request, 'device');
  if (session === null || token === null) return errorAnswer('noSession');
  // a revoked device is told nothing
  if (session.access === 'pushOnly') return errorAnswer('unknownDevice');
  const { device, site } = session;
  if (!office.wakeStreams.hasRoomFor(device.id)) return errorAnswer('notReady', COME_AGAIN_SECONDS);
  const listener = { device: device.id, site, token: tokenHash(token) };
  const stream = office.wakeStreams.open(listener);
  try {
    await office.store.read((trx) => office.watch.begin(trx, listener));
  } catch (error) {
    office.wakeStreams.end((one) => one.device === device.id);
    throw error;
  }
  return new Response(stream, {
    // the last is for nginx, which would else hold back what comes
    headers: { 'content-type': WAKE_TYPE, 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
});
