import type { DesiredVpn, TunnelReport } from '../../contract/agentProtocol.ts';
import { diagnose, type Diagnosed, type Evidence } from '../../contract/diagnoses.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { Applied } from './applied.ts';
import { endSas, runAttempt } from './attempt.ts';
import { Bell } from './bell.ts';
import type { Clock } from './clock.ts';
import { evidenceAbout } from './evidence.ts';
import { Evictions } from './evictions.ts';
import { probeIdentity } from './identityProbe.ts';
import { liveSasOf, type LiveSas } from './liveSas.ts';
import { loadVpn } from './loading.ts';
import { instant, noSas, Reporter, sasReport } from './report.ts';
import { retryDelay } from './schedule.ts';
import type { Session } from './session.ts';
import { Traffic } from './traffic.ts';
import { TunnelLog } from './tunnelLog.ts';
import type { LogLine } from './vici/client.ts';
import type { IkeSa } from './vici/sas.ts';

/** IKEv1: what is INSTALLED here may be refused by the gateway right after. */
const SETTLE_MS = 1000;
/** An IKE_SA without children may be about to get them: charon authenticates anew by itself. */
const GRACE_MS = 4000;
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
  readonly #log: TunnelLog;
  readonly #traffic = new Traffic();
  readonly #reporter: Reporter;
  #vpn: DesiredVpn;
  #sas: readonly IkeSa[] = [];
  /** charon has other settings than wanted, or none. */
  #stale = true;
  #urgent = false;
  #stopped = false;
  #failures = 0;
  #upAt: number | null = null;
  #lastUpAt: number | null = null;
  readonly #evictions: Evictions;
  #attempt: AbortController | null = null;

  constructor(vpn: DesiredVpn, context: TunnelContext) {
    this.#vpn = vpn;
    this.#context = context;
    this.#bell = new Bell(context.clock);
    this.#evictions = new Evictions(context.clock);
    this.#log = new TunnelLog(vpn.id);
    this.#reporter = new Reporter(vpn.id, context.clock, context.onChange);
  }

  get report(): TunnelReport {
    return this.#reporter.current;
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
      if (this.report.appliedRevision !== null) this.#reporter.say({ appliedRevision: vpn.revision });
      return;
    }
    this.#stale = true;
    this.#failures = 0;
    this.#evictions.forget();
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
    this.#reporter.say({
      state: 'unsupported',
      attempt: 0,
      nextTryAt: null,
      ...noSas,
      diagnosis: this.#diagnosis({}),
    });
  }

  /** Keeps the tunnel up until charon ends or `stop` is called. Rejects with ViciError when charon doesn't answer. */
  async run(session: Session): Promise<void> {
    const unsubscribe = [
      session.onLog((line) => {
        if (this.#log.take(line, 'log')) this.#onLine();
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
      if (!this.#stopped) this.#reporter.say({ state: 'connecting', nextTryAt: null, ...noSas });
    }
  }

  /** A tunnel that an earlier agent brought up stays, if it is the wanted one. */
  async #takeOver(session: Session): Promise<boolean> {
    this.#sas = await session.refresh();
    const loaded = await session.client.connections();
    if (!loaded.includes(this.#vpn.id) || !this.#context.applied.matches(this.#vpn)) return false;
    if (this.#live().children.length === 0) return false;
    this.#stale = false;
    this.#reporter.say({ appliedRevision: this.#vpn.revision });
    return true;
  }

  /** One round: load if needed, attempt, and after a failure the wait. True when the tunnel is up. */
  async #connect(session: Session): Promise<boolean> {
    this.#urgent = false;
    const refusal = this.#stale ? await this.#load(session) : null;
    if (refusal === null && (await this.#attemptOnce(session))) return true;
    if (this.#stopped || this.#stale) return false;
    await this.#fail(session, refusal);
    return false;
  }

  /** Loads key and connection anew. Returns charon's message when it doesn't take them. */
  async #load(session: Session): Promise<string | null> {
    const vpn = this.#vpn;
    // No revision is applied from here until charon has taken it: else a refusal would read as one of the revision before.
    const nothing = { nextTryAt: null, ...noSas, appliedRevision: null, diagnosis: null };
    this.#reporter.say({ state: 'connecting', attempt: 1, ...nothing });
    // A change from here on makes it stale again.
    this.#stale = false;
    const refusal = await loadVpn(session, vpn);
    if (refusal !== null) return refusal;
    await this.#context.applied.set(vpn);
    this.#reporter.say({ appliedRevision: vpn.revision });
    return null;
  }

  async #attemptOnce(session: Session): Promise<boolean> {
    const { vpn, attempt } = { vpn: this.#vpn, attempt: new AbortController() };
    this.#log.begin();
    this.#attempt = attempt;
    this.#reporter.say({ state: 'connecting', attempt: this.#failures + 1, nextTryAt: null, ...noSas });
    const { installed } = await runAttempt(
      session,
      vpn,
      (line) => {
        if (this.#log.take(line, 'command')) this.#onLine();
      },
      attempt.signal,
    ).finally(() => {
      this.#attempt = null;
    });
    if (installed.length === 0 || this.#stopped || this.#stale) return false;
    if (vpn.ike.version === 1) await this.#pause(SETTLE_MS);
    this.#sas = await session.refresh();
    return this.#live().children.length > 0;
  }

  /** Says why it failed, and waits until it is worth another try. */
  async #fail(session: Session, refusal: string | null): Promise<void> {
    const missing = this.#vpn.peerSubnets;
    const log = [...this.#log.lines];
    await endSas(session, this.#vpn.id);
    const known: Partial<Evidence> = { phase: 'ended', log, failedSubnets: missing, refusal };
    const ambiguous =
      this.#vpn.ike.version === 2 && log.some((line) => line.startsWith('received AUTHENTICATION_FAILED'));
    const identityProbe = ambiguous && refusal === null ? await probeIdentity(session, this.#vpn) : null;
    if (this.#stopped || this.#stale) return;
    const diagnosis = this.#diagnosis({ ...known, identityProbe });
    this.#failures += 1;
    const now = this.#context.clock.now();
    const upAgoMs = this.#lastUpAt === null ? null : now - this.#lastUpAt;
    const unanswered = UNANSWERED.has(diagnosis?.code ?? '');
    const delay = retryDelay({ failures: this.#failures, upAgoMs, unanswered }, this.#context.random());
    this.#reporter.say({
      state: 'failed',
      attempt: this.#failures,
      nextTryAt: instant(now + delay),
      ...noSas,
      diagnosis,
    });
    await this.#pause(delay);
  }

  async #watch(session: Session, isOpen: () => boolean): Promise<void> {
    const { clock } = this.#context;
    let live = this.#live();
    const now = clock.now();
    const age = Math.max(0, ...live.ike.map(({ establishedSeconds }) => establishedSeconds ?? 0)) * 1000;
    this.#upAt = now - age;
    this.#traffic.restart();
    let aliveAt = now;
    let missingTriedAt = now;
    let since: string | undefined = instant(this.#upAt);
    while (isOpen() && !this.#stopped && !this.#stale) {
      live = this.#live();
      if (live.children.length > 0) {
        aliveAt = clock.now();
        this.#sayUp(live, since);
        since = undefined;
        if (live.missingSubnets.length > 0 && clock.now() - missingTriedAt > MISSING_RETRY_MS) {
          missingTriedAt = clock.now();
          await this.#initiateMissing(session, live);
        }
      } else if (live.ike.length === 0 || clock.now() - aliveAt > GRACE_MS) {
        break;
      }
      await this.#bell.wait(GRACE_MS);
    }
    if (isOpen() && !this.#stopped) await this.#down(session);
  }

  /** IKEv1 negotiates each subnet by itself: those that were refused are tried again while the others carry traffic. */
  async #initiateMissing(session: Session, live: LiveSas): Promise<void> {
    const there = new Set(live.children.map(({ name }) => name));
    const log = (line: LogLine) => void this.#log.take(line, 'command');
    await runAttempt(session, this.#vpn, log, new AbortController().signal, there);
    this.#sas = await session.refresh();
  }

  #sayUp(live: LiveSas, since: string | undefined): void {
    const now = this.#context.clock.now();
    if (this.#evictions.count === 0) this.#failures = 0;
    this.#traffic.count(live.children, now);
    const sa = {
      virtualIps: live.virtualIps,
      remoteSubnets: live.remoteSubnets,
      bytesIn: this.#traffic.bytesIn,
      bytesOut: this.#traffic.bytesOut,
      silentSeconds: this.#traffic.silentSeconds(now),
    };
    const known = { phase: 'up', log: this.#log.lines, failedSubnets: live.missingSubnets, sa } as const;
    this.#reporter.say({
      state: 'up',
      ...(since === undefined ? {} : { since }),
      attempt: 0,
      nextTryAt: null,
      ...sasReport(live, this.#traffic, now, this.report),
      diagnosis: this.#diagnosis(known),
    });
  }

  /** It was up and isn't any more, or has to be taken down. */
  async #down(session: Session): Promise<void> {
    const now = this.#context.clock.now();
    const upMs = now - (this.#upAt ?? now);
    this.#upAt = null;
    const log = [...this.#log.lines];
    if (this.#stale) return;
    this.#lastUpAt = now;
    this.#evictions.note(log, upMs);
    const diagnosis = this.#diagnosis({ phase: 'ended', log });
    this.#reporter.say({ state: 'connecting', attempt: 1, nextTryAt: null, ...noSas, diagnosis });
    await endSas(session, this.#vpn.id);
    if (upMs < STABLE_MS)
      await this.#pause(retryDelay({ failures: 1, upAgoMs: 0, unanswered: false }, this.#context.random()));
  }

  /** A new line of the log may already tell how an attempt ends. */
  #onLine(): void {
    // Once a child is up, what goes wrong with the others is said when the attempt is over.
    if (this.#attempt === null || this.#log.lines.some((line) => /^CHILD_SA \S+ established /.test(line)))
      return;
    const found = diagnose(this.#evidence({ log: this.#log.lines, failedSubnets: this.#vpn.peerSubnets }));
    if (found === null) return;
    this.#reporter.say({ diagnosis: found.diagnosis });
    if (found.final) this.#attempt.abort();
  }

  #diagnosis(known: Partial<Evidence>): Diagnosed | null {
    return diagnose(this.#evidence(known))?.diagnosis ?? null;
  }

  #evidence(known: Partial<Evidence>): Evidence {
    return evidenceAbout(this.#vpn, this.#context.capability(), {
      evictions: this.#evictions.count,
      ...known,
    });
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
