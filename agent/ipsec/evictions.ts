import type { Clock } from './clock.ts';

const WITHIN_MS = 60_000;
const KEPT_MS = 5 * 60_000;
/** A strongSwan gateway ends an IKE_SA 10 s after another took its place (IKEv1, adopt_children_job.c). */
const AFTER_CHANGE_MS = 15_000;

/** How often lately the gateway ended the tunnel shortly after it came up: a sign that it allows one session at a time. */
export class Evictions {
  readonly #clock: Clock;
  #at: number[] = [];
  #ownUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The tunnel is down after `upMs`; `log` says how. */
  note(log: readonly string[], upMs: number): void {
    const byGateway = log.some((line) => line.startsWith('received DELETE for IKE_SA'));
    const own = this.#clock.now() < this.#ownUntil;
    if (byGateway && !own && upMs < WITHIN_MS) this.#at.push(this.#clock.now());
  }

  /** A change set up a second tunnel: what the gateway ends because of it is no sign of anything. */
  expect(): void {
    this.#ownUntil = this.#clock.now() + AFTER_CHANGE_MS;
  }

  forget(): void {
    this.#at = [];
  }

  /** Those of the last five minutes. */
  get count(): number {
    const now = this.#clock.now();
    this.#at = this.#at.filter((at) => now - at < KEPT_MS);
    return this.#at.length;
  }
}
