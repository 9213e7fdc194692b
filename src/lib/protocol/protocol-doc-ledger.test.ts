/** docs/protocol.md, what a device asks beside the feed (ledger, lookup, how long a version is taken): its examples, limits and reasons against the code. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { block, worked } from '../../../tests/support/protocol-doc.ts';
import { REVEAL_REASON_NAMES } from '#lib/domain/ledger.ts';
import { standingRequest, standingResponse } from './item-standing.ts';
import { LEDGER_PAGE, ledgerRequest, ledgerResponse, lookupRequest, lookupResponse } from './ledger.ts';

const SCHEMAS = {
  ledgerRequest,
  ledgerResponse,
  lookupRequest,
  lookupResponse,
  standingRequest,
  standingResponse,
};

it.each(Object.entries(SCHEMAS))('the example of %s passes it', (name, schema) => {
  expect(v.safeParse(schema as v.GenericSchema, JSON.parse(block('ledger', name))).issues).toBe(undefined);
});

it('names every reason, and how many lines come at once', () => {
  for (const [code, words] of Object.entries(REVEAL_REASON_NAMES)) {
    expect(worked(new RegExp(`(\`${code}\` ${words})`))).not.toBe('');
  }
  expect(worked(/At most (\d+) lines come at once/)).toBe(String(LEDGER_PAGE));
});
