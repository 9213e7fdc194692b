/**
 * POST /api/lookup: one application by its receipt or its id, for a device that does not hold it any more. In the body, not
 * in the address: a token opens a case to whoever reads it in a log. Outside the device's scope the answer is the same as
 * for what does not exist.
 */
import { isWithin } from '#lib/domain/site.ts';
import { bareReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { Application } from '#lib/domain/state.ts';
import { lookupRequest, type LookupRequest, type LookupResponse } from '#lib/protocol/ledger.ts';
import { findSession } from '../auth/sessions.ts';
import { answering, type Call } from '../call.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { readAs } from '../http/read-json.ts';
import type { Office } from '../office.ts';

export const handleLookup = answering('lookup', async ({ office, request }: Call) => {
  const session = await findSession(office, request);
  if (session === null) return errorAnswer('noSession');
  if (session.access === 'pushOnly') return errorAnswer('unknownDevice');
  const read = await readAs(request, lookupRequest);
  if (!read.ok) return errorAnswer(read.error);
  const rows = await rowsOf(office, read.value);
  // a number may have been given twice; the first that came has it as it is
  const row = rows.find(({ path }) => isWithin(session.site.path, path));
  if (rows.length > 0 && !row) {
    office.log.warn(
      { what: 'outOfScope', device: session.device.id, application: rows[0]!.id },
      'a device asked for a foreign application',
    );
  }
  const found = row
    ? {
        applicationId: row.id,
        rev: row.rev,
        seq: row.seq,
        state: JSON.parse(row.state_json) as Application,
      }
    : null;
  return jsonAnswer({ found } satisfies LookupResponse, request);
});

function rowsOf(office: Office, asked: LookupRequest) {
  return office.store.read((trx) => {
    const query = trx
      .selectFrom('application')
      .select(['id', 'rev', 'seq', 'path', 'state_json'])
      .orderBy('id');
    if ('token' in asked) return query.where('query_token', '=', asked.token).execute();
    if ('application' in asked) return query.where('id', '=', asked.application).execute();
    return query.where('receipt_number', '=', bareReceiptNumber(asked.receiptNumber)).execute();
  });
}
