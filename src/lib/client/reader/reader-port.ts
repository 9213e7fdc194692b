/**
 * What a page needs of an identity-card reader (读卡器). Readers come as a keyboard (wedge.ts), as a program on this
 * computer (socket.ts), and for practice as none at all (simulator.ts).
 * Invariants: manual entry is always there and a broken reader blocks nothing; what a card says goes to the form that
 * asked, and nowhere else: it is not kept, logged or sent.
 */
import type { Day } from '#lib/domain/day.ts';
import type { Sex } from '#lib/domain/identity.ts';

/** What stands on a card. A reader may give the number alone. */
export interface Card {
  idNumber: string;
  name?: string;
  address?: string;
  birthDate?: Day;
  sex?: Sex;
  /** 民族, without 族: 汉 */
  nation?: string;
}

/** `ready`: lay the card down. `broken`: not to be reached; it goes on trying. */
export type ReaderStatus = 'off' | 'connecting' | 'ready' | 'broken';

export interface ReaderPort {
  /** Starts listening; calling it twice changes nothing. */
  connect(): void;
  readonly status: ReaderStatus;
  onStatus(listener: (status: ReaderStatus) => void): () => void;
  onCard(listener: (card: Card) => void): () => void;
  /** Asks for a card now, where the reader can be asked. */
  read(): void;
  close(): void;
}

/** The two lists of listeners that every reader has. */
export class ReaderEvents {
  status: ReaderStatus = 'off';
  #cards = new Set<(card: Card) => void>();
  #statuses = new Set<(status: ReaderStatus) => void>();

  onCard(listener: (card: Card) => void): () => void {
    this.#cards.add(listener);
    return () => this.#cards.delete(listener);
  }

  onStatus(listener: (status: ReaderStatus) => void): () => void {
    this.#statuses.add(listener);
    return () => this.#statuses.delete(listener);
  }

  tell(card: Card): void {
    for (const listener of this.#cards) listener(card);
  }

  enter(status: ReaderStatus): void {
    if (this.status === status) return;
    this.status = status;
    for (const listener of this.#statuses) listener(status);
  }
}
