import { handleChallenge } from '#lib/server/auth/sessions.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, getClientAddress }) =>
  handleChallenge({ office: theOffice(), request, ip: getClientAddress() });
