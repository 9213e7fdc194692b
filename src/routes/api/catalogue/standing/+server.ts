import { handleStanding } from '#lib/server/catalogue/handle-standing.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, getClientAddress }) =>
  handleStanding({ office: theOffice(), request, ip: getClientAddress() });
