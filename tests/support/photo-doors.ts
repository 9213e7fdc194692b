/** The photos' doors by their paths, as the routes hand them on. */
import type { Call } from '#lib/server/call.ts';
import { handleNewUpload, handleUpload } from '#lib/server/files/handle-upload.ts';
import { handlePhoto } from '#lib/server/files/serve-photo.ts';
import { errorAnswer } from '#lib/server/http/answers.ts';

export async function photoDoors(call: Call): Promise<Response> {
  const { request } = call;
  const [, api, door, site = '', sha256 = '', size = ''] = new URL(request.url).pathname.split('/');
  if (api !== 'api') return errorAnswer('notFound');
  if (door === 'files' && site === '') return handleNewUpload({ ...call, request });
  if (door === 'files' && sha256 !== '') return handleUpload({ ...call, params: { site, sha256 } });
  if (door === 'photos') return handlePhoto({ ...call, params: { site, sha256, size } });
  return errorAnswer('notFound');
}
