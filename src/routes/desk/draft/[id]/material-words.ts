/** Materials of a draft in sums and sentences, and what changes in them with who handles the application. */
import type { Item, Material } from '#lib/domain/item.ts';
import {
  isForProxy,
  MATERIAL_STATUS_NAMES,
  type MaterialEntry,
  type MaterialStatus,
} from '#lib/domain/materials.ts';
import type { MaterialState } from '#lib/ui/MaterialRow.svelte';
import { countWord } from './step-words.ts';

const ORDER: readonly MaterialStatus[] = ['received', 'tolerated', 'waived', 'missing'];

/** What has to come, as the application stands. */
export const neededOf = (entries: readonly MaterialEntry[]): MaterialEntry[] =>
  entries.filter(({ status }) => status !== 'notNeeded');

/** 五样：已收 3，容缺 1，缺 1. What need not come is not counted. */
export function materialSums(entries: readonly MaterialEntry[]): string {
  const needed = neededOf(entries);
  if (needed.length === 0) return '不用交材料';
  const sums = ORDER.flatMap((status) => {
    const count = needed.filter((entry) => entry.status === status).length;
    return count === 0 ? [] : [`${MATERIAL_STATUS_NAMES[status]} ${count}`];
  });
  return `${countWord(needed.length)}：${sums.join('，')}`;
}

export const missingCount = (entries: readonly MaterialEntry[]): number =>
  entries.filter((entry) => entry.status === 'missing').length;

/** Only what the item allows may be chosen (materials.ts). */
export function allowedStatuses(material: Material): MaterialStatus[] {
  return [
    'received',
    'missing',
    ...(material.tolerable === true ? (['tolerated'] as const) : []),
    ...(material.licence === undefined ? [] : (['waived'] as const)),
    ...(material.required ? [] : (['notNeeded'] as const)),
  ];
}

/** An entry with another status: what was received is counted as the item asks, what did not come has no copies. */
export function withStatus(entry: MaterialEntry, material: Material, status: MaterialStatus): MaterialEntry {
  if (status !== 'received') return { ...entry, status, copies: 0 };
  return { ...entry, status, copies: entry.copies > 0 ? entry.copies : Math.max(1, material.copies) };
}

/** After 本人 ↔ 代办 was changed: papers of the proxy are lacking, or no longer needed; what was received stays. */
export function forHandler(entries: readonly MaterialEntry[], item: Item, proxy: boolean): MaterialEntry[] {
  return entries.map((entry) => {
    const material = item.materials.find((one) => one.code === entry.code);
    if (!material || material.required || !isForProxy(material)) return entry;
    if (proxy && entry.status === 'notNeeded') return { ...entry, status: 'missing' };
    return !proxy && entry.status === 'missing' ? { ...entry, status: 'notNeeded' } : entry;
  });
}

export const ROW_STATES: Readonly<Record<Exclude<MaterialStatus, 'notNeeded'>, MaterialState>> = {
  received: 'received',
  missing: 'missing',
  tolerated: 'later',
  waived: 'waived',
};

/** 原件 1 份 · 受理后 10 个工作日内补 */
export function entryNote(entry: MaterialEntry, material: Material, toleranceDays: number): string {
  switch (entry.status) {
    case 'received': {
      const pages = entry.photos?.length ?? 0;
      const photos = pages === 0 ? [] : [`照片 ${pages} 页`];
      const paper = entry.copies === 0 && pages > 0 ? [] : [`${entry.kind} ${entry.copies} 份`];
      return [...paper, ...photos].join('，');
    }
    case 'tolerated':
      return `受理后 ${toleranceDays} 个工作日内补`;
    case 'waived':
      return `用电子证照“${material.licence ?? ''}”`;
    case 'missing':
      return `要${material.kind} ${material.copies} 份`;
    case 'notNeeded':
      return material.when ? `${material.when}才要` : '这次不用';
  }
}
