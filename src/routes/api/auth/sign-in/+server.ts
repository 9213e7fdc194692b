import { handleSignIn } from '#lib/server/auth/sign-in.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, getClientAddress }) =>
  handleSignIn({ office: theOffice(), request, ip: getClientAddress() });
