import { handleSession } from '#lib/server/auth/sessions.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, getClientAddress }) =>
  handleSession({ office: theOffice(), request, ip: getClientAddress() });
