/**
 * GET /api/photos/{site}/{sha256}/{size}: what devices show. `thumb` and `view` are pictures that the office made, upright
 * and without EXIF; the original is evidence and only ever a download under a name of ours (security.md, Malicious
 * upload). Nobody on the way keeps any of it.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as v from 'valibot';
import type { Photo } from '#lib/domain/materials.ts';
import { PHOTO_SIZES } from '#lib/protocol/photo.ts';
import { sha256, shortId } from '#lib/protocol/primitives.ts';
import { findSession } from '../auth/sessions.ts';
import { answering, type Call } from '../call.ts';
import { errorAnswer } from '../http/answers.ts';
import type { Office } from '../office.ts';
import { nameOf } from './office-files.ts';
import type { PhotoKey } from './photo-rows.ts';
import { isInScope } from './photo-scope.ts';
import { shrink, type MadeSize } from './picture.ts';
import { lose, standingOf } from './standing.ts';
import type { StoredFile } from './storage.ts';

const asked = v.object({ site: shortId, sha256, size: v.picklist(PHOTO_SIZES) });

const CONTENT_TYPES: Record<Photo['type'], string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
};
const EXTENSIONS: Record<Photo['type'], string> = { jpeg: 'jpg', png: 'png', webp: 'webp', pdf: 'pdf' };

const ALWAYS = {
  'cache-control': 'private, no-store',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
};

export const handlePhoto = answering(
  'photos',
  async ({ office, request, params }: Call & { params: Record<string, string> }) => {
    const session = await findSession(office, request);
    if (session === null) return errorAnswer('noSession');
    if (session.access === 'pushOnly') return errorAnswer('unknownDevice');
    const read = v.safeParse(asked, params);
    if (!read.success || !(await isInScope(office, session, read.output))) return errorAnswer('notFound');
    const { size, ...key } = read.output;
    const standing = await standingOf(office, key);
    if (standing.is !== 'verified') return errorAnswer('notFound');
    const { type } = standing;
    if (type === 'pdf' && size !== 'original') return errorAnswer('notFound');

    const headers = { ...ALWAYS, etag: `"${key.sha256}-${size}"` };
    if (request.headers.get('if-none-match') === headers.etag) {
      return new Response(null, { status: 304, headers });
    }
    const file =
      size === 'original' ? await office.files.storage.open(nameOf(key)) : await made(office, key, size);
    if (file === null) return errorAnswer('notFound');
    const name = `photo-${key.sha256.slice(0, 12)}.${EXTENSIONS[type]}`;
    return new Response(Readable.toWeb(file.bytes) as ReadableStream<Uint8Array>, {
      headers: {
        ...headers,
        'content-length': String(file.size),
        ...(size === 'original'
          ? { 'content-type': CONTENT_TYPES[type], 'content-disposition': `attachment; filename="${name}"` }
          : { 'content-type': CONTENT_TYPES.webp }),
      },
    });
  },
);

/** The smaller picture, made when it is first asked for. null when the original turns out to be spoilt. */
async function made(office: Office, key: PhotoKey, size: MadeSize): Promise<StoredFile | null> {
  const { storage } = office.files;
  const name = `${nameOf(key)}.${size}`;
  const kept = await storage.open(name);
  if (kept) return kept;
  const original = await storage.open(nameOf(key));
  const bytes = original && (await buffer(original.bytes));
  const isWhole = bytes !== null && createHash('sha256').update(bytes).digest('hex') === key.sha256;
  const picture = isWhole ? await shrink(bytes, size) : null;
  if (picture === null) {
    await lose(office, key);
    return null;
  }
  await storage.put(name, await office.files.draft(picture));
  return storage.open(name);
}
