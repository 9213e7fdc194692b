/** What waits of one application, in words: which steps, how many photos, how much. Pure. */
import type { OutboxItem } from '#lib/client/state/sync-center.svelte.ts';
import { COMMAND_NAMES } from '#lib/domain/commands.ts';
import { chineseDay, formatMonthDay, formatTime } from '#lib/domain/day.ts';
import { sizeText } from '../size-text.ts';

const NAMED = 3;

type Step = Pick<OutboxItem, 'kind' | 'at' | 'bytes' | 'command'>;

function photosOf({ command }: Step): number {
  if (command?.kind === 'receive') {
    return command.body.materials.reduce((sum, { photos = [] }) => sum + photos.length, 0);
  }
  return command?.kind === 'addMaterial' ? (command.body.photos ?? []).length : 0;
}

/** 收件、补正到齐，附照片 6 张·3.2 KB·9 月 23 日 14:12 存下; `steps` in order. */
export function waitingText(steps: readonly Step[]): string {
  const names = [...new Set(steps.map(({ kind }) => COMMAND_NAMES[kind]))];
  const named = names.slice(0, NAMED).join('、') + (names.length > NAMED ? ` 等 ${steps.length} 步` : '');
  const photos = steps.reduce((sum, step) => sum + photosOf(step), 0);
  const bytes = steps.reduce((sum, step) => sum + step.bytes, 0);
  const first = steps[0];
  return [
    `${named}${photos > 0 ? `，附照片 ${photos} 张` : ''}`,
    sizeText(bytes),
    ...(first ? [`${formatMonthDay(chineseDay(first.at))} ${formatTime(first.at)} 存下`] : []),
  ].join('·');
}
