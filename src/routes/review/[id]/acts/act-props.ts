/** What every act's form is given. */
import type { KnownFacts } from '#lib/domain/facts.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Application } from '#lib/domain/state.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import type { Press } from './press.svelte.ts';

export interface ActProps {
  press: Press;
  app: Application;
  item: Item;
  /** Of this moment. */
  facts: () => KnownFacts;
  /** What was filled in and taken back: the form begins with it. */
  before?: WireCommand | null | undefined;
  /** Codes of the materials that were ticked 已看. */
  seen?: readonly string[] | undefined;
}

/** The first law of an item, as a first proposal for 依据. */
export const firstBasis = (item: Item): string => item.legalBasis[0] ?? '';
