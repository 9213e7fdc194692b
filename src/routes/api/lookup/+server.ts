import { handleLookup } from '#lib/server/lookup/handle-lookup.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, getClientAddress }) =>
  handleLookup({ office: theOffice(), request, ip: getClientAddress() });
