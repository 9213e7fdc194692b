/** Where Enter goes in a form that is filled in from the keyboard. A group of radio buttons is one box. */

const BOXES = 'input:not([type="hidden"], [type="file"]), select, textarea';

/** The box after `from`, or the button that sends; null where Enter keeps its own meaning (buttons, lines of a text). */
export function nextBox(form: HTMLFormElement, from: EventTarget | null): HTMLElement | null {
  if (!(from instanceof HTMLElement) || from instanceof HTMLTextAreaElement || !from.matches(BOXES))
    return null;
  const all = [...form.querySelectorAll<HTMLInputElement>(BOXES)].filter(
    (box) => !box.disabled && isShown(box),
  );
  const at = all.findIndex((box) => box === from);
  if (at < 0) return null;
  const next = all.slice(at + 1).find((box) => !isSameGroup(box, from) && isEntry(box, all));
  return next ?? form.querySelector<HTMLElement>('button[type="submit"]');
}

const isShown = (box: HTMLElement): boolean => box.getClientRects().length > 0;

const isSameGroup = (box: HTMLInputElement, from: HTMLElement): boolean =>
  box.type === 'radio' && from instanceof HTMLInputElement && from.type === 'radio' && box.name === from.name;

/** Of a group of radio buttons the one that is chosen, else the first. */
function isEntry(box: HTMLInputElement, all: readonly HTMLInputElement[]): boolean {
  if (box.type !== 'radio') return true;
  const group = all.filter((other) => other.type === 'radio' && other.name === box.name);
  return box === (group.find((other) => other.checked) ?? group[0]);
}
