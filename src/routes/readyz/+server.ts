import { handleReady } from '#lib/server/ready.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request, getClientAddress }) =>
  handleReady({ office: theOffice(), request, ip: getClientAddress() });
