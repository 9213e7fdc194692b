/**
 * 用上次拍的: photos of the same material that were taken for the same applicant in another draft or application of this
 * device. The catalogue gives a material one code in all items, so an identity card is photographed once for three of them.
 */
import type { Day } from '#lib/domain/day.ts';
import type { Draft } from '#lib/domain/draft.ts';
import type { Photo } from '#lib/domain/materials.ts';
import { holderOf, sameAs, type Told } from '../told-before.ts';

/** The pages last taken; empty when there are none. Whether this device still has them is for the store to say. */
export function photosBefore(code: string, draft: Draft, told: Told, today: Day): readonly Photo[] {
  const isTheirs = sameAs(holderOf(draft.applicant), today);
  const drafts = told.drafts.flatMap((other) =>
    isTheirs(holderOf(other.applicant)) ? [other.materials.find((entry) => entry.code === code)?.photos] : [],
  );
  const applications = told.applications.flatMap(({ applicant, materials }) =>
    isTheirs(applicant) ? [materials[code]?.photos] : [],
  );
  return [...drafts, ...applications].find((photos) => photos !== undefined && photos.length > 0) ?? [];
}
