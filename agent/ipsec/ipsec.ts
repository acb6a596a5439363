import type { DesiredVpn, TunnelReport } from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { Clock } from './clock.ts';

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
  /** Makes the machine's tunnels these, and no others. Always the complete list; the same list again changes nothing. */
  apply(desired: readonly DesiredVpn[]): void;
  /** Tries a failed tunnel now instead of at `nextTryAt`. */
  retry(vpnId: string): void;
  /** Every tunnel's last report: what `onReport` said so far. */
  reports(): TunnelReport[];
  /** Where traffic into a VPN starts, for verification; null unless its tunnel is up. */
  source(vpnId: string): { virtualIp: string; interface: string } | null;
  /**
   * Stops reporting. With `keepTunnels` charon and its tunnels live on, and the next agent takes them over; without it
   * tunnels, keys, routes, virtual IPs and the firewall's table are gone when the promise resolves.
   */
  close(options: { keepTunnels: boolean }): Promise<void>;
};

/** Takes charge of this machine's IPsec. Probing starts at once; nothing throws, what goes wrong is reported. */
export declare function createIpsec(options: IpsecOptions): Ipsec;
