/** One request to the office's doors, as plain data: routes, tests and simulations call the same functions. */
import type { Office } from './office.ts';
import { errorAnswer } from './http/answers.ts';
import { errorFacts } from './log.ts';

export interface Call {
  office: Office;
  request: Request;
  /** Address of the caller, for limits on guessing. */
  ip: string;
}

/** A door that never leaks an exception: it is logged without contents, and the caller is told to come again. */
export const answering =
  <C extends Call>(door: string, handle: (call: C) => Promise<Response>) =>
  async (call: C): Promise<Response> => {
    try {
      return await handle(call);
    } catch (error) {
      call.office.log.error({ what: 'fault', door, ...errorFacts(error) }, 'a request failed');
      return errorAnswer('fault');
    }
  };
