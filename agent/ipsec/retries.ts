import type { Clock } from './clock.ts';
import { retryDelay } from './schedule.ts';

/** Diagnoses of a gateway that says nothing: asking it again costs nothing. */
const UNANSWERED = new Set(['gateway_unreachable', 'udp_4500_blocked', 'gateway_lost', 'no_route']);
/** A tunnel that lived shorter isn't started again at once. */
const STABLE_MS = 30_000;

/** When a tunnel is tried again: how often it failed since it was last up, and how long ago that is. */
export class Retries {
  readonly #clock: Clock;
  readonly #random: () => number;
  #failures = 0;
  #lastUpAt: number | null = null;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  get failures(): number {
    return this.#failures;
  }

  reset(): void {
    this.#failures = 0;
  }

  /** An attempt failed, with this diagnosis. Returns how long to wait, in milliseconds. */
  failed(code: string | null): number {
    this.#failures += 1;
    const upAgoMs = this.#lastUpAt === null ? null : this.#clock.now() - this.#lastUpAt;
    const unanswered = UNANSWERED.has(code ?? '');
    return retryDelay({ failures: this.#failures, upAgoMs, unanswered }, this.#random());
  }

  /** It is down after `upMs`. Returns how long to wait, in milliseconds. */
  down(upMs: number): number {
    this.#lastUpAt = this.#clock.now();
    if (upMs >= STABLE_MS) return 0;
    return retryDelay({ failures: 1, upAgoMs: 0, unanswered: false }, this.#random());
  }
}
