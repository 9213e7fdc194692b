import { handlePhoto } from '#lib/server/files/serve-photo.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request, params, getClientAddress }) =>
  handlePhoto({ office: theOffice(), request, params, ip: getClientAddress() });
