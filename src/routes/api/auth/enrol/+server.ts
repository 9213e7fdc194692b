import { handleEnrol } from '#lib/server/auth/enrol.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, getClientAddress }) =>
  handleEnrol({ office: theOffice(), request, ip: getClientAddress() });
