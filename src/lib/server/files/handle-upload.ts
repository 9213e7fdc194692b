/**
 * /api/files: photos and documents come up by tus 1.0 (POST to begin, HEAD to ask, PATCH to send), keyed by the
 * application's site and the SHA-256 of the bytes. The address follows from the key: whoever forgot it works it out.
 * Any device session may send, also that of a revoked device, as it may hand over its commands.
 */
import { Metadata } from '@tus/server';
import * as v from 'valibot';
import { PHOTO_TYPES } from '#lib/domain/materials.ts';
import type { PhotoErrorCode } from '#lib/protocol/photo-errors.ts';
import { PHOTO_LIMITS, sizeLimit } from '#lib/protocol/photo.ts';
import { count, sha256, shortId } from '#lib/protocol/primitives.ts';
import { findSession } from '../auth/sessions.ts';
import { answering, type Call } from '../call.ts';
import { beginUpload } from './begin-upload.ts';
import type { Claim } from './photo-rows.ts';
import { isInScope } from './photo-scope.ts';
import { speakTus } from './speak-tus.ts';
import { uploadErrorAnswer } from './upload-answers.ts';

const photoKey = v.object({ site: shortId, sha256 });
const photoClaim = v.object({ ...photoKey.entries, type: v.picklist(PHOTO_TYPES), size: count });

/** What a POST says that it is going to send; null when it does not say it. */
function readClaim({ headers }: Request): v.InferOutput<typeof photoClaim> | null {
  try {
    const metadata = Metadata.parse(headers.get('upload-metadata') ?? '');
    const size = Number(headers.get('upload-length') ?? NaN);
    const result = v.safeParse(photoClaim, { ...metadata, size });
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

function sizeProblem({ size, type }: Pick<Claim, 'size' | 'type'>): PhotoErrorCode | null {
  if (size === 0) return 'truncated';
  return size > sizeLimit(type) ? 'tooBig' : null;
}

const isTooLong = ({ headers }: Request): boolean =>
  Number(headers.get('content-length') ?? 0) > PHOTO_LIMITS.chunk;

/** POST /api/files */
export const handleNewUpload = answering('files', async ({ office, request }: Call) => {
  const session = await findSession(office, request);
  if (session === null) return uploadErrorAnswer('noSession');
  const claim = readClaim(request);
  if (claim === null) return uploadErrorAnswer('malformed');
  if (!(await isInScope(office, session, claim))) return uploadErrorAnswer('notFound');
  const problem = sizeProblem(claim);
  if (problem !== null) return uploadErrorAnswer(problem);
  if (isTooLong(request)) return uploadErrorAnswer('tooLarge');
  return beginUpload(office, request, { ...claim, device: session.device.id });
});

/** HEAD and PATCH /api/files/{site}/{sha256} */
export const handleUpload = answering(
  'files',
  async ({ office, request, params }: Call & { params: Record<string, string> }) => {
    const headOnly = request.method === 'HEAD';
    const session = await findSession(office, request);
    if (session === null) return uploadErrorAnswer('noSession', headOnly);
    const key = v.safeParse(photoKey, params);
    if (!key.success || !(await isInScope(office, session, key.output))) {
      return uploadErrorAnswer('notFound', headOnly);
    }
    if (isTooLong(request)) return uploadErrorAnswer('tooLarge');
    return speakTus(office, request, key.output, null);
  },
);
