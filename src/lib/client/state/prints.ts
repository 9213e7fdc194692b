/** What was printed on this device, and on which paper: for pages that print. */
import type { PaperKind } from '#lib/domain/papers/paper.ts';
import { countPrints, readPrinted, readPrints } from '../store/prints.ts';
import { openedStore } from './opened-store.ts';

export const printsOf = async (paper: string, id: string): Promise<number> =>
  readPrints(await openedStore(), paper, id);

/** Ids of the applications of which this paper was printed here. */
export const printedHere = async (paper: string): Promise<ReadonlySet<string>> =>
  new Set(await readPrinted(await openedStore(), paper));

/** Not being able to count is no reason not to print: then the next copy is merely not marked 补打. */
export const countPrinted = async (paper: string, ids: readonly string[]): Promise<void> =>
  void (await countPrints(await openedStore(), paper, ids));

const sizeKey = (kind: PaperKind): string => `jinban-paper-${kind}`;

/** The paper that this device prints such papers on: its printers do not change from one person to the next. */
export const keptSize = (kind: PaperKind): string | null => localStorage.getItem(sizeKey(kind));
export const keepSize = (kind: PaperKind, size: string): void => localStorage.setItem(sizeKey(kind), size);
