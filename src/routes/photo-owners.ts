/** Which material of which application or draft a photo belongs to, so that it can be taken again there. Pure. */
import type { ApplicationView } from '#lib/client/state/applications.svelte.ts';
import type { DraftRow } from '#lib/client/state/drafts.svelte.ts';
import type { MaterialEntry } from '#lib/domain/materials.ts';

export interface PhotoOwner {
  /** Of the application or draft. */
  id: string;
  is: 'application' | 'draft';
  name: string;
  itemCode: string;
  itemHash: string;
  /** Material code. */
  material: string;
}

/** Owners of these photos, by hash. A photo may have several; one that nobody names any more has none. */
export function photoOwners(
  hashes: ReadonlySet<string>,
  views: readonly Pick<ApplicationView, 'state'>[],
  drafts: readonly DraftRow[],
): ReadonlyMap<string, PhotoOwner[]> {
  const owners = new Map<string, PhotoOwner[]>();
  if (hashes.size === 0) return owners;
  const note = (materials: Iterable<MaterialEntry>, owner: Omit<PhotoOwner, 'material'>): void => {
    for (const { code, photos = [] } of materials) {
      for (const { sha256 } of photos) {
        if (!hashes.has(sha256)) continue;
        owners.set(sha256, [...(owners.get(sha256) ?? []), { ...owner, material: code }]);
      }
    }
  };
  for (const { state } of views) {
    if (state === null) continue;
    const { id, applicant, item, materials } = state;
    note(Object.values(materials), {
      id,
      is: 'application',
      name: applicant.name,
      itemCode: item.code,
      itemHash: item.hash,
    });
  }
  for (const { id, itemCode, itemHash, content } of drafts) {
    if (content === null) continue;
    note(content.materials, { id, is: 'draft', name: content.applicant.name.trim(), itemCode, itemHash });
  }
  return owners;
}

/** Where it is taken again. */
export function retakeHref({ id, is, material }: PhotoOwner, home: '/desk' | '/review'): string {
  if (is === 'draft') return `/desk/draft/${id}/materials`;
  return home === '/desk' ? `/desk/applications/${id}#retake-${material}` : `/review/${id}`;
}
