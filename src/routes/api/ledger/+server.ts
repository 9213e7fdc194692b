import { handleFullLedger, handleLedger } from '#lib/server/ledger/handle-ledger.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request, getClientAddress }) =>
  handleLedger({ office: theOffice(), request, ip: getClientAddress() });

export const POST: RequestHandler = ({ request, getClientAddress }) =>
  handleFullLedger({ office: theOffice(), request, ip: getClientAddress() });
