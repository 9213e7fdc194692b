/** What a viewer shows: the pages of an application's materials, in the item's order. */
import type { Photo } from '#lib/domain/materials.ts';

export interface PhotoPage extends Photo {
  /** Of its material: 居民户口簿 */
  material: string;
  /** 第 2 页，共 3 页 */
  page: number;
  of: number;
  /** The office holds it. */
  held: boolean;
}

export const pageName = ({ material, page, of }: PhotoPage): string =>
  of > 1 ? `${material} 第 ${page} 页，共 ${of} 页` : material;

/** 182 KB, 1.2 MB */
export const sizeWords = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
