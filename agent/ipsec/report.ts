import type { TunnelReport } from '../../contract/agentProtocol.ts';
import type { Clock } from './clock.ts';
import type { LiveSas } from './liveSas.ts';
import type { Renewals } from './renewals.ts';
import type { Traffic } from './traffic.ts';

/** What a tunnel that isn't up says of its SAs. */
export const noSas = {
  virtualIp: null,
  bytesIn: 0,
  bytesOut: 0,
  ikeEstablishedAt: null,
  ikeSuite: null,
  espSuite: null,
  remoteSubnets: [],
  rekeyedAt: null,
} satisfies Partial<TunnelReport>;

export const instant = (ms: number): string => new Date(ms).toISOString();

/** A tunnel's last report. `onChange` is called when it says something else than before. */
export class Reporter {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #report: TunnelReport;

  constructor(vpnId: string, clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#report = {
      vpnId,
      state: 'connecting',
      since: instant(clock.now()),
      attempt: 0,
      nextTryAt: null,
      ...noSas,
      appliedRevision: null,
      diagnosis: null,
      change: null,
    };
  }

  get current(): TunnelReport {
    return this.#report;
  }

  /** Changes the report. `since` moves with the state unless it is given. */
  say(change: Partial<Omit<TunnelReport, 'vpnId'>>): void {
    const moved = change.state !== undefined && change.state !== this.#report.state;
    const next = { ...this.#report, ...(moved ? { since: instant(this.#clock.now()) } : {}), ...change };
    if (JSON.stringify(next) === JSON.stringify(this.#report)) return;
    this.#report = next;
    this.#onChange();
  }
}

/** The SAs' part of a report of a tunnel that is up. */
export function sasReport(
  live: LiveSas,
  { traffic, renewals }: { traffic: Traffic; renewals: Renewals },
  now: number,
  before: TunnelReport,
): Partial<TunnelReport> {
  const ike = live.ike.findLast(({ establishedSeconds }) => establishedSeconds !== null);
  const child = live.children.at(-1);
  const age = ike?.establishedSeconds ?? null;
  const establishedAt = age === null ? null : now - age * 1000;
  // charon counts whole seconds: an instant that moves by less is the same one.
  const known = before.ikeEstablishedAt === null ? null : Date.parse(before.ikeEstablishedAt);
  const moved = establishedAt !== null && (known === null || Math.abs(establishedAt - known) > 1500);
  return {
    virtualIp: live.virtualIps[0] ?? null,
    bytesIn: traffic.bytesIn,
    bytesOut: traffic.bytesOut,
    ikeEstablishedAt: moved ? instant(establishedAt) : before.ikeEstablishedAt,
    ikeSuite: ike?.suite ?? null,
    espSuite: child?.suite ?? null,
    remoteSubnets: live.remoteSubnets.slice(0, 128),
    rekeyedAt: renewals.lastAt === null ? null : instant(renewals.lastAt),
  };
}
