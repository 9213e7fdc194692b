import { handleStaff } from '#lib/server/auth/sign-in.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request, getClientAddress }) =>
  handleStaff({ office: theOffice(), request, ip: getClientAddress() });
