import { handleItem } from '#lib/server/catalogue/item-versions.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request, params, getClientAddress }) =>
  handleItem({ office: theOffice(), request, params, ip: getClientAddress() });
