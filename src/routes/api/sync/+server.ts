import { handlePoll, handleSync } from '#lib/server/sync/handle-sync.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, getClientAddress }) =>
  handleSync({ office: theOffice(), request, ip: getClientAddress() });

export const GET: RequestHandler = ({ request, getClientAddress }) =>
  handlePoll({ office: theOffice(), request, ip: getClientAddress() });
