import { handleItems } from '#lib/server/catalogue/item-versions.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, getClientAddress }) =>
  handleItems({ office: theOffice(), request, ip: getClientAddress() });
