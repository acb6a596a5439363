import { expect } from 'vitest';
import type { DesiredVpn, SafeChange, TunnelReport } from '../../contract/agentProtocol.ts';
import { secretsFor, variantOfGuide, type GatewayVariant } from './gatewayConf.ts';
import type { IpsecReplica } from './ipsecReplica.ts';
import { signal, until } from './namespaces.ts';
import type { Lab } from './network.ts';
import { type Pings, pingsWhile } from './steadyPing.ts';
import { startGateway as startGatewayOfGuide } from './trialSteps.ts';
import { guideVpn, LAB_KEY } from './vpnsOfLab.ts';

const SUITE = 'aes256-sha256-modp2048';
export const OTHER_SUITE = 'aes128-sha256-modp2048';
export const OTHER_KEY = 'another key, just as long as it was';

/** Runs a gateway that takes either suite. */
export const startGateway = (lab: Lab, changes: Partial<GatewayVariant>): Promise<void> =>
  startGatewayOfGuide(lab, { ike: `${SUITE},${OTHER_SUITE}`, esp: `${SUITE},${OTHER_SUITE}`, ...changes });

export const vpnOf = (version: 1 | 2, changes: Partial<DesiredVpn> = {}): DesiredVpn =>
  guideVpn({ ike: { version, lifetimeSeconds: 3600, proposals: [SUITE] }, ...changes });

/** A VPN of this IKE version, and changes of it that are tried out. */
export function trialsOf(version: 1 | 2) {
  const before = vpnOf(version);
  return {
    before,
    tried: (change: Partial<DesiredVpn>, revision = 2): DesiredVpn => ({ ...before, ...change, revision }),
    trial: (change: Partial<SafeChange> = {}): Omit<SafeChange, 'vpnId'> => ({
      previous: before,
      limitMs: 20_000,
      check: null,
      ...change,
    }),
  };
}

/** What becomes of pings that are 10 ms apart while `during` runs. */
export const pinged = (replica: IpsecReplica, during: () => Promise<unknown>): Promise<Pings> =>
  pingsWhile(replica.namespace, '10.250.0.5', during, 0.01);

/**
 * At most this many times pings went unanswered, each time for a moment: both sides take up new keys, one of them as soon as
 * its charon has got to it. How many pings that costs is up to the machine, and measured by the bench.
 */
export function expectMoments({ gaps, lost }: Pings, most: number): void {
  expect(gaps).toBeLessThanOrEqual(most);
  expect(lost).toBeLessThanOrEqual(most * 10);
}

/** What the gateway logs while `during` runs tells of a new CHILD_SA before it tells of the end of an old one. */
export async function expectMadeBeforeBroken(lab: Lab, during: () => Promise<unknown>): Promise<void> {
  const before = lab.gateway.log().length;
  await during();
  const log = lab.gateway.log().slice(before);
  const made = log.search(/CHILD_SA workspaces\{\d+\} established/);
  expect(made).not.toBe(-1);
  expect(log.search(/received DELETE for|closing CHILD_SA|deleting IKE_SA/)).toBeGreaterThan(made);
}

/** From now on the gateway has another pool; tunnels that are up stay so. */
export async function giveOtherVirtualIps({ gateway }: Lab, ikeVersion: 1 | 2): Promise<void> {
  const loaded = () => matches(gateway.log(), /added configuration 'workspaces'/g);
  const before = loaded();
  gateway.write(variantOfGuide({ ikeVersion, pool: '10.201.0.0/24' }), secretsFor('1.2.3.4', LAB_KEY));
  const [starter] = await gateway.namespace.processes();
  if (!starter) throw new Error('The gateway doesn’t run.');
  signal(starter.pid, starter.startTime, 'SIGHUP');
  await until(() => loaded() > before, 10_000);
}

const matches = (log: string, pattern: RegExp): number => log.match(pattern)?.length ?? 0;

/** IKE_SAs that came up at the gateway. */
export const established = ({ gateway }: Lab): number =>
  matches(gateway.log(), /IKE_SA workspaces\[\d+\] established/g);
/** Those that the replica began there. */
export const initiated = ({ gateway }: Lab): number =>
  matches(gateway.log(), /is initiating (?:an IKE_SA|a Main Mode)/g);
/** What the replica ended there. */
export const ended = ({ gateway }: Lab): number =>
  matches(gateway.log(), /received DELETE for (?:IKE_SA|ESP CHILD_SA)/g);

/** Waits until it is said what became of a change. */
export const changed = (
  replica: IpsecReplica,
  vpn: DesiredVpn,
  state: 'kept' | 'went-back',
  timeoutMs = 30_000,
): Promise<TunnelReport> =>
  replica.reported(
    vpn.id,
    ({ change }) => change?.revision === vpn.revision && change.state === state,
    timeoutMs,
  );
