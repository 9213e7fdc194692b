/**
 * 读卡器 of this computer for forms: which one it is, how it stands, and which form a card goes to: the one whose 读卡 was
 * pressed, else the one where the cursor is, else the only one. What was read is handed over and not kept here.
 */
import { chineseDay, type Day } from '#lib/domain/day.ts';
import type { Card, ReaderPort, ReaderStatus } from '../reader/reader-port.ts';
import { SimulatedReader } from '../reader/simulator.ts';
import { READER_PORTS, SocketReader, type ReaderPortNumber } from '../reader/socket.ts';
import { WedgeReader } from '../reader/wedge.ts';
import { now } from './now.svelte.ts';

export { READER_PORTS };
export type { Card };

/** `keyboard`: needs no setting up, and is what a computer without any reader has too. */
export type ReaderChoice =
  { kind: 'keyboard' } | { kind: 'service'; port: ReaderPortNumber } | { kind: 'practice' };

interface Form {
  /** Whether the cursor is in it. */
  holds: (target: Element | null) => boolean;
  take: (card: Card) => void;
}

const KEY = 'jinban-reader';
const today = (): Day => chineseDay(now());

class CardReader {
  choice = $state.raw<ReaderChoice>({ kind: 'keyboard' });
  status = $state<ReaderStatus>('off');

  #port: ReaderPort | undefined;
  #forms: Form[] = [];
  #armed: Form | undefined;

  /** A form that takes cards, as long as it is on the page. Returns how it leaves. */
  join(form: Form): { read: () => void; leave: () => void } {
    this.#forms.push(form);
    if (this.#forms.length === 1) this.#start(remembered());
    return {
      read: () => {
        this.#armed = form;
        this.#port?.read();
      },
      leave: () => {
        this.#forms = this.#forms.filter((other) => other !== form);
        if (this.#armed === form) this.#armed = undefined;
        if (this.#forms.length === 0) this.#stop();
      },
    };
  }

  /** Remembered on this computer. */
  choose(choice: ReaderChoice): void {
    localStorage.setItem(KEY, JSON.stringify(choice));
    this.#stop();
    if (this.#forms.length > 0) this.#start(choice);
  }

  #start(choice: ReaderChoice): void {
    this.choice = choice;
    const port = this.#make(choice);
    this.#port = port;
    port.onStatus((status) => (this.status = status));
    port.onCard((card) => this.#give(card));
    port.connect();
  }

  #stop(): void {
    this.#port?.close();
    this.#port = undefined;
    this.status = 'off';
  }

  #make(choice: ReaderChoice): ReaderPort {
    if (choice.kind === 'service') return new SocketReader(choice.port, today);
    if (choice.kind === 'practice') return new SimulatedReader();
    return new WedgeReader(today, (target) => this.#formFor(target) !== undefined);
  }

  #formFor(target: Element | null): Form | undefined {
    const held = this.#forms.find((form) => form.holds(target));
    if (held) return held;
    // the cursor is in another box: what is typed there is meant for there
    if (target && target !== document.body && target.matches('input, textarea, select')) return undefined;
    return this.#armed ?? (this.#forms.length === 1 ? this.#forms[0] : undefined);
  }

  #give(card: Card): void {
    const form =
      this.#armed ??
      this.#formFor(document.activeElement) ??
      (this.#forms.length === 1 ? this.#forms[0] : undefined);
    this.#armed = undefined;
    form?.take(card);
  }
}

function remembered(): ReaderChoice {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as ReaderChoice | null;
    if (kept?.kind === 'practice') return kept;
    if (kept?.kind === 'service' && READER_PORTS.includes(kept.port)) return kept;
  } catch {
    // written by hand or by another program: as if nothing had been chosen
  }
  return { kind: 'keyboard' };
}

export const cardReader = new CardReader();
