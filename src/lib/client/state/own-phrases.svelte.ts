/** 自己的常用语 of whoever is signed in, on this device. What looks like somebody's number is not kept. */
import { changeOwnPhrases, ownPhrasesWatch } from '../store/own-phrases.ts';
import type { WriteFailure } from '../store/write.ts';
import { Live } from './live.svelte.ts';
import { openedStore } from './opened-store.ts';

/** More than fits under a form. */
const MOST = 30;
const LONGEST = 100;

export class OwnPhrases {
  #staff: string;
  #live: Live<readonly string[], readonly string[]>;

  constructor(staff: string) {
    this.#staff = staff;
    this.#live = new Live((store) => ownPhrasesWatch(store, staff));
  }

  /** Latest first; empty while they are read. */
  get list(): readonly string[] {
    return this.#live.value ?? [];
  }

  /** Why a phrase is not fit to be kept; null when it is. */
  static unfit(phrase: string): string | null {
    const text = phrase.trim();
    if (text === '') return '先写一句，再存为常用语';
    if ([...text].length > LONGEST) return `常用语最多 ${LONGEST} 个字`;
    return /\d{6}/.test(text) ? '常用语里不要有证件号、电话，只写要补什么' : null;
  }

  keep(phrase: string): Promise<WriteFailure | null> {
    const text = phrase.trim();
    return this.#change((list) => [text, ...list.filter((one) => one !== text)].slice(0, MOST));
  }

  forget(phrase: string): Promise<WriteFailure | null> {
    return this.#change((list) => list.filter((one) => one !== phrase));
  }

  async #change(change: (list: readonly string[]) => readonly string[]): Promise<WriteFailure | null> {
    const done = await changeOwnPhrases(await openedStore(), this.#staff, change);
    return done.ok ? null : done.why;
  }
}
