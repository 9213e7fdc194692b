import { handleItem } from '#lib/server/catalogue/serve.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request, params, getClientAddress }) =>
  handleItem({ office: theOffice(), request, params, ip: getClientAddress() });
