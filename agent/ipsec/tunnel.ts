import type { DesiredVpn, TunnelReport } from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { Applied } from './applied.ts';
import { endSas, runAttempt } from './attempt.ts';
import { Bell } from './bell.ts';
import type { Clock } from './clock.ts';
import { isAmbiguous, probeIdentity } from './identityProbe.ts';
import { liveSasOf, type LiveSas } from './liveSas.ts';
import { loadVpn } from './loading.ts';
import { retryDelay } from './schedule.ts';
import type { Session } from './session.ts';
import { TunnelStatus } from './tunnelStatus.ts';
import type { LogLine } from './vici/client.ts';
import type { IkeSa } from './vici/sas.ts';

/** IKEv1: what is INSTALLED here may be refused by the gateway right after. */
const SETTLE_MS = 1000;
/** An IKE_SA without children may be about to get them: charon authenticates anew by itself. */
const GRACE_MS = 4000;
/** A tunnel that lived shorter isn't started again at once. */
const STABLE_MS = 30_000;
const MISSING_RETRY_MS = 30_000;
const UNANSWERED = new Set(['gateway_unreachable', 'udp_4500_blocked', 'gateway_lost', 'no_route']);

export type TunnelContext = {
  clock: Clock;
  random: () => number;
  applied: Applied;
  capability: () => IpsecCapability;
  onChange: () => void;
};

/**
 * Keeps one VPN's tunnel up: loads it, initiates it, watches it, and starts over with a growing delay. `run` does so for
 * one life of charon; everything else only says what has changed.
 */
export class Tunnel {
  readonly #context: TunnelContext;
  readonly #bell: Bell;
  readonly #status: TunnelStatus;
  #vpn: DesiredVpn;
  #sas: readonly IkeSa[] = [];
  /** charon has other settings than wanted, or none. */
  #stale = true;
  #urgent = false;
  #stopped = false;
  #failures = 0;
  #upAt: number | null = null;
  #lastUpAt: number | null = null;
  #attempt: AbortController | null = null;

  constructor(vpn: DesiredVpn, context: TunnelContext) {
    this.#vpn = vpn;
    this.#context = context;
    this.#bell = new Bell(context.clock);
    this.#status = new TunnelStatus(vpn, context);
  }

  get report(): TunnelReport {
    return this.#status.report;
  }

  /** Address that traffic into the tunnel comes from; null unless it is up. */
  get sourceAddress(): string | null {
    if (this.#upAt === null) return null;
    const live = this.#live();
    return live.virtualIps[0] ?? live.children[0]?.localSelectors[0]?.split('/')[0] ?? null;
  }

  /** The wanted settings are these now. Another name or revision alone leaves the tunnel as it is. */
  update(vpn: DesiredVpn): void {
    const same = this.#context.applied.same(this.#vpn, vpn);
    this.#vpn = vpn;
    if (same) {
      this.#status.renamed(vpn);
      return;
    }
    this.#status.changed(vpn);
    this.#stale = true;
    this.#failures = 0;
    this.#hurry();
  }

  retry(): void {
    if (this.#upAt === null && this.#attempt === null) this.#hurry();
  }

  /** Ends `run` soon, leaving charon's SAs alone. */
  stop(): void {
    this.#stopped = true;
    this.#hurry();
  }

  /** This machine can't do IPsec (now). */
  unsupported(): void {
    this.#status.unsupported();
  }

  /** Keeps the tunnel up until charon ends or `stop` is called. Rejects with ViciError when charon doesn't answer. */
  async run(session: Session): Promise<void> {
    const unsubscribe = [
      session.onLog((line) => {
        this.#take(line, 'log');
      }),
      session.onSas((sas) => {
        this.#sas = sas;
        this.#bell.ring();
      }),
    ];
    let open = true;
    void session.closed.then(() => {
      open = false;
      this.#hurry();
    });
    try {
      let up = await this.#takeOver(session);
      while (open && !this.#stopped) {
        if (up) await this.#watch(session, () => open);
        up = open && !this.#stopped && (await this.#connect(session));
      }
    } finally {
      for (const end of unsubscribe) end();
      this.#upAt = null;
      this.#stale = true;
      if (!this.#stopped) this.#status.lost();
    }
  }

  /** A tunnel that an earlier agent brought up stays, if it is the wanted one. */
  async #takeOver(session: Session): Promise<boolean> {
    this.#sas = await session.refresh();
    const loaded = await session.client.connections();
    if (!loaded.includes(this.#vpn.id) || !this.#context.applied.matches(this.#vpn)) return false;
    if (this.#live().children.length === 0) return false;
    this.#stale = false;
    this.#status.applied();
    return true;
  }

  /** One round: load if needed, attempt, and after a failure the wait. True when the tunnel is up. */
  async #connect(session: Session): Promise<boolean> {
    this.#urgent = false;
    const refusal = this.#stale ? await this.#load(session) : null;
    if (refusal === null && (await this.#attemptOnce(session))) return true;
    if (!this.#stopped && !this.#stale) await this.#fail(session, refusal);
    return false;
  }

  /** Loads key and connection anew. Returns charon's words when it doesn't take them. */
  async #load(session: Session): Promise<string | null> {
    const vpn = this.#vpn;
    this.#status.loading();
    // A change from here on makes it stale again.
    this.#stale = false;
    const refusal = await loadVpn(session, vpn);
    if (refusal !== null) return refusal;
    this.#context.applied.set(vpn);
    if (!this.#stale) this.#status.applied();
    return null;
  }

  async #attemptOnce(session: Session): Promise<boolean> {
    const vpn = this.#vpn;
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#status.attempting(this.#failures + 1);
    const log = (line: LogLine) => {
      this.#take(line, 'command');
    };
    const { installed } = await runAttempt(session, vpn, log, attempt.signal).finally(() => {
      this.#attempt = null;
    });
    if (installed.length === 0 || this.#stopped || this.#stale) return false;
    if (vpn.ike.version === 1) await this.#pause(SETTLE_MS);
    this.#sas = await session.refresh();
    return this.#live().children.length > 0;
  }

  /** Finds out why it failed, and waits until it is worth another try. */
  async #fail(session: Session, refusal: string | null): Promise<void> {
    const { clock, random } = this.#context;
    await endSas(session, this.#vpn.id);
    const ambiguous = refusal === null && isAmbiguous(this.#vpn, this.#status.log.lines);
    const identityProbe = ambiguous ? await probeIdentity(session, this.#vpn) : null;
    if (this.#stopped || this.#stale) return;
    const diagnosis = this.#status.whyFailed({ refusal, identityProbe });
    this.#failures += 1;
    const now = clock.now();
    const delay = retryDelay(
      {
        failures: this.#failures,
        upAgoMs: this.#lastUpAt === null ? null : now - this.#lastUpAt,
        unanswered: UNANSWERED.has(diagnosis?.code ?? ''),
      },
      random(),
    );
    this.#status.failed(this.#failures, now + delay, diagnosis);
    await this.#pause(delay);
  }

  /** Follows a tunnel that is up until it is down, or has to be. */
  async #watch(session: Session, isOpen: () => boolean): Promise<void> {
    const { clock } = this.#context;
    const age =
      Math.max(0, ...this.#live().ike.map(({ establishedSeconds }) => establishedSeconds ?? 0)) * 1000;
    const upAt = clock.now() - age;
    let [aliveAt, missingTriedAt] = [clock.now(), clock.now()];
    this.#upAt = upAt;
    this.#status.up(this.#live(), upAt);
    if (this.#status.welcome) this.#failures = 0;
    while (isOpen() && !this.#stopped && !this.#stale) {
      const live = this.#live();
      if (live.children.length > 0) {
        aliveAt = clock.now();
        this.#status.stillUp(live);
        if (live.missingSubnets.length > 0 && clock.now() - missingTriedAt > MISSING_RETRY_MS) {
          missingTriedAt = clock.now();
          await this.#initiateMissing(session, live);
        }
      } else if (live.ike.length === 0 || clock.now() - aliveAt > GRACE_MS) {
        break;
      }
      await this.#bell.wait(GRACE_MS);
    }
    this.#upAt = null;
    if (isOpen() && !this.#stopped && !this.#stale) await this.#down(session, clock.now() - upAt);
  }

  /** IKEv1 negotiates each subnet by itself: those that were refused are tried again while the others carry traffic. */
  async #initiateMissing(session: Session, live: LiveSas): Promise<void> {
    const there = new Set(live.children.map(({ name }) => name));
    const log = (line: LogLine) => void this.#status.log.take(line, 'command');
    await runAttempt(session, this.#vpn, log, new AbortController().signal, there);
    this.#sas = await session.refresh();
  }

  async #down(session: Session, upMs: number): Promise<void> {
    const { clock, random } = this.#context;
    this.#lastUpAt = clock.now();
    this.#status.down(upMs);
    await endSas(session, this.#vpn.id);
    if (upMs >= STABLE_MS) return;
    await this.#pause(retryDelay({ failures: 1, upAgoMs: 0, unanswered: false }, random()));
  }

  #take(line: LogLine, source: 'command' | 'log'): void {
    if (!this.#status.log.take(line, source) || this.#attempt === null) return;
    if (this.#status.overheard()) this.#attempt.abort();
  }

  #live(): LiveSas {
    return liveSasOf(this.#vpn, this.#sas);
  }

  #hurry(): void {
    this.#urgent = true;
    this.#attempt?.abort();
    this.#bell.ring();
  }

  /** Waits, unless there is something to do: a change, a retry, the end. */
  async #pause(ms: number): Promise<void> {
    const { clock } = this.#context;
    const until = clock.now() + ms;
    while (!this.#urgent && clock.now() < until) await this.#bell.wait(until - clock.now());
  }
}
