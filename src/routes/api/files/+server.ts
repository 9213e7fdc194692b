import { handleNewUpload } from '#lib/server/files/handle-upload.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, getClientAddress }) =>
  handleNewUpload({ office: theOffice(), request, ip: getClientAddress() });
