/** Photos of materials as pages take them: prepared in a worker of their own, then kept on this device, sealed. */
import { createPhotoDesk } from '../photo/photo-client.ts';
import photoWorkerUrl from '../photo/photo-worker.ts?worker&url';
import type { Prepared } from '../photo/prepared.ts';
import { keepPhoto } from '../store/photos.ts';
import type { WriteFailure } from '../store/write.ts';
import { trustedScriptUrl } from '../sync/trusted-url.ts';
import { failureWords, type Failure } from './failures.ts';
import { now } from './now.svelte.ts';
import { openedStore } from './opened-store.ts';

/** The photo worker of this tab; it is not started before the first photo. */
export const photoDesk = createPhotoDesk({
  spawn: () => new Worker(trustedScriptUrl(photoWorkerUrl), { type: 'module', name: 'jinban-photo' }),
});

/** Keeps a photo on this device; null when it is safe, else why not. What was typed is kept either way. */
export async function keepPrepared({ photo, bytes, thumb }: Prepared): Promise<Failure | null> {
  const kept = await keepPhoto(await openedStore(), { ...photo, bytes, thumb }, now());
  return kept.ok ? null : photoFailure(kept.why);
}

const photoFailure = (why: WriteFailure): Failure =>
  why === 'full'
    ? {
        what: '照片放不下了',
        why: '这台电脑留给近办的地方满了；填写的内容已经存好，没有丢',
        remedy: '先到“同步”把待传的照片送出去，或腾出磁盘空间，再回来拍；纸件照收，不拍照也能交',
      }
    : failureWords(why);

const CAMERA_KEY = 'jinban-camera';
/** The camera that was chosen last (高拍仪): an opaque id of the browser's, remembered on this device. */
export const rememberedCamera = (): string | undefined => localStorage.getItem(CAMERA_KEY) ?? undefined;
export const rememberCamera = (id: string): void => localStorage.setItem(CAMERA_KEY, id);
