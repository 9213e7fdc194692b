/** Numbers that both sides of the wire keep to. docs/protocol.md prints them from here. */

export const PROTOCOL = 1;

export const LIMITS = {
  /** Commands in one request. */
  commands: 500,
  /** Bytes of a request body as sent (gzip). */
  compressed: 256 * 1024,
  /** Bytes of a request body inflated, checked while inflating. */
  inflated: 4 * 1024 * 1024,
  /** Bytes of JSON a device starts with, packed about 64 KB; halved on a time-out or 413, doubled on success up to twice that. */
  firstBatch: 512 * 1024,
  /** Bytes of JSON in one page of snapshots or events. */
  page: 64 * 1024,
  /** Bytes of any other JSON body. */
  json: 16 * 1024,
  /** Seconds that a challenge is good for. */
  challenge: 120,
  /** Minutes that an enrolment code is good for. */
  enrolCode: 15,
  /** Hours of a device session. */
  session: 12,
} as const;
