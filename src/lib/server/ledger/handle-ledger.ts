/**
 * GET and POST /api/ledger: the ledger (台账) of a month of a device's site and what lies below it. GET is masked. POST gives
 * names and numbers in full to somebody who works there, for a reason from a closed list, and writes that down first:
 * nothing leaves unmasked without its audit line.
 */
import * as v from 'valibot';
import { actsIn, LEDGER_ACTS, type LedgerAct } from '#lib/domain/ledger.ts';
import { isWithin } from '#lib/domain/site.ts';
import { LEDGER_PAGE, ledgerQuery, ledgerRequest, type LedgerResponse } from '#lib/protocol/ledger.ts';
import { audit } from '../audit.ts';
import { findSession, type DeviceSession } from '../auth/sessions.ts';
import { answering, type Call } from '../call.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { readAs } from '../http/read-json.ts';
import type { Office } from '../office.ts';
import { monthLines } from './month-lines.ts';

export const handleLedger = answering('ledger', async ({ office, request }: Call) => {
  const session = await findSession(office, request);
  if (session === null) return errorAnswer('noSession');
  if (session.access === 'pushOnly') return errorAnswer('unknownDevice');
  const asked = v.safeParse(ledgerQuery, Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return errorAnswer('malformed');
  return jsonAnswer(await inTurn(office, session, { ...asked.output, masked: true }), request);
});

export const handleFullLedger = answering('ledger', async ({ office, request }: Call) => {
  const session = await findSession(office, request);
  if (session === null) return errorAnswer('noSession');
  if (session.access === 'pushOnly') return errorAnswer('unknownDevice');
  const read = await readAs(request, ledgerRequest);
  if (!read.ok) return errorAnswer(read.error);
  const { staff, reason, ...asked } = read.value;
  if (!(await worksThere(office, session, staff))) return errorAnswer('staffDisabled');
  const detail = { device: session.device.id, site: session.site.id, month: asked.month, reason };
  // one line a showing, not one a page
  if (asked.after === undefined) {
    const now = office.clock.now();
    await office.store.write((trx) => audit(trx, now, [{ who: staff, what: 'ledgerRevealed', detail }]));
  }
  return jsonAnswer(await inTurn(office, session, { ...asked, masked: false }), request);
});

interface Asked {
  month: string;
  after?: string;
  masked: boolean;
}

/** One ledger of a device at a time: each reads a month of applications. */
const inTurn = (office: Office, session: DeviceSession, asked: Asked): Promise<LedgerResponse> =>
  office.turns.take(`ledger ${session.device.id}`, () => page(office, session, asked));

async function page(
  office: Office,
  { site }: DeviceSession,
  { month, after = '', masked }: Asked,
): Promise<LedgerResponse> {
  const lines: LedgerResponse['lines'] = [];
  const counts = {
    lines: 0,
    ...(Object.fromEntries(LEDGER_ACTS.map((act) => [act, 0])) as Record<LedgerAct, number>),
  };
  let next: string | null = null;
  for await (const line of monthLines(office, { month, site, masked, after })) {
    if (lines.length < LEDGER_PAGE) lines.push(line);
    else next = lines.at(-1)!.id;
    // later pages need no sums
    if (next !== null && after !== '') break;
    counts.lines += 1;
    for (const act of actsIn(line, month)) counts[act] += 1;
  }
  return { month, lines, next, ...(after === '' ? { counts } : {}) };
}

async function worksThere(office: Office, { site }: DeviceSession, staff: string): Promise<boolean> {
  const row = await office.store.read((trx) =>
    trx.selectFrom('staff').select(['path', 'status']).where('id', '=', staff).executeTakeFirst(),
  );
  return row?.status === 'active' && isWithin(row.path, site.path);
}
