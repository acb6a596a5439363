import { expect } from '@playwright/test';
import type { Rollout, RolloutOptions } from '../../contract/rollouts.ts';
import type { Tunnel } from '../../contract/tunnels.ts';
import type { Vpn, VpnCreate } from '../../contract/vpns.ts';
import type { Company } from '../lab/company.ts';
import { guideVpn, runGateway } from '../lab/companyVpns.ts';
import { variantOfGuide } from '../lab/gatewayConf.ts';
import { steadyPing, type Pings } from '../lab/steadyPing.ts';

export const replicas = ['billing-api-1', 'billing-api-2', 'reports-1'];
export const bothWorkspaces = ['billing-api', 'reports'];

/** The guide's gateway over IKEv2, and the VPN that fits it. */
export const runIkev2Gateway = (company: Company): Promise<void> =>
  runGateway(company, variantOfGuide({ ikeVersion: 2 }));
export const ikev2Vpn: VpnCreate = { ...guideVpn, ike: { ...guideVpn.ike, version: 2 } };

/** Saves a change of a VPN through the API. */
export async function change(
  { api, team }: Company,
  vpnId: string,
  changed: Partial<VpnCreate>,
  rollout: RolloutOptions = {},
): Promise<void> {
  const { revision } = await api.get<Vpn>(`${team}/vpns/${vpnId}`);
  await api.patch<Vpn>(`${team}/vpns/${vpnId}`, { ...changed, rollout }, revision);
}

export const rolloutOf = ({ api, team }: Company, vpnId: string): Promise<Rollout> =>
  api.get<Rollout>(`${team}/vpns/${vpnId}/rollout`);

/** Waits until the rollout of a VPN has come this far. */
export async function untilRollout(
  company: Company,
  vpnId: string,
  reached: (rollout: Rollout) => boolean,
  timeout = 40_000,
): Promise<Rollout> {
  let last: Rollout | undefined;
  await expect(async () => {
    last = await rolloutOf(company, vpnId);
    expect(reached(last), JSON.stringify(last)).toBe(true);
  }).toPass({ timeout, intervals: [100] });
  if (!last) throw new Error('unreachable');
  return last;
}

export const stateOf = (rollout: Rollout, replica: string): string | undefined =>
  rollout.replicas.find(({ replica: { name } }) => name === replica)?.state;

export const tunnelsOf = async ({ api, team }: Company, vpnId: string): Promise<Tunnel[]> =>
  (await api.get<{ items: Tunnel[] }>(`${team}/vpns/${vpnId}/tunnels`)).items;

/** Waits until as many tunnels of a VPN are up as there should be, with what they should have. */
export async function untilAllUp(company: Company, vpnId: string, count: number): Promise<void> {
  await expect(async () => {
    const tunnels = await tunnelsOf(company, vpnId);
    const good = tunnels.filter(
      ({ state, appliedRevision, wantedRevision }) => state === 'up' && appliedRevision === wantedRevision,
    );
    expect(good.length, JSON.stringify(tunnels)).toBe(count);
    expect(tunnels).toHaveLength(count);
  }).toPass({ timeout: 40_000, intervals: [100] });
}

/** Less than half a second: what a replica may miss when its new tunnel takes over from the old one. */
export function expectHardlyLost(lost: readonly Pings[]): void {
  for (const pings of lost) expect(pings.lost).toBeLessThan(5);
}

/** Pings through the tunnels of all three replicas while something happens, and says what was lost by replica. */
export async function pingsWhile(
  { lab }: Company,
  work: () => Promise<unknown>,
): Promise<[Pings, Pings, Pings]> {
  const pings = [1, 2, 3].map((n) => steadyPing(lab.replica(n), '10.250.0.5'));
  await Promise.all(pings.map((ping) => ping.begun()));
  await work();
  const [first, second, third] = await Promise.all(pings.map((ping) => ping.stop()));
  if (!first || !second || !third) throw new Error('unreachable');
  return [first, second, third];
}

/**
 * While something happens, the first replica tries a new CHILD_SA beside the one that runs, and goes back; no IKE_SA begins or
 * ends. Its traffic takes the new one and comes back: the gateway changes over a moment before or after the replica's charon,
 * so one ping may fall into each of the two moments. The other replicas don't notice.
 */
export async function expectOnlyTheFirstToNotice(
  company: Company,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = company.lab.gateway.log().length;
  const [first, ...others] = await pingsWhile(company, work);
  const log = company.lab.gateway.log().slice(before);
  expect(log).not.toMatch(/is initiating an IKE_SA|received DELETE for IKE_SA|deleting IKE_SA/);
  const made = log.search(/CHILD_SA workspaces\{\d+\} established/);
  expect(made).not.toBe(-1);
  expect(log.search(/received DELETE for ESP CHILD_SA/)).toBeGreaterThan(made);
  expect(first.lost).toBeLessThanOrEqual(2);
  expect(others.map(({ lost }) => lost)).toEqual([0, 0]);
}
