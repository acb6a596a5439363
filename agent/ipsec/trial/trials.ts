import type { DesiredVpn } from '../../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../../contract/workspaces.ts';
import { judgeMachine } from '../capability.ts';
import type { Clock } from '../clock.ts';
import type { IpsecLog } from '../ipsec.ts';
import type { probeMachine } from '../machine.ts';
import { tryHandshake } from './handshake.ts';
import { clearTrial, withTrialCharon } from './trialCharon.ts';
import { busy, failedAt, unsupported, type TrialOutcome } from './trialOutcome.ts';

export type TrialRequest = { timeoutMs: number; signal: AbortSignal };
export type TrialResult = TrialOutcome & { tookMs: number };

type TrialsOptions = { stateDir: string; clock: Clock; log: IpsecLog; probe: typeof probeMachine };

const noCharon: IpsecCapability = {
  supported: false,
  backend: null,
  strongswanVersion: null,
  code: 'charon_fails',
  reason: null,
  fix: null,
};

/**
 * Tries settings out beside all that runs, one at a time. Whatever an earlier agent left of a trial is removed first.
 */
export class Trials {
  readonly #stateDir: string;
  readonly #clock: Clock;
  readonly #log: IpsecLog;
  readonly #probe: typeof probeMachine;
  readonly #closing = new AbortController();
  /** Settles when nothing of the trial before is left. */
  #free: Promise<unknown>;
  #running: AbortSignal | null = null;

  constructor({ stateDir, clock, log, probe }: TrialsOptions) {
    this.#stateDir = stateDir;
    this.#clock = clock;
    this.#log = log;
    this.#probe = probe;
    this.#free = clearTrial(stateDir).catch((error: unknown) => {
      log.warn({ error }, 'What an earlier test left behind can’t be removed.');
    });
  }

  /**
   * Never rejects. `tookMs` is the time until the outcome was certain; it resolves when nothing of the trial is left.
   * One that was told to stop is as good as over: the next waits for its end.
   */
  run(vpn: DesiredVpn, { timeoutMs, signal }: TrialRequest): Promise<TrialResult> {
    if (this.#running?.aborted === false) return Promise.resolve({ ...busy, tookMs: 0 });
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    const result = this.#free.then(() => this.#try(vpn, timeoutMs, stop));
    this.#running = stop;
    this.#free = result.then(() => {
      if (this.#running === stop) this.#running = null;
    });
    return result;
  }

  /** Stops what runs. Resolves when nothing of it is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#free;
  }

  async #try(vpn: DesiredVpn, timeoutMs: number, stop: AbortSignal): Promise<TrialResult> {
    const startedAt = this.#clock.now();
    const limit = new AbortController();
    const cancel = this.#clock.after(timeoutMs, () => {
      limit.abort();
    });
    let tookMs: number | null = null;
    const took = () => (tookMs ??= this.#clock.now() - startedAt);
    const signal = AbortSignal.any([stop, limit.signal]);
    const outcome = await this.#outcome(vpn, signal, took).finally(cancel);
    const { reached, diagnosis } = outcome;
    this.#log.info(
      {
        gateway: vpn.peerIp,
        outcome: outcome.outcome,
        reached,
        code: diagnosis?.code ?? null,
        tookMs: took(),
      },
      stop.aborted ? 'A test of VPN settings was stopped.' : 'VPN settings were tested.',
    );
    return { ...outcome, tookMs: took() };
  }

  async #outcome(vpn: DesiredVpn, signal: AbortSignal, certain: () => void): Promise<TrialOutcome> {
    if (signal.aborted) return failedAt(null, null);
    try {
      const facts = await this.#probe();
      // Ports 500 and 4500 may be taken: a trial needs neither.
      const capability = judgeMachine({ ...facts, ikePorts: null });
      const { charon: program } = facts;
      const { backend } = capability;
      if (program === null || backend === null) return unsupported(vpn, capability);
      const charon = { stateDir: this.#stateDir, program, backend, clock: this.#clock, connection: vpn.id };
      return await withTrialCharon(charon, async (session) => {
        const outcome = await tryHandshake(session, vpn, { clock: this.#clock, capability, signal });
        certain();
        return outcome;
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return unsupported(vpn, { ...noCharon, reason });
    }
  }
}
