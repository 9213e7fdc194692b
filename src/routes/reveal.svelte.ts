/** 看全号: numbers in full for half a minute, because a screen at a counter is seen by more than one person. */
const REVEAL_MS = 30_000;

export class Reveal {
  on = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  toggle(): void {
    clearTimeout(this.#timer);
    this.on = !this.on;
    if (this.on) this.#timer = setTimeout(() => (this.on = false), REVEAL_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.on = false;
  }
}
