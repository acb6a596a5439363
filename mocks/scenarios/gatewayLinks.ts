import { DAY } from '../world/clock.ts';
import type { FoundedTeam } from '../world/foundTeam.ts';
import type { World } from '../world/world.ts';
import { pathOf } from './pathOf.ts';
import { berlinOffice } from './vpns.ts';

/** A VPN and links to its gateway’s configuration: a good one, one that has expired, one that was revoked. */
export async function makeGatewayLinks(world: World, team: FoundedTeam): Promise<Record<string, string>> {
  const { name } = await world.clock.ago(9 * DAY, async () => (await team.as('ada')).createVpn(berlinOffice));
  const ada = await team.as('ada');
  const share = (kind: 'strongswan-swanctl' | 'fortigate', days: number) =>
    ada.shareGatewayConfig(name, { kind, pool: '10.201.0.0/24', days });
  const good = await share('strongswan-swanctl', 7);
  const expired = await world.clock.ago(3 * DAY, () => share('fortigate', 1));
  const revoked = await share('fortigate', 7);
  await ada.revokeGatewayLink(name, revoked.id);
  return {
    gateway: pathOf(good.url),
    gatewayExpired: pathOf(expired.url),
    gatewayRevoked: pathOf(revoked.url),
  };
}
