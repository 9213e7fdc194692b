/**
 * Errors of transport: HTTP status, a closed code, and a Chinese sentence with a way out. They say nothing about a
 * command: a refused command is an outcome with HTTP 200. Anything that is not this JSON is somebody else's page
 * (a captive portal) and means "offline".
 */
import * as v from 'valibot';
import { count } from './primitives.ts';

/** HTTP status of each; the sentences are in error-texts.ts. */
export const ERRORS = {
  malformed: 400,
  badCode: 400,
  noSession: 401,
  badProof: 403,
  unknownDevice: 403,
  staffDisabled: 403,
  foreignOrigin: 403,
  notFound: 404,
  tooLarge: 413,
  notJson: 415,
  oldProtocol: 426,
  tooMany: 429,
  fault: 500,
  notReady: 503,
} as const;
export type ErrorCode = keyof typeof ERRORS;

export const errorResponse = v.strictObject({
  error: v.picklist(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  text: v.string(),
  /** Also as the Retry-After header. */
  retryAfterSeconds: v.exactOptional(count),
});
