/** Photos that the office could not take, on pages. */
import { forgetRefused, refusedWatch } from '../store/photos.ts';
import { Live } from './live.svelte.ts';
import { openedStore } from './opened-store.ts';
import { wakeSync } from './sync-status.svelte.ts';

export const refusedUploads = new Live(refusedWatch);

/** Taken anew: the photo that the office refused is forgotten, and everybody counts again. */
export async function takenAnew(site: string, hashes: readonly string[]): Promise<void> {
  await forgetRefused(await openedStore(), site, hashes);
  wakeSync();
}
