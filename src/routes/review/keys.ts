/** Single keys as commands. They never fire while somebody types, while a dialog is open, or with Ctrl, Alt or Meta. */

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
