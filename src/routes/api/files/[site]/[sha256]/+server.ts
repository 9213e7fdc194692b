import { handleUpload } from '#lib/server/files/handle-upload.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const PATCH: RequestHandler = ({ request, params, getClientAddress }) =>
  handleUpload({ office: theOffice(), request, params, ip: getClientAddress() });

export const HEAD: RequestHandler = PATCH;
