/**
 * Photos of a material that is no longer 已收: only what was handed in can have any, but a slip of the finger must not cost
 * them. They come back with 已收, as long as this tab lives; their bytes stay on the device meanwhile.
 */
import type { MaterialEntry, Photo } from '#lib/domain/materials.ts';

const away = new Map<string, Photo[]>();

/** The entry as it may be kept: photos are put away, or come back, by its status. */
export function withPhotosByStatus(draft: string, entry: MaterialEntry): MaterialEntry {
  const key = `${draft}/${entry.code}`;
  const { photos, ...rest } = entry;
  if (entry.status !== 'received') {
    if (photos) away.set(key, photos);
    return rest;
  }
  const back = photos ?? away.get(key);
  away.delete(key);
  return back ? { ...rest, photos: back } : rest;
}

/** How many pages wait for 已收. */
export const putAway = (draft: string, code: string): number => away.get(`${draft}/${code}`)?.length ?? 0;
