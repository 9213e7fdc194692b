import { theOffice } from '#lib/server/office.ts';
import { handleWake } from '#lib/server/wake/handle-wake.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request, getClientAddress }) =>
  handleWake({ office: theOffice(), request, ip: getClientAddress() });
