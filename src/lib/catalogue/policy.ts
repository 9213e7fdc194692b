/**
 * What a county decides for itself (县级规则) and sends to its sites with a release: the rules that judge
 * applications, and what the boards compare sites with.
 */
import type { Level } from '#lib/domain/item.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import type { Policy } from '#lib/domain/policy.ts';

export interface CountyPolicy extends Policy {
  /** Working days that an accepted application may wait to be passed on (分办、转报) before the board reminds. */
  forwardingAlertDays: number;
  /** How many items a site of each level must offer at least (数量底线; villages and communities alike). */
  minimumItems: Record<Level, number>;
}

/** 乡镇 200, 街道 150, 村（社区） 40: the floor the city set for its sites (domain.md §3). */
export const DEFAULT_COUNTY_POLICY: CountyPolicy = {
  ...DEFAULT_POLICY,
  forwardingAlertDays: 1,
  minimumItems: { township: 200, subdistrict: 150, village: 40 },
};

/** How many items a site of this level lacks; 0 when it has enough. */
export function missingItems(policy: CountyPolicy, level: Level, count: number): number {
  return Math.max(0, policy.minimumItems[level] - count);
}
