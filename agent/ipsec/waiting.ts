import { Bell } from './bell.ts';
import type { Clock } from './clock.ts';

/** The waits of one loop: each ends early when something has to be done. */
export class Waiting {
  readonly #clock: Clock;
  readonly #bell: Bell;
  #urgent = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#bell = new Bell(clock);
  }

  /** Something has changed: look again. */
  wake(): void {
    this.#bell.ring();
  }

  /** There is something to do: pauses end, until `begin`. */
  hurry(): void {
    this.#urgent = true;
    this.#bell.ring();
  }

  /** What there was to do is being done. */
  begin(): void {
    this.#urgent = false;
  }

  /** Waits for the next change, for `ms` at most. */
  async look(ms: number): Promise<void> {
    await this.#bell.wait(ms);
  }

  /** Waits for `ms`, unless there is something to do. */
  async pause(ms: number): Promise<void> {
    const until = this.#clock.now() + ms;
    while (!this.#urgent && this.#clock.now() < until) await this.#bell.wait(until - this.#clock.now());
  }
}
