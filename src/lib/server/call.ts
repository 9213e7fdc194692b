/** One request to the office's doors, as plain data: routes, tests and simulations call the same functions. */
import type { Office } from './office.ts';
import { isUnavailable } from './db/engine-faults.ts';
import { errorAnswer } from './http/answers.ts';
import { errorFacts } from './log.ts';

export interface Call {
  office: Office;
  request: Request;
  /** Address of the caller, for limits on guessing. */
  ip: string;
}

/** When to come again while the database is away: it is back within seconds, or not soon. */
export const RETRY_SECONDS = 5;

/** A door that never leaks an exception: it is logged without contents, and the caller is told to come again. */
export const answering =
  <C extends Call>(door: string, handle: (call: C) => Promise<Response>) =>
  async (call: C): Promise<Response> => {
    try {
      return await handle(call);
    } catch (error) {
      if (isUnavailable(error)) {
        call.office.log.warn({ what: 'unavailable', door, ...errorFacts(error) }, 'the database is away');
        return errorAnswer('notReady', RETRY_SECONDS);
      }
      call.office.log.error({ what: 'fault', door, ...errorFacts(error) }, 'a request failed');
      return errorAnswer('fault');
    }
  };
