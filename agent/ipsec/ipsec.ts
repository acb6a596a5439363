import type { DesiredVpn, SafeChange, TunnelReport } from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import { Applied } from './applied.ts';
import { ask } from './change/answer.ts';
import { ChangeRecords } from './change/changeRecords.ts';
import { charonPaths } from './charon.ts';
import { systemClock, type Clock } from './clock.ts';
import { interfaceWithAddress } from './interfaces.ts';
import { probeMachine } from './machine.ts';
import { CharonService } from './service.ts';
import { Trials, type TrialRequest, type TrialResult } from './trial/trials.ts';
import { Tunnels } from './tunnels.ts';

/** Structured log, as pino writes it. Nothing given to it may hold a pre-shared key. */
export type IpsecLog = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

export type IpsecOptions = {
  /** The agent's own folder, mode 0700; charon's configuration, socket and process record go into `<stateDir>/ipsec`. */
  stateDir: string;
  log: IpsecLog;
  clock?: Clock;
  /** A number in [0, 1), such as Math.random(): spreads retries. */
  random?: () => number;
  /**
   * Tunnels whose report changed; with `complete` they are all there are (a VPN that is missing is gone from this machine).
   * Batched: called at most every 100 ms, bytes about every 2 s while they change.
   */
  onReport: (reports: TunnelReport[], complete: boolean) => void;
  /** Called once the first probe is done, then on every change. */
  onCapability: (capability: IpsecCapability) => void;
};

export type Ipsec = {
  /** What the last probe found; before the first probe `supported: false` with code `probing`. */
  capability(): IpsecCapability;
  /**
   * Makes the machine's tunnels these, and no others. Always the complete list; the same list again changes nothing. What
   * a change is given for goes back to what it was unless it proves itself.
   */
  apply(desired: readonly DesiredVpn[], changes?: readonly SafeChange[]): void;
  /** Tries a failed tunnel now instead of at `nextTryAt`. */
  retry(vpnId: string): void;
  /** Every tunnel's last report: what `onReport` said so far. */
  reports(): TunnelReport[];
  /**
   * Tries to set up a tunnel with these settings, says how far it came, and takes it down again; nothing that runs notices.
   * One at a time. Never rejects.
   */
  tryOut(vpn: DesiredVpn, request: TrialRequest): Promise<TrialResult>;
  /** Where traffic into a VPN starts, for verification; null unless its tunnel is up. */
  source(vpnId: string): { virtualIp: string; interface: string } | null;
  /**
   * Stops reporting. With `keepTunnels` charon and its tunnels live on, and the next agent takes them over; without it
   * tunnels, keys, routes, virtual IPs and the firewall's table are gone when the promise resolves.
   */
  close(options: { keepTunnels: boolean }): Promise<void>;
};

/** Takes charge of this machine's IPsec. Probing starts at once; nothing throws, what goes wrong is reported. */
export function createIpsec(options: IpsecOptions): Ipsec {
  const { log, clock = systemClock, random = Math.random } = options;
  const paths = charonPaths(options.stateDir);
  const applied = Applied.open(paths.folder);
  const trials = new Trials({ stateDir: options.stateDir, clock, log, probe: probeMachine });
  const records = ChangeRecords.open(paths.folder);
  let desired: readonly DesiredVpn[] = [];
  const tunnels = new Tunnels({
    clock,
    random,
    log,
    applied,
    records,
    ask,
    capability: () => service.capability,
    onReport: options.onReport,
    onIdle: () => {
      service.nudge();
    },
  });
  const service = new CharonService({
    paths,
    clock,
    log,
    demand: () => (!tunnels.decided ? 'unknown' : tunnels.idle ? 'none' : 'some'),
    peers: () => ({
      addresses: desired.map(({ peerIp }) => peerIp),
      subnets: desired.flatMap(({ peerSubnets }) => peerSubnets),
    }),
    onCapability: (capability) => {
      if (!capability.supported) tunnels.unsupported();
      options.onCapability(capability);
    },
    onSession: (session, adopted) => {
      if (!adopted) applied.clear();
      tunnels.attach(session);
    },
  });
  return {
    capability: () => service.capability,
    apply: (vpns, changes = []) => {
      desired = [...vpns, ...changes.map(({ previous }) => previous)];
      tunnels.apply(vpns, changes);
      service.nudge();
    },
    retry: (vpnId) => {
      tunnels.get(vpnId)?.retry();
    },
    reports: () => tunnels.reports(),
    tryOut: (vpn, request) => trials.run(vpn, request),
    source: (vpnId) => sourceOf(tunnels.get(vpnId)?.sourceAddress ?? null),
    close: async ({ keepTunnels }) => {
      await Promise.all([tunnels.detach(), service.close({ keepCharon: keepTunnels }), trials.close()]);
      await Promise.all([applied.settled(), records.settled()]);
    },
  };
}

function sourceOf(address: string | null): { virtualIp: string; interface: string } | null {
  const name = address === null ? null : interfaceWithAddress(address);
  return address === null || name === null ? null : { virtualIp: address, interface: name };
}
