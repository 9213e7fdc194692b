/** A sheet that is about to be written over another gets the next version, unless whoever wrote it has given one. */
import type { ItemSheet } from '#lib/catalogue/sheet.ts';

export function nextVersion(old: ItemSheet | null, sheet: ItemSheet): ItemSheet {
  if (!old || sheet.standard.version !== old.standard.version) return sheet;
  return { ...sheet, standard: { ...sheet.standard, version: old.standard.version + 1 } };
}
