/**
 * Single keys as commands. They never fire while somebody types, while a dialog is open, or with Ctrl, Alt or Meta; and
 * none does more than move, look, tick or open a form.
 */
import { COMMAND_NAMES } from '#lib/domain/commands.ts';
import type { KeyUse } from '#lib/ui/KeyHelp.svelte';
import { ACT_KEYS, type ActKind } from './[id]/act-kinds.ts';

const TYPING = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]';

/** The key, lower case where it is a letter; null when this press is not a command. */
export function commandKey(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey)
    return null;
  const target = event.target as Element | null;
  if (target?.closest?.('dialog[open]')) return null;
  if (event.key !== 'Escape' && target?.closest?.(TYPING)) return null;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** Of the queue. */
export const LIST_KEYS: readonly KeyUse[] = [
  { keys: ['J', '↓'], text: '下一行，到头翻页' },
  { keys: ['K', '↑'], text: '上一行' },
  { keys: ['回车'], text: '打开这一件' },
  { keys: ['C'], text: '认领这一件；自己认领的，放回' },
  { keys: ['X'], text: '勾选这一件，一起认领' },
  { keys: ['U'], text: '撤销刚办的（10 秒内）' },
  { keys: ['/'], text: '查找' },
  { keys: ['?'], text: '看这张表' },
];

/** Of a case: what may be done with it now has its letter, the same in every case. */
export const caseKeys = (acts: readonly ActKind[]): KeyUse[] => [
  { keys: ['J'], text: '下一件' },
  { keys: ['K'], text: '上一件' },
  ...acts.map((kind) => ({ keys: [ACT_KEYS[kind] ?? ''], text: COMMAND_NAMES[kind] })),
  { keys: ['C'], text: '认领、放回' },
  { keys: ['U'], text: '撤销刚办的（10 秒内）' },
  { keys: ['/'], text: '回队列查找' },
  { keys: ['Esc'], text: '收起正在办的，填的还在' },
  { keys: ['?'], text: '全部按键' },
];
