/** 大字: large print for the person at the counter. Remembered on this device; tokens do the rest. */
const KEY = 'jinban-elder';

class Elder {
  #on = $state(false);

  get on(): boolean {
    return this.#on;
  }

  start(): void {
    this.set(localStorage.getItem(KEY) === '1');
  }

  set(on: boolean): void {
    this.#on = on;
    localStorage.setItem(KEY, on ? '1' : '0');
    document.documentElement.toggleAttribute('data-elder', on);
  }
}

export const elder = new Elder();
