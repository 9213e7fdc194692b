/** Materials as papers list them: what came, in which form, and what is to come. */
import type { Item, Material } from '../item.ts';
import type { HeldMaterial } from '../state.ts';
import type { Column } from './paper.ts';

export const MATERIAL_COLUMNS: Column[] = [
  { name: '材料' },
  { name: '形式', narrow: true },
  { name: '份数', narrow: true },
  { name: '备注' },
];

/** 原件和复印件 1 份 */
export const formOf = ({ kind, copies }: Pick<Material, 'kind' | 'copies'>): string => `${kind} ${copies} 份`;

export const materialName = (item: Item, code: string): string =>
  item.materials.find((material) => material.code === code)?.name ?? code;

/** A row of MATERIAL_COLUMNS; null for what this application does not need. */
export function materialRow(item: Item, held: HeldMaterial, toleranceDays: number): string[] | null {
  const name = materialName(item, held.code);
  switch (held.status) {
    case 'received':
      // handed in as pictures alone
      return held.copies === 0
        ? [name, '照片', String(held.photos?.length ?? 0), '']
        : [name, held.kind, String(held.copies), ''];
    case 'tolerated':
      return [name, '—', '—', `容缺，受理后 ${toleranceDays} 个工作日内补`];
    case 'missing':
      return [name, '—', '—', '缺，等一次告知'];
    case 'waived':
      return [name, '—', '—', '免提交，用电子证照'];
    case 'notNeeded':
      return null;
  }
}

/** All that this application has or lacks, in the item's order; materials the item no longer lists come last. */
export function materialRows(
  item: Item,
  materials: Readonly<Record<string, HeldMaterial>>,
  toleranceDays: number,
): string[][] {
  const listed = item.materials.map(({ code }) => code);
  const others = Object.keys(materials).filter((code) => !listed.includes(code));
  return [...listed, ...others].flatMap((code) => {
    const held = materials[code];
    const row = held && materialRow(item, held, toleranceDays);
    return row ? [row] : [];
  });
}
