/** What a form starts with where its act was taken back: what had been filled in. */
import type { Bodies } from '#lib/domain/commands.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import type { ActKind } from '../act-kinds.ts';

/** A choice of two as the buttons name it; '' while nothing is chosen. */
export const yesNo = (value: boolean | undefined): '' | 'yes' | 'no' =>
  value === undefined ? '' : value ? 'yes' : 'no';

export const bodyBefore = <K extends ActKind>(
  before: WireCommand | null | undefined,
  kind: K,
): Bodies[K] | undefined => (before?.kind === kind ? (before.body as Bodies[K]) : undefined);
