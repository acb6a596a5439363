import type { DesiredVpn, FromAgent, SafeChange } from '../../contract/agentProtocol.ts';
import type { Clock } from '../../server/deps.ts';
import { type OngoingChange, sameSettings, settledReport, tryingReport } from './ongoingChange.ts';
import { type ChangeOutcome, type Outcome, reportOf } from './outcome.ts';

/** What decides how a replica's tunnels go. */
export type TunnelScript = {
  clock: Clock;
  /** How a tunnel goes once it has been tried. Asked at every try. */
  outcome: (vpn: DesiredVpn) => Outcome;
  /** How a change goes that is tried out. Asked when it begins. */
  changeOutcome: (vpn: DesiredVpn) => ChangeOutcome;
  virtualIp: (vpn: DesiredVpn) => string;
  /** Milliseconds that a try takes; 0 reports the outcome at once. */
  tryMs: () => number;
};

type Tunnel = {
  vpn: DesiredVpn;
  outcome: Outcome;
  since: number;
  /** Tries since it was last up. */
  attempt: number;
  /** Cancels the next try. */
  cancel: () => void;
  /** The change that is tried out, or was last. */
  change: OngoingChange | null;
};

/** Milliseconds between two tries of a failed tunnel. */
const RETRY_MS = 20_000;

/** The tunnels of one replica, as it is told that they go. */
export class ScriptedTunnels {
  readonly #script: TunnelScript;
  readonly #say: (message: FromAgent) => void;
  readonly #tunnels = new Map<string, Tunnel>();

  constructor(script: TunnelScript, say: (message: FromAgent) => void) {
    this.#script = script;
    this.#say = say;
  }

  outcomeOf(vpnId: string): Outcome | undefined {
    return this.#tunnels.get(vpnId)?.outcome;
  }

  /** The machine restarts: all begin anew. */
  clear(): void {
    for (const tunnel of this.#tunnels.values()) end(tunnel);
    this.#tunnels.clear();
  }

  /** What failed before is tried again, as it is all the time. */
  watched(): void {
    for (const tunnel of this.#tunnels.values()) this.#tryOn(tunnel);
    this.#reportAll();
  }

  /** The tunnels of one VPN come into a state now, whatever the script said. */
  put(vpnName: string, outcome: Outcome): void {
    for (const tunnel of this.#tunnels.values())
      if (tunnel.vpn.name === vpnName) this.#settle(tunnel, outcome);
  }

  /** The change that the VPN's tunnel tries out ends now. */
  endChange(vpnName: string, outcome: ChangeOutcome): void {
    for (const tunnel of this.#tunnels.values())
      if (tunnel.vpn.name === vpnName && tunnel.change?.report.state === 'trying')
        this.#settleChange(tunnel, tunnel.change, outcome);
  }

  retry(vpnId: string): void {
    const tunnel = this.#tunnels.get(vpnId);
    if (tunnel !== undefined) this.#try(tunnel.vpn);
  }

  /** These VPNs and no others, those of `changes` with the settings of before to go back to. */
  apply(vpns: readonly DesiredVpn[], changes: readonly SafeChange[]): void {
    const wanted = new Set(vpns.map((vpn) => vpn.id));
    for (const [id, tunnel] of this.#tunnels) {
      if (wanted.has(id)) continue;
      end(tunnel);
      this.#tunnels.delete(id);
    }
    for (const vpn of vpns) {
      const tunnel = this.#tunnels.get(vpn.id);
      const safe = changes.find((change) => change.vpnId === vpn.id);
      if (tunnel === undefined) this.#try(vpn);
      else if (safe !== undefined) this.#tryOut(tunnel, vpn, safe);
      else this.#take(tunnel, vpn);
    }
    this.#reportAll();
  }

  /** New settings without a way back; a tunnel that has them already goes on as it is. */
  #take(tunnel: Tunnel, vpn: DesiredVpn): void {
    tunnel.change?.cancel();
    if (sameSettings(tunnel.vpn, vpn)) tunnel.vpn = vpn;
    else this.#try(vpn);
  }

  /** The tunnel stays as it is until it is certain that it can have the new settings. Each revision is tried once. */
  #tryOut(tunnel: Tunnel, vpn: DesiredVpn, { previous, limitMs }: SafeChange): void {
    if (tunnel.change?.report.revision === vpn.revision) return;
    const { clock, changeOutcome, tryMs } = this.#script;
    tunnel.change?.cancel();
    tunnel.vpn = previous;
    const outcome = changeOutcome(vpn);
    const change = { vpn, report: tryingReport(vpn, clock.now()), cancel: () => {} };
    tunnel.change = change;
    this.#report([tunnel], false);
    const ms = outcome === 'slow' ? limitMs : tryMs();
    if (ms === 0) this.#settleChange(tunnel, change, outcome);
    else change.cancel = clock.after(ms, () => this.#settleChange(tunnel, change, outcome));
  }

  #settleChange(tunnel: Tunnel, change: OngoingChange, outcome: ChangeOutcome): void {
    change.cancel();
    change.report = settledReport(change.vpn, outcome, this.#script.clock.now());
    if (outcome !== 'kept') return this.#report([tunnel], false);
    tunnel.vpn = change.vpn;
    this.#settle(tunnel, this.#script.outcome(change.vpn));
  }

  #try(vpn: DesiredVpn): void {
    const before = this.#tunnels.get(vpn.id);
    if (before !== undefined) end(before);
    const { clock, outcome, tryMs } = this.#script;
    const connecting: Outcome = { kind: 'connecting', attempt: 1 };
    const since = clock.now();
    const tunnel: Tunnel = { vpn, outcome: connecting, since, attempt: 1, cancel: () => {}, change: null };
    this.#tunnels.set(vpn.id, tunnel);
    const ms = tryMs();
    if (ms === 0) {
      this.#settle(tunnel, outcome(vpn));
      return;
    }
    this.#report([tunnel], false);
    tunnel.cancel = clock.after(ms, () => {
      this.#settle(tunnel, outcome(vpn));
    });
  }

  #settle(tunnel: Tunnel, outcome: Outcome): void {
    tunnel.outcome = outcome;
    tunnel.since = this.#script.clock.now();
    this.#report([tunnel], false);
    this.#tryOn(tunnel);
  }

  /** Tries a failed tunnel again and again, as an agent does; here it fails each time. */
  #tryOn(tunnel: Tunnel): void {
    tunnel.cancel();
    if (tunnel.outcome.kind !== 'failed' || this.#script.tryMs() === 0) return;
    tunnel.cancel = this.#script.clock.after(RETRY_MS, () => {
      tunnel.attempt += 1;
      this.#report([tunnel], false);
      this.#tryOn(tunnel);
    });
  }

  #reportAll(): void {
    this.#report([...this.#tunnels.values()], true);
  }

  #report(tunnels: readonly Tunnel[], complete: boolean): void {
    const { clock, virtualIp } = this.#script;
    this.#say({
      type: 'tunnels',
      complete,
      tunnels: tunnels.map(({ vpn, outcome, since, attempt, change }) => ({
        ...reportOf(vpn, outcome, {
          since,
          attempt,
          nextTryAt: clock.now() + RETRY_MS,
          virtualIp: virtualIp(vpn),
        }),
        change: change?.report ?? null,
      })),
    });
  }
}

function end(tunnel: Tunnel): void {
  tunnel.cancel();
  tunnel.change?.cancel();
}
