import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import type { Diagnosed } from '../../contract/diagnoses.ts';
import { runAttempt } from './attempt.ts';
import type { Generation } from './generations.ts';
import { isAmbiguous, probeIdentity } from './identityProbe.ts';
import type { Session } from './session.ts';
import type { TunnelStatus } from './tunnelStatus.ts';
import type { LogLine } from './vici/client.ts';

/** A tunnel's attempts: one at a time, ended as soon as charon's log tells how it ends. */
export class Attempts {
  readonly #status: TunnelStatus;
  #attempt: AbortController | null = null;

  constructor(status: TunnelStatus) {
    this.#status = status;
  }

  get underWay(): boolean {
    return this.#attempt !== null;
  }

  abort(): void {
    this.#attempt?.abort();
  }

  /** A line of charon's log. */
  hear(line: LogLine, source: 'command' | 'log'): void {
    if (!this.#status.log.take(line, source) || this.#attempt === null) return;
    if (this.#status.overheard()) this.#attempt.abort();
  }

  /** Initiates what is loaded. Resolves with whether anything came up. */
  async run(
    session: Session,
    vpn: DesiredVpn,
    generation: Pick<Generation, 'name' | 'children'>,
  ): Promise<boolean> {
    const attempt = new AbortController();
    this.#attempt = attempt;
    const hear = (line: LogLine) => {
      this.hear(line, 'command');
    };
    try {
      const { installed } = await runAttempt(session, vpn, hear, attempt.signal, { generation });
      return installed.length > 0;
    } finally {
      this.#attempt = null;
    }
  }

  /** IKEv1 negotiates each subnet by itself: initiates those that were refused while the others carry traffic. */
  async runMissing(
    session: Session,
    vpn: DesiredVpn,
    generation: Pick<Generation, 'name' | 'children'>,
    there: ReadonlySet<string>,
  ): Promise<void> {
    const take = (line: LogLine) => void this.#status.log.take(line, 'command');
    await runAttempt(session, vpn, take, new AbortController().signal, { generation, there });
  }

  /** What the last one failed of; asks the gateway once more where its answer may mean two things. */
  async whyFailed(session: Session, vpn: DesiredVpn, refusal: string | null): Promise<Diagnosed | null> {
    const ambiguous = refusal === null && isAmbiguous(vpn, this.#status.log.lines);
    const identityProbe = ambiguous ? await probeIdentity(session, vpn) : null;
    return this.#status.whyFailed({ refusal, identityProbe });
  }
}
