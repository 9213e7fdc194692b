/**
 * A reader that is a keyboard: it types the card into whatever has the focus, faster than anybody can. A burst is told from
 * typing by its speed and by its shape, taken out of the box again and given as a card; a burst that is no card is put
 * back as it was typed, so that nothing is ever lost to a guess.
 */
import type { Day } from '#lib/domain/day.ts';
import { parseTyped } from './parse-card.ts';
import { ReaderEvents, type ReaderPort } from './reader-port.ts';

/** Between two characters of a reader at most. The fastest hands need more, several times in a row. */
const GAP_MS = 50;
/** So many characters in a row make a burst. */
const BURST = 6;
const SHORTEST_NAME = 2;
/** After the last character: the card is over. */
const END_MS = 120;

type Box = HTMLInputElement | HTMLTextAreaElement;
const TEXT_BOX = 'textarea, input:not([type]), input[type="text"], input[type="search"], input[type="tel"]';

interface Burst {
  /** Where it is typed; null: nowhere, the focus is on no box. */
  box: Box | null;
  text: string;
  /** As the box was before it. */
  before: string;
  start: number;
  end: number;
  count: number;
  last: number;
}

export class WedgeReader extends ReaderEvents implements ReaderPort {
  #today: () => Day;
  /** Whether cards are wanted there. */
  #wanted: (target: Element | null) => boolean;
  #burst: Burst | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(today: () => Day, wanted: (target: Element | null) => boolean) {
    super();
    this.#today = today;
    this.#wanted = wanted;
  }

  connect(): void {
    if (this.status === 'ready') return;
    document.addEventListener('beforeinput', this.#typed, { capture: true });
    document.addEventListener('keydown', this.#pressed, { capture: true });
    this.enter('ready');
  }

  /** A keyboard cannot be asked: one lays the card down. */
  read(): void {}

  close(): void {
    document.removeEventListener('beforeinput', this.#typed, { capture: true });
    document.removeEventListener('keydown', this.#pressed, { capture: true });
    clearTimeout(this.#timer);
    this.#burst = null;
    this.enter('off');
  }

  #typed = (event: InputEvent): void => {
    const { target, data, inputType, timeStamp } = event;
    if (inputType !== 'insertText' || data === null || !isBox(target) || !this.#wanted(target)) return;
    if (this.#take(target, data, timeStamp)) event.preventDefault();
  };

  #pressed = (event: KeyboardEvent): void => {
    const { key, timeStamp, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const burst = this.#burst;
    const fast = burst !== null && timeStamp - burst.last <= GAP_MS;
    // a reader's tab comes after a name, which is short; two in a row are a person who wants to go on
    if (fast && key === 'Tab' && burst.text.endsWith('\t')) this.#finish();
    else if (fast && key === 'Tab' && burst.count >= SHORTEST_NAME) {
      event.preventDefault();
      event.stopPropagation();
      this.#take(burst.box, '\t', timeStamp);
    } else if (fast && key === 'Enter' && burst.count > BURST) {
      event.preventDefault();
      event.stopPropagation();
      this.#finish();
    } else if (
      key.length === 1 &&
      !isBox(target) &&
      this.#wanted(target instanceof Element ? target : null)
    ) {
      this.#take(null, key, timeStamp);
    }
  };

  /** True when the character is kept back from its box. */
  #take(box: Box | null, text: string, at: number): boolean {
    let burst = this.#burst;
    if (burst === null || burst.box !== box || at - burst.last > GAP_MS) {
      this.#finish();
      const [start, end] = [box?.selectionStart ?? 0, box?.selectionEnd ?? 0];
      burst = { box, text: '', before: box?.value ?? '', start, end, count: 0, last: at };
      this.#burst = burst;
    }
    burst.text += text;
    burst.count += 1;
    burst.last = at;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#finish(), END_MS);
    return burst.count > BURST;
  }

  #finish(): void {
    clearTimeout(this.#timer);
    const burst = this.#burst;
    this.#burst = null;
    // fewer were never kept back from anything
    if (burst === null || burst.count <= BURST) return;
    const card = parseTyped(burst.text, this.#today());
    if (burst.box) {
      const { box, before, start, end } = burst;
      const text = burst.text.replaceAll('\t', ' ');
      if (card) write(box, before, start);
      else write(box, before.slice(0, start) + text + before.slice(end), start + text.length);
    }
    if (card) this.tell(card);
  }
}

const isBox = (target: unknown): target is Box => target instanceof HTMLElement && target.matches(TEXT_BOX);

/** As if it had been typed: whoever listens to the box hears of it. */
function write(box: Box, value: string, cursor: number): void {
  if (box.value === value) return;
  box.value = value;
  box.setSelectionRange(cursor, cursor);
  box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText' }));
}
