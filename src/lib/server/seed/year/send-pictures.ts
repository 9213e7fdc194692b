/** Hands pictures in as a device does: claimed, written, checked by the office; then the application is told. */
import { Readable } from 'node:stream';
import { Upload } from '@tus/server';
import { confirmApplications } from '../../files/confirm-photos.ts';
import { nameOf } from '../../files/office-files.ts';
import { settle } from '../../files/settle.ts';
import { UploadStore } from '../../files/upload-store.ts';
import type { Office } from '../../office.ts';
import type { Picture } from '../pictures/draw.ts';

/** `there`: what the office holds by now, which is not sent again. */
export async function sendPictures(
  office: Office,
  { site, device, application }: { site: string; device: string; application: string },
  pictures: readonly Picture[],
  there: Set<string>,
): Promise<void> {
  for (const { sha256, size, bytes } of pictures) {
    const key = { site, sha256 };
    const id = nameOf(key);
    if (there.has(id)) continue;
    const uploads = new UploadStore(office, key, { ...key, size, type: 'jpeg', device });
    const upload = await uploads.create(new Upload({ id, size, offset: 0 }));
    await uploads.getUpload(upload.id);
    if (!uploads.isVerified) await uploads.write(Readable.from([Buffer.from(bytes)]), upload.id, 0);
    await settle(office, key);
    there.add(id);
  }
  await confirmApplications(office, [application]);
}
