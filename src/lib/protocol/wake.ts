/**
 * The held stream, GET /api/wake: server-sent events that say only that it is worth asking. It carries nothing, so nothing
 * rests on it: what it would have said is found by the next poll.
 */

/** Of the answer; anything else is somebody else's page. */
export const WAKE_TYPE = 'text/event-stream';
/** Something may be new for this device. */
export const WAKE_EVENT = 'data:\n\n';
/** Nothing: the line lives. The first one comes at once, so that a device sees that nobody on the way holds it back. */
export const WAKE_COMMENT = ':\n\n';
/** Seconds between two comments: below the 60 s after which many a proxy cuts a silent line. */
export const WAKE_SECONDS = 50;

/** Whether what came holds an event: comments have no letters. */
export const isWake = (bytes: Uint8Array): boolean => bytes.includes(100);
