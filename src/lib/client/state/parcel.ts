/** 导出未上传 and 带入 on pages: a courier's parcel out of this device's outbox, and into it. */
import { takeIn, type ParcelRefusal, type TakenIn } from '../store/parcel-in.ts';
import { unsentFrames, unsentHere, type Packed } from '../store/parcel-out.ts';
import { openParcel, packParcel, ParcelError, type ParcelTrouble } from '../vault/parcel.ts';
import { now } from './now.svelte.ts';
import { openedStore } from './opened-store.ts';
import { wakeSync } from './sync-status.svelte.ts';

export { isParcelCode, newParcelCode } from '../vault/parcel.ts';
export type { Packed, TakenIn };
/** Why a parcel could not be taken in, or not all of it. */
export type Hindrance = ParcelRefusal | { why: ParcelTrouble };

/** What would go into a parcel now. */
export const unsent = async () => unsentHere(await openedStore());

/** null: this device is not enrolled, so nothing can wait here. */
export async function makeParcel(code: string): Promise<{ file: Blob; packed: Packed } | null> {
  const unsentNow = await unsentFrames(await openedStore(), now());
  if (unsentNow === null) return null;
  const file = await packParcel(code, unsentNow.frames);
  return { file, packed: unsentNow.packed };
}

/** `taken` stays, whatever hindered the rest. */
export async function takeParcelIn(
  file: Blob,
  code: string,
  onProgress: (taken: TakenIn) => void,
): Promise<{ taken: TakenIn; hindrance: Hindrance | null }> {
  let taken: TakenIn = { commands: 0, applications: 0, photos: 0, known: 0 };
  const progress = (sofar: TakenIn): void => {
    taken = sofar;
    onProgress(sofar);
  };
  try {
    const result = await takeIn(await openedStore(), openParcel(file, code), now(), progress);
    return { taken: result.taken, hindrance: result.refused };
  } catch (error) {
    if (!(error instanceof ParcelError)) throw error;
    return { taken, hindrance: { why: error.trouble } };
  } finally {
    wakeSync();
  }
}
