import type { ChangeReport, DesiredVpn, TunnelReport } from '../../contract/agentProtocol.ts';
import { diagnose, type Diagnosed, type Evidence } from '../../contract/diagnoses.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { Clock } from './clock.ts';
import { evidenceAbout } from './evidence.ts';
import { Evictions } from './evictions.ts';
import type { LiveSas } from './liveSas.ts';
import { Renewals } from './renewals.ts';
import { instant, noSas, Reporter, sasReport } from './report.ts';
import { Traffic } from './traffic.ts';
import { TunnelLog } from './tunnelLog.ts';

type StatusOptions = { clock: Clock; capability: () => IpsecCapability; onChange: () => void };

/** What is said of one tunnel: its report, and the diagnosis that the log and the SAs give at every step. */
export class TunnelStatus {
  readonly #options: StatusOptions;
  readonly #reporter: Reporter;
  readonly #evictions: Evictions;
  readonly #traffic = new Traffic();
  readonly #renewals = new Renewals();
  #log: TunnelLog;
  #vpn: DesiredVpn;

  constructor(vpn: DesiredVpn, options: StatusOptions) {
    this.#vpn = vpn;
    this.#options = options;
    this.#log = new TunnelLog(vpn.id);
    this.#evictions = new Evictions(options.clock);
    this.#reporter = new Reporter(vpn.id, options.clock, options.onChange);
  }

  get log(): TunnelLog {
    return this.#log;
  }

  get report(): TunnelReport {
    return this.#reporter.current;
  }

  /** Whether the gateway lets the tunnel live. */
  get welcome(): boolean {
    return this.#evictions.count === 0;
  }

  /** Other settings: what was known of the tunnel is about the earlier ones. */
  changed(vpn: DesiredVpn): void {
    this.#vpn = vpn;
    this.#evictions.forget();
  }

  /** The same tunnel under another name or revision. */
  renamed(vpn: DesiredVpn): void {
    this.#vpn = vpn;
    if (this.report.appliedRevision !== null) this.applied();
  }

  /** Other settings took over beside the earlier ones without an interruption; `log` is about them. */
  replaced(vpn: DesiredVpn, log: TunnelLog): void {
    this.#vpn = vpn;
    this.#log = log;
    this.#evictions.expect();
    this.#renewals.restart();
    this.applied();
  }

  /** What is tried out, or was. */
  changing(change: ChangeReport | null): void {
    const isNew = JSON.stringify(change) !== JSON.stringify(this.report.change ?? null);
    if (change !== null && isNew) this.#evictions.expect();
    this.#reporter.say({ change });
  }

  unsupported(): void {
    const diagnosis = this.#diagnosis({});
    this.#reporter.say({ state: 'unsupported', attempt: 0, nextTryAt: null, ...noSas, diagnosis });
  }

  /**
   * charon is about to be told settings. Until it has taken them no revision is applied: else a refusal would read as one
   * of the revision before. What is known of the same settings stays true.
   */
  loading({ areOthers }: { areOthers: boolean }): void {
    this.#log.follow(this.#vpn.id);
    const diagnosis = areOthers ? null : this.report.diagnosis;
    const nothing = { nextTryAt: null, ...noSas, appliedRevision: null, diagnosis };
    this.#reporter.say({ state: 'connecting', attempt: 1, ...nothing });
  }

  applied(): void {
    this.#reporter.say({ appliedRevision: this.#vpn.revision });
  }

  /** The earlier attempt's diagnosis stays until this one knows better. */
  attempting(attempt: number): void {
    this.#log.begin();
    this.#reporter.say({ state: 'connecting', attempt, nextTryAt: null, ...noSas });
  }

  /** A new line of the log may already tell how an attempt ends: true when going on can't change it. */
  overheard(): boolean {
    // Once a child is up, what goes wrong with the others is said when the attempt is over.
    if (this.log.lines.some((line) => /^CHILD_SA \S+ established /.test(line))) return false;
    const found = diagnose(this.#evidence({ log: this.log.lines, failedSubnets: this.#vpn.peerSubnets }));
    if (found !== null) this.#reporter.say({ diagnosis: found.diagnosis });
    // IKEv1 negotiates each subnet by itself: why one was refused says nothing of the others.
    const others = this.#vpn.ike.version === 1 && this.#vpn.peerSubnets.length > 1;
    const established = this.log.lines.some((line) => /^IKE_SA \S+ established /.test(line));
    return (found?.final ?? false) && !(others && established);
  }

  /** What a failed attempt failed of. */
  whyFailed(known: Pick<Evidence, 'refusal' | 'identityProbe'>): Diagnosed | null {
    return this.#diagnosis({
      phase: 'ended',
      log: this.log.lines,
      failedSubnets: this.#vpn.peerSubnets,
      ...known,
    });
  }

  failed(attempt: number, nextTryAt: number, diagnosis: Diagnosed | null): void {
    this.#reporter.say({ state: 'failed', attempt, nextTryAt: instant(nextTryAt), ...noSas, diagnosis });
  }

  /** It came up, at `since` (milliseconds since the epoch). */
  up(live: LiveSas, since: number): void {
    this.#traffic.restart();
    this.#renewals.forget();
    this.#sayUp(live, { since: instant(since) });
  }

  stillUp(live: LiveSas): void {
    this.#sayUp(live, {});
  }

  /** It was up for `upMs` and isn't any more. */
  down(upMs: number): void {
    this.#evictions.note(this.log.lines, upMs);
    // It was up, also where the log doesn't say so: an earlier agent's is gone, and an old tunnel's is cut off.
    const diagnosis = this.#diagnosis({ phase: 'ended', established: true, log: this.log.lines });
    this.#reporter.say({ state: 'connecting', attempt: 1, nextTryAt: null, ...noSas, diagnosis });
  }

  /** charon is gone. */
  lost(): void {
    this.#reporter.say({ state: 'connecting', nextTryAt: null, ...noSas });
  }

  #sayUp(live: LiveSas, since: { since?: string }): void {
    const now = this.#options.clock.now();
    this.#traffic.count(live.children, now);
    this.#renewals.look(live.ike, now);
    const sa = {
      virtualIps: live.virtualIps,
      remoteSubnets: live.remoteSubnets,
      bytesIn: this.#traffic.bytesIn,
      bytesOut: this.#traffic.bytesOut,
      silentSeconds: this.#traffic.silentSeconds(now),
    };
    const diagnosis = this.#diagnosis({
      phase: 'up',
      log: this.log.lines,
      failedSubnets: live.missingSubnets,
      sa,
    });
    const sas = sasReport(live, { traffic: this.#traffic, renewals: this.#renewals }, now, this.report);
    this.#reporter.say({ state: 'up', ...since, attempt: 0, nextTryAt: null, ...sas, diagnosis });
  }

  #diagnosis(known: Partial<Evidence>): Diagnosed | null {
    return diagnose(this.#evidence(known))?.diagnosis ?? null;
  }

  #evidence(known: Partial<Evidence>): Evidence {
    const evictions = this.#evictions.count;
    return evidenceAbout(this.#vpn, this.#options.capability(), { evictions, ...known });
  }
}
